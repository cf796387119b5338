/* Conecta, the analysis desk by keyboard. Everything works without it, by the buttons and links that the keys press.
 *
 * A key never acts while somebody types in a field. Keys that come while the desk is being changed wait for it, each on
 * the desk as it is then: whoever is quick loses nothing.
 */
(() => {
  "use strict";
  const mesa = document.querySelector("[data-mesa]");
  if (!mesa) return;
  const ESCREVE = "input:not([type=checkbox], [type=hidden], [type=submit]), textarea, select, [contenteditable]";
  const linhas = () => [...mesa.querySelectorAll("tr[data-item]")];
  let atual = "", aDepois = null, procurarDepois = false;             // the item that the keys are about, by its id

  // --- the current item: marked, focused, in view
  const linhaAtual = () => linhas().find((linha) => linha.dataset.item === atual) ?? null;
  const marcar = (linha, foca = true) => {
    for (const outra of linhas()) { outra.classList.toggle("atual", outra === linha); outra.tabIndex = outra === linha ? 0 : -1; }
    if (!linha) return;
    atual = linha.dataset.item;
    if (foca) { linha.focus({ preventScroll: true }); linha.scrollIntoView({ block: "nearest" }); }
  };
  const vizinha = (passo) => {
    const todas = linhas(), onde = todas.indexOf(linhaAtual());
    return todas[Math.max(0, Math.min(todas.length - 1, onde < 0 ? 0 : onde + passo))];
  };
  const aberta = () => todasAbertas().length > 0;
  const todasAbertas = () => [...mesa.querySelectorAll("[data-glosa]")];

  // --- one thing at a time: what is pressed meanwhile waits
  const fila = [];
  let ocupada = false;
  const andar = () => { while (!ocupada && fila.length) fila.shift()(); };
  const fazer = (comando) => { fila.push(comando); andar(); };
  const apertar = (botao) => {
    if (!botao || botao.disabled) return false;
    botao.click();
    return true;
  };
  const livre = () => { ocupada = false; setTimeout(andar); };
  const daMesa = (e) => e.detail.target?.id === "mesa";                // what asks how the automatic pass stands changes no desk
  document.addEventListener("htmx:beforeRequest", (e) => { if (daMesa(e)) ocupada = true; });
  for (const tipo of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:sendAbort"]) document.addEventListener(tipo, (e) => { if (daMesa(e)) { fila.length = 0; livre(); } });

  const doItem = (tecla) => linhaAtual()?.querySelector(`[data-tecla="${tecla}"]`);
  const comandos = {
    arrowdown: () => marcar(vizinha(1)),
    arrowup: () => marcar(vizinha(-1)),
    home: () => marcar(linhas()[0]),
    end: () => marcar(linhas().at(-1)),
    l: () => { const seguinte = vizinha(1)?.dataset.item; if (apertar(doItem("l"))) aDepois = seguinte; else marcar(vizinha(1)); },
    g: () => apertar(doItem("g")),
    a: () => { const seguinte = vizinha(1)?.dataset.item; if (apertar(doItem("a"))) aDepois = seguinte; },
    r: () => apertar(doItem("a")?.nextElementSibling),
    " ": () => linhaAtual()?.querySelector(".sel input")?.click(),
    i: () => apertar(document.getElementById("b-glosar-guia")),
    z: () => apertar(document.getElementById("b-desfazer")),
    f2: () => { if (aberta()) procurar(); else { procurarDepois = true; if (!apertar(doItem("g"))) procurarDepois = false; } },
    pagedown: () => apertar(document.getElementById("b-conferir") ?? document.getElementById("b-proxima")),
    "shift+pagedown": () => apertar(document.getElementById("b-pular") ?? document.getElementById("b-proxima")),
    pageup: () => apertar(document.getElementById("b-anterior")),
    escape: () => apertar(document.getElementById("b-cancelar")),
    "?": () => document.getElementById("d-teclas")?.showModal(),
  };
  const procurar = () => {
    const campo = document.getElementById("codigo");
    campo?.focus();
    campo?.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true, cancelable: true }));
  };
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || document.querySelector("dialog[open]")) return;
    const campo = e.target.closest?.(ESCREVE), tecla = e.key.toLowerCase();
    if (campo) { noCampo(e, campo); return; }
    if (e.target.closest?.("button, a, summary, [type=checkbox]") && [" ", "enter"].includes(tecla)) return;   // they have a use for these
    const comando = comandos[e.shiftKey && tecla === "pagedown" ? "shift+pagedown" : tecla];
    if (!comando || (e.shiftKey && tecla !== "pagedown" && tecla !== "?")) return;
    e.preventDefault();
    fazer(comando);
  });

  // --- in the form of a glosa: Enter in the code goes on, Esc leaves without refusing anything
  const noCampo = (e, campo) => {
    if (!campo.closest("[data-glosa]")) return;
    if (e.key === "Escape" && !document.querySelector(".procura:popover-open")) { e.preventDefault(); fazer(comandos.escape); }
    if (e.key !== "Enter" || campo.id !== "codigo") return;
    e.preventDefault();
    const proximo = document.getElementById("quantidade") ?? document.getElementById("motivo");
    proximo?.focus();
    proximo?.select();
  };

  // --- what a quantity costs and what is left, while it is typed; in whole cents, as the server reckons
  const centavos = (texto) => { const m = /^(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,2}))?$/.exec(texto.trim()); return m ? Number(m[1].replaceAll(".", "")) * 100 + Number((m[2] ?? "").padEnd(2, "0")) : null; };
  const milesimos = (texto) => { const m = /^(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,4}))?$/.exec(texto.trim()); return m ? Number(m[1].replaceAll(".", "")) * 10000 + Number((m[2] ?? "").padEnd(4, "0")) : null; };
  const escrito = (valor) => `${String(Math.floor(valor / 100)).replace(/\B(?=(\d{3})+$)/g, ".")},${String(valor % 100).padStart(2, "0")}`;
  const custo = (caixa, quantas) => {
    const dado = (nome) => centavos(caixa.dataset[nome] ?? ""), total = milesimos(caixa.dataset.quantidade), resta = dado("resta");
    if (!total || quantas > total) return null;
    const unitario = dado("unitario"), fator = dado("fator") ?? 100;
    const inteiro = quantas === total || unitario === null ? BigInt(dado("processado")) * BigInt(quantas) * 2n / BigInt(total) : BigInt(unitario) * BigInt(fator) * BigInt(quantas) * 2n / 1000000n;
    return Math.min(Number((inteiro + 1n) / 2n), resta);
  };
  const contar = (caixa) => {
    const nota = mesa.querySelector("[data-nota]"), resta = centavos(caixa.dataset.resta ?? "");
    if (!nota || resta === null) return;
    const valor = document.getElementById("valor").value.trim() ? centavos(document.getElementById("valor").value) : resta;
    if (valor === null || valor > resta) { nota.textContent = `No máximo ${escrito(resta)}.`; return; }
    nota.textContent = `No máximo ${escrito(resta)}. Com esta glosa: item liberado ${escrito(centavos(caixa.dataset.liberado) - valor)}, guia liberada ${escrito(centavos(caixa.dataset.daGuia) - valor)}.`;
  };
  mesa.addEventListener("input", (e) => {
    const caixa = e.target.closest("[data-glosa][data-resta]");
    if (!caixa) return;
    if (e.target.id === "quantidade") {
      const quantas = milesimos(e.target.value), valor = quantas ? custo(caixa, quantas) : null;
      document.getElementById("valor").value = valor === null ? "" : escrito(valor);
    }
    contar(caixa);
  });

  // --- after a change: the same item again, or the one that comes next; an open form has the focus
  const chegar = () => {
    const caixa = todasAbertas()[0], aqui = linhas().find((linha) => linha.dataset.item === (aDepois ?? atual)) ?? linhas()[0];
    const recusou = mesa.querySelector("[data-resumo-erros]");
    aDepois = null;
    const sendoGlosado = mesa.querySelector("tr[data-item][aria-current]");
    marcar(sendoGlosado ?? aqui ?? null, !caixa && !recusou);
    if (caixa) {
      contar(caixa);
      if (!recusou) document.getElementById("codigo").focus();
      if (procurarDepois) procurar();
    }
    procurarDepois = false;
  };
  mesa.addEventListener("click", (e) => { const linha = e.target.closest("tr[data-item]"); if (linha && !e.target.closest("a, button, input, label")) marcar(linha); });
  mesa.addEventListener("focusin", (e) => { const linha = e.target.closest("tr[data-item]"); if (linha && linha.dataset.item !== atual) marcar(linha, false); });
  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.detail.target?.id !== "mesa" && e.detail.elt?.id !== "mesa") return;
    chegar();
    livre();
  });
  chegar();
})();
