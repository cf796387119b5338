/* Conecta: the correction screen. Everything works without this; here come the keys, and where the focus goes. */
(() => {
  "use strict";
  const ouve = (tipo, faz) => document.addEventListener(tipo, faz);
  const titulos = () => [...document.querySelectorAll("[data-causa] > summary")];
  const doForm = (seletor) => document.querySelector(`#f-corrigir ${seletor}`);

  // --- the cause that somebody is at: where the focus is, else the first one on view
  const causaAtual = () =>
    document.activeElement?.closest("[data-causa]") ??
    titulos().find((t) => t.getBoundingClientRect().bottom > 0)?.closest("[data-causa]");

  const vai = (passo) => {
    const lista = titulos(), aqui = lista.indexOf(document.activeElement?.closest("[data-causa]")?.querySelector("summary"));
    const alvo = aqui < 0 ? lista[0] : lista[aqui + passo];
    if (!alvo) return;
    alvo.focus();
    alvo.scrollIntoView({ block: "start" });
  };
  const marca = () => {
    const causa = causaAtual(), sugestao = causa?.querySelector('input[type="radio"][value="sugestao"]');
    if (!sugestao) return;
    const escolhida = sugestao.checked ? causa.querySelector('input[type="radio"][value=""]') : sugestao;
    escolhida.checked = true;
    escolhida.dispatchEvent(new Event("change", { bubbles: true }));
    causa.querySelector("summary").focus();
    diz(sugestao.checked ? "Sugestão marcada." : "Sugestão desfeita.");
  };
  const diz = (texto) => { const lugar = document.getElementById("teclas-dizem"); if (lugar) lugar.textContent = texto; };

  // --- keys: one letter, outside of what is typed into, and only where nobody switched them off
  const caixa = document.getElementById("teclas-ligadas");
  try { if (caixa) caixa.checked = localStorage.getItem("teclas") !== "nao"; } catch { /* storage refused: they are on */ }
  caixa?.addEventListener("change", () => {
    try { localStorage.setItem("teclas", caixa.checked ? "sim" : "nao"); } catch { /* holds for this page */ }
  });
  const faz = {
    j: () => vai(1),
    k: () => vai(-1),
    s: marca,
    l: () => causaAtual()?.querySelector('button[value^="lugares-"]')?.click(),
    c: () => doForm("#b-conferir")?.click(),
    "?": () => document.getElementById("d-teclas")?.showModal(),
  };
  const digita = (alvo) => alvo.closest("select, textarea, [contenteditable], input:not([type=radio], [type=checkbox])");
  ouve("keydown", (e) => {
    if (!doForm("[data-causa]") || e.ctrlKey || e.altKey || e.metaKey || document.querySelector("dialog[open]")) return;
    if (e.key === "Escape" && digita(e.target)) { e.target.closest("[data-causa]")?.querySelector("summary").focus(); return; }
    const seta = e.target.matches("[data-causa] > summary") && { ArrowDown: faz.j, ArrowUp: faz.k }[e.key];
    const acao = seta || (digita(e.target) ? null : e.key === "?" ? faz["?"] : caixa?.checked ? faz[e.key.toLowerCase()] : null);
    if (!acao) return;
    e.preventDefault();
    acao();
  });

  // --- a field that was judged on leaving it: what the server said is tied to it, what it said before goes
  ouve("htmx:afterSwap", (e) => {
    const campo = e.detail.target.closest("[data-conferido]")?.querySelector("input, textarea");
    if (!campo) return;
    const id = e.detail.target.id, ditos = new Set((campo.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    const errado = e.detail.target.textContent.trim() !== "";
    document.getElementById(`${campo.id}_error`)?.remove();
    ditos.delete(`${campo.id}_error`);
    if (errado) { ditos.add(id); campo.setAttribute("aria-invalid", "true"); } else { ditos.delete(id); campo.removeAttribute("aria-invalid"); }
    if (ditos.size) campo.setAttribute("aria-describedby", [...ditos].join(" ")); else campo.removeAttribute("aria-describedby");
  });

  // --- after a button: to what it brought about
  let destino = "";
  ouve("click", (e) => {
    const botao = e.target.closest("#f-corrigir button[name]");
    destino = !botao ? "" : botao.name === "conferir" ? "t-efeito" : botao.hasAttribute("data-vai-ao-topo") ? "t-causas" :
      botao.name === "sugestoes" || botao.value === "todas" || botao.name === "descartar" ? "t-sugestoes" :
      botao.name === "desfazer" ? `causa-${botao.value}` : "";
  });
  ouve("htmx:afterSettle", (e) => {
    const alvo = destino && document.getElementById(destino);
    if (!alvo || !["conteudo", "efeito"].includes(e.detail.target.id)) return;
    const foco = alvo.matches("details") ? alvo.querySelector("summary") : alvo;
    foco.focus({ preventScroll: true });
    foco.scrollIntoView({ block: destino.startsWith("t-") ? "center" : "nearest" });
    destino = "";
  });
})();
