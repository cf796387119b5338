/* Conecta, the keys of the structure page. Everything they do is a button of the page too. */
(() => {
  "use strict";
  const pagina = () => document.getElementById("estrutura");
  const linhas = () => [...(pagina()?.querySelectorAll("[data-no]") ?? [])].filter((no) => no.offsetParent);
  let saindo = false;

  // --- one row at a time takes the focus; the arrows go from row to row
  const atual = (no) => linhas().forEach((outro) => { outro.tabIndex = outro === no ? 0 : -1; });
  const vai = (no) => { if (no) { atual(no); no.focus(); } };
  const prepara = () => {
    const todas = linhas(), aberta = todas.find((no) => no.getAttribute("aria-expanded") === "true");
    if (todas.length) atual(todas.includes(document.activeElement) ? document.activeElement : aberta ?? todas[0]);
  };
  let ultima = "", lugar = 0;                                         // the row that had the focus last, and its place
  const solto = () => document.activeElement.matches("body, h1, h2");
  const volta = () => { const todas = linhas(); vai(todas.find((no) => no.id === ultima) ?? todas[Math.min(lugar, todas.length - 1)]); };
  const em = (no) => no.closest("li"), acima = (no) => em(no).parentElement.closest("li")?.querySelector("[data-no]");
  const dentro = (no) => em(no).querySelector(":scope > ul [data-no]");

  // --- what a key asks for is sent as the button that would ask for it; a page that has just come in is htmx's only
  // when it has settled, and a button pressed before would load the whole page anew
  let depois = null;
  const quandoAssentar = (faz) => (pagina().matches(".htmx-added") ? (depois = faz) : faz());
  const pede = (fazer) => quandoAssentar(() => {
    const botao = Object.assign(document.createElement("button"), { type: "submit", name: "fazer", value: fazer, hidden: true });
    pagina().append(botao);
    botao.click();                                                   // htmx sends the button that was clicked
    botao.remove();
  });
  const inclui = (no) => {
    const grupo = no.dataset.falta === undefined && em(no).querySelector(":scope > ul") ? em(no) : acima(no) && em(acima(no));
    const falta = grupo?.querySelector(":scope > ul > li > .falta > [data-falta]"), opcionais = grupo?.querySelector(":scope > ul > li > [data-opcionais]");
    if (falta && falta !== no) return vai(falta);
    if (!opcionais) return undefined;
    opcionais.open = true;
    return opcionais.querySelector("button").focus();
  };
  const clica = (id) => quandoAssentar(() => { const botao = document.getElementById(id); if (botao && !botao.disabled) botao.click(); });
  const daLinha = {
    ArrowDown: (no, todas, i) => vai(todas[i + 1]),
    ArrowUp: (no, todas, i) => vai(todas[i - 1]),
    ArrowLeft: (no) => vai(acima(no)),
    ArrowRight: (no) => vai(dentro(no)),
    Home: (no, todas) => vai(todas[0]),
    End: (no, todas) => vai(todas.at(-1)),
    Insert: inclui,
    "+": inclui,
    Delete: (no) => (no.dataset.falta === undefined ? pede(`remover:${no.dataset.no}`) : undefined),
    m: (no) => (no.dataset.falta === undefined ? pede(`mover:${no.dataset.no}`) : undefined),
  };
  const daPagina = {
    n: () => {
      const todas = linhas(), desde = todas.indexOf(document.activeElement), achados = (no) => no.dataset.achado !== undefined;
      vai(todas.slice(desde + 1).find(achados) ?? todas.find(achados));
    },
    u: () => clica("desfazer"),
    r: () => clica("refazer"),
    "?": () => document.getElementById("teclas-da-estrutura")?.togglePopover(),
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || !pagina()) return;
    const tecla = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (tecla === "Enter" && e.target.matches(".painel select")) {    // as in any other field: Enter does what stands beside it
      e.preventDefault();
      (e.target.closest(".escolha")?.querySelector("button") ?? document.getElementById("p-principal"))?.click();
      return;
    }
    if (tecla === "Escape" && e.target.closest(".painel")) { e.preventDefault(); clica("p-fechar"); return; }
    if (e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const no = e.target.closest("[data-no]"), faz = (no && daLinha[tecla]) ?? daPagina[tecla];
    if (faz) {
      e.preventDefault();
      const todas = linhas();
      faz(no, todas, todas.indexOf(no));
    } else if (tecla.startsWith("Arrow") && solto()) { e.preventDefault(); volta(); }
  });
  const lembra = (no) => {                                            // while an answer comes in, its rows are not the page's yet
    atual(no);
    ultima = no.id;
    lugar = Math.max(linhas().indexOf(no), 0);
  };
  document.addEventListener("focusin", (e) => { if (e.target.matches?.("[data-no]")) lembra(e.target); });

  // --- after each answer: say it, and leave the focus on the row that it is about
  const termina = () => {
    const fala = document.getElementById("estrutura-fala"), texto = pagina()?.dataset.fala;
    if (fala && texto) fala.textContent = texto;
    saindo = false;
    prepara();
    if (document.activeElement.matches("[data-no]")) lembra(document.activeElement);
    setTimeout(() => {                                                // when everybody else has had a say
      if (ultima && solto()) volta();
      depois?.();
      depois = null;
    });
  };
  document.addEventListener("htmx:afterSettle", termina);
  prepara();

  // --- leaving with corrections that are not saved is asked about once
  document.addEventListener("submit", (e) => { if (e.submitter?.value === "salvar:") saindo = true; });
  window.addEventListener("beforeunload", (e) => {
    const passos = pagina()?.querySelector?.("[name=passos]")?.value;
    if (!saindo && passos && passos !== "[]") e.preventDefault();
  });
})();
