/* Lots of typed guides: what the marked guides sum up to, and how many are too many. Without it the server says so. */
(() => {
  "use strict";
  const reais = new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" });

  const soma = (lista) => {
    const marcadas = [...lista.querySelectorAll("tbody .sel input:checked")];
    const centavos = marcadas.reduce((total, caixa) => total + Math.round(Number(caixa.dataset.valor) * 100), 0);
    const demais = marcadas.length - Number(lista.dataset.cabem);
    const total = lista.querySelector("[data-total]");
    const sobra = demais > 0 ? `, ${demais} a mais do que ${lista.dataset.cabem === "1" ? "cabe" : "cabem"}` : "";
    total.textContent = marcadas.length ? `${reais.format(centavos / 100)}${sobra}` : "";
  };

  document.addEventListener("change", (e) => {
    const lista = e.target.closest("[data-soma]");
    if (lista) soma(lista);
  });
  const somaTodas = () => document.querySelectorAll("[data-soma]").forEach(soma);
  somaTodas();
  window.addEventListener("pageshow", somaTodas);
})();
