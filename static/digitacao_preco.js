/* Conecta, where a price comes from: a button beside each unit price, and F4 anywhere in its line. The server explains it
 * step by step. A price that the convênio does not let anybody change says so on the same button. */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form?.dataset.preco) return;
  const PRECO = '[name$="/valorUnitario"], [name$="/valorProc"], [name$="/valorProcedimento"]';
  const linhaDe = (no) => no.closest("[data-linha]");
  const nomeDa = (controle) => linhaDe(controle)?.dataset.linha ?? "";
  const livre = document.getElementById("modelo-preco"), caixa = document.getElementById("explica-preco");
  if (!livre || !caixa) return;

  // --- the button: made when a line comes, for there are as many as there are lines
  const botaoDe = (controle) => controle.parentElement.querySelector(":scope > [data-explica]");
  const vestir = (controle) => {
    let botao = botaoDe(controle);
    if (!botao && !controle.value) return;
    if (!botao) {
      botao = livre.content.firstElementChild.cloneNode(true);
      controle.after(botao);
      controle.parentElement.classList.add("com-preco");
    }
    const travado = controle.dataset.travado !== undefined, numero = linhaDe(controle)?.dataset.numero;
    botao.hidden = !controle.value;
    if (botao.dataset.estado === `${travado} ${numero}`) return;
    botao.dataset.estado = `${travado} ${numero}`;
    botao.classList.toggle("travado", travado);
    botao.setAttribute("aria-label", `${travado ? "Preço travado pelo convênio: por quê" : "De onde vem o preço"}${numero ? `, linha ${numero}` : ""}`);
    const [aberto, cadeado] = botao.querySelectorAll(".icone");
    aberto.toggleAttribute("hidden", travado);
    cadeado.toggleAttribute("hidden", !travado);
  };
  const vestirTodos = () => form.querySelectorAll(PRECO).forEach(vestir);

  // --- the explanation
  let dono = null;
  const situar = () => {
    const alvo = dono.getBoundingClientRect(), margem = 8, largura = Math.min(416, innerWidth - 2 * margem);
    caixa.style.width = `${largura}px`;
    caixa.style.left = `${Math.max(margem, Math.min(alvo.right - largura, innerWidth - largura - margem))}px`;
    caixa.style.top = alvo.bottom + caixa.offsetHeight + margem < innerHeight ? `${alvo.bottom + 2}px` : `${Math.max(margem, alvo.top - caixa.offsetHeight - 2)}px`;
  };
  const dizer = (texto) => caixa.replaceChildren(Object.assign(document.createElement("p"), { textContent: texto }));
  const explicar = async (controle) => {
    dono = botaoDe(controle)?.offsetParent ? botaoDe(controle) : controle;
    caixa.dataset.volta = controle.id;
    dizer("Consultando o preço…");
    if (!caixa.matches(":popover-open")) caixa.showPopover();
    situar();
    caixa.focus();
    try {
      const resposta = await fetch(`${form.dataset.preco}?${new URLSearchParams({ linha: nomeDa(controle) })}`, { headers: { "HX-Request": "true" } });
      if (resposta.ok && !resposta.redirected) caixa.innerHTML = await resposta.text();
      else dizer("Não foi possível consultar o preço agora. Tente de novo em instantes.");
    } catch { dizer("Sem resposta do Conecta. Confira a sua conexão e tente de novo."); }
    situar();
  };
  const fechar = () => {
    caixa.hidePopover();
    document.getElementById(caixa.dataset.volta)?.focus();
  };

  form.addEventListener("click", (e) => {
    const botao = e.target.closest("[data-explica]");
    if (botao) explicar(botao.parentElement.querySelector(PRECO));
  });
  form.addEventListener("keydown", (e) => {
    if (e.key !== "F4" || e.altKey || e.ctrlKey || e.metaKey) return;
    const controle = (e.target.closest("tbody[data-linha]") ?? linhaDe(e.target) ?? form).querySelector(PRECO);
    if (!controle) return;
    e.preventDefault();
    explicar(controle);
  });
  caixa.addEventListener("keydown", (e) => { if (["Escape", "F4", "Enter"].includes(e.key)) { e.preventDefault(); e.stopPropagation(); fechar(); } });
  for (const tipo of ["ficha:linhas", "ficha:passo"]) form.addEventListener(tipo, vestirTodos);
  vestirTodos();
})();
