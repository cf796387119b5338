/* Conecta, the script of every page. Everything works without it; it only makes things quicker.
 * Sending files is in envio.js, the theme before the first paint in tema.js.
 */
(() => {
  "use strict";
  const raiz = document.documentElement;
  const ouve = (tipo, faz) => document.addEventListener(tipo, faz);

  // --- theme: the system's, unless the person chose another. Three steps: system, light, dark.
  const temas = ["", "claro", "escuro"], nomes = { "": "do sistema", claro: "claro", escuro: "escuro" };
  const nomeiaTema = () => document.querySelectorAll("[data-nome-do-tema]").forEach((s) => { s.textContent = nomes[raiz.dataset.tema ?? ""]; });
  const trocaTema = () => {
    const proximo = temas[(temas.indexOf(raiz.dataset.tema ?? "") + 1) % temas.length];
    if (proximo) raiz.dataset.tema = proximo; else delete raiz.dataset.tema;
    try { localStorage.setItem("tema", proximo); } catch { /* storage refused: holds for this page */ }
    nomeiaTema();
  };
  nomeiaTema();
  ouve("click", (e) => { if (e.target.closest("[data-troca-tema]")) trocaTema(); });

  // --- whoever leaves takes along what this browser kept of guides that were being typed
  ouve("submit", (e) => {
    if (!/\/logout\/$/.test(e.target.getAttribute("action") ?? "")) return;
    try { for (const chave of Object.keys(localStorage)) if (chave.startsWith("conecta:guia:")) localStorage.removeItem(chave); } catch { /* nothing is kept */ }
  });

  // --- selection: the box in the bar takes all; the bar says how many; what needs a selection waits for one
  const conta = (lista) => {
    const caixas = [...lista.querySelectorAll("tbody .sel input")], quantos = caixas.filter((c) => c.checked).length;
    const feminino = lista.dataset.selecao === "feminino", sufixo = feminino ? "a" : "o";
    lista.querySelectorAll("[data-todos]").forEach((t) => { t.checked = quantos > 0 && quantos === caixas.length; t.indeterminate = quantos > 0 && quantos < caixas.length; });
    lista.querySelectorAll("[data-quantos]").forEach((s) => { s.textContent = quantos === 0 ? `Nenhum${feminino ? "a" : ""} selecionad${sufixo}` : `${quantos} selecionad${sufixo}${quantos === 1 ? "" : "s"}`; });
    lista.querySelectorAll("[data-precisa]").forEach((b) => { b.disabled = b.dataset.precisa === "um" ? quantos !== 1 : quantos === 0; });
  };
  ouve("change", (e) => {
    const lista = e.target.closest("[data-selecao]");
    if (!lista || e.target.type !== "checkbox") return;
    if (e.target.matches("[data-todos]")) lista.querySelectorAll("tbody .sel input").forEach((c) => { c.checked = e.target.checked; });
    conta(lista);
  });
  const contaTodas = () => document.querySelectorAll("[data-selecao]").forEach(conta);
  contaTodas();
  window.addEventListener("pageshow", contaTodas);

  // --- "/" goes to the search of the top band, as its hint says; never while typing
  ouve("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input, select, textarea, [contenteditable]")) return;
    const campo = document.getElementById("tudo");
    if (campo?.offsetParent) { e.preventDefault(); campo.focus(); }
  });

  // --- Enter goes to the next field where the form says so, and never sends it from the middle
  ouve("keydown", (e) => {
    const form = e.target.closest("form[data-enter-avanca]");
    if (e.key !== "Enter" || !form || !e.target.matches("input:not([type=submit], [type=button]), select")) return;
    const campos = [...form.elements].filter((c) => c.offsetParent && !c.disabled && !c.readOnly && c.tabIndex >= 0 && c.type !== "hidden");
    const proximo = campos[campos.indexOf(e.target) + 1];
    if (!proximo) return;
    e.preventDefault();
    proximo.focus();
    proximo.select?.();
  });

  // --- typing helpers: accept 27112026 and 1234,56; judge on leaving the field
  const julga = (campo, mensagem) => {
    const id = `${campo.id || campo.name}_digitado`, antes = document.getElementById(id);
    if (antes) { antes.remove(); campo.removeAttribute("aria-invalid"); campo.removeAttribute("aria-errormessage"); }
    if (!mensagem) return;
    const aviso = Object.assign(document.createElement("p"), { className: "erro-campo", id, textContent: mensagem });
    campo.setAttribute("aria-invalid", "true");
    campo.setAttribute("aria-errormessage", id);
    campo.after(aviso);
  };
  const escreveData = (campo) => {
    const texto = campo.value.trim(), partes = texto.match(/^(\d{2})\/?(\d{2})\/?(\d{4}|\d{2})$/) ?? texto.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/);
    if (!texto) return julga(campo, "");
    if (!partes) return julga(campo, `“${texto}” não é uma data. Escreva dia, mês e ano, como 27/11/2026.`);
    const [dia, mes] = [partes[1].padStart(2, "0"), partes[2].padStart(2, "0")], ano = partes[3].length === 2 ? `20${partes[3]}` : partes[3];
    const data = new Date(Date.UTC(Number(ano), Number(mes) - 1, Number(dia)));
    campo.value = `${dia}/${mes}/${ano}`;
    const existe = data.getUTCDate() === Number(dia) && data.getUTCMonth() === Number(mes) - 1;
    return julga(campo, existe ? "" : Number(mes) > 12 || Number(mes) === 0 ? `Não existe mês ${mes}. Escreva dia, mês e ano.` : `O dia ${dia}/${mes}/${ano} não existe.`);
  };
  const escreveDinheiro = (campo) => {
    const texto = campo.value.replace(/^R\$\s*/, "").trim();
    if (!texto) return julga(campo, "");
    const partes = texto.match(/^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/);
    if (!partes) return julga(campo, `“${texto}” não é um valor. Escreva como 1234,56.`);
    const milhares = partes[2].replaceAll(".", "").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
    campo.value = `${partes[1]}${milhares},${(partes[3] ?? "").padEnd(2, "0")}`;
    return julga(campo, "");
  };
  ouve("focusout", (e) => {
    if (e.target.matches?.("[data-data]")) escreveData(e.target);
    if (e.target.matches?.("[data-dinheiro]")) escreveDinheiro(e.target);
  });

  // --- dialogs: only where the browser does not know command/commandfor
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    ouve("click", (e) => {
      const botao = e.target.closest("button[commandfor]"), dialogo = botao && document.getElementById(botao.getAttribute("commandfor"));
      if (!dialogo) return;
      if (botao.getAttribute("command") === "show-modal") dialogo.showModal();
      if (botao.getAttribute("command") === "close") dialogo.close();
    });
  }

  // --- passing messages: 8 s, longer while the pointer or the focus is on them; errors stay
  const TEMPO = 8000;
  const some = (recado) => {
    let relogio;
    const para = () => clearTimeout(relogio), anda = () => { para(); relogio = setTimeout(() => recado.remove(), TEMPO); };
    for (const tipo of ["pointerenter", "focusin"]) recado.addEventListener(tipo, para);
    for (const tipo of ["pointerleave", "focusout"]) recado.addEventListener(tipo, anda);
    recado.dataset.contando = "";
    anda();
  };
  const contaRecados = () => document.querySelectorAll("#recados .recado[data-passa]:not([data-contando])").forEach(some);
  contaRecados();
  ouve("click", (e) => e.target.closest("[data-fecha-recado]")?.closest(".recado").remove());

  const icones = () => document.querySelector("#modelo-recado")?.content.querySelector("use").getAttribute("href").split("#")[0];
  const recado = ({ tom = "neutro", texto, acao, faz }) => {
    const modelo = document.querySelector("#modelo-recado"), lugar = document.getElementById("recados");
    if (!modelo || !lugar) return;
    const novo = modelo.content.firstElementChild.cloneNode(true);
    novo.classList.replace("neutro", tom);
    novo.querySelector("[data-texto]").textContent = texto;
    if (tom === "vermelho") { novo.removeAttribute("data-passa"); novo.querySelector("use").setAttribute("href", `${icones()}#s-erro`); }
    if (acao) {
      const botao = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: acao });
      botao.addEventListener("click", () => { novo.remove(); faz(); });
      novo.querySelector("[data-texto]").append(" ", botao);
      novo.removeAttribute("data-passa");
    }
    lugar.append(novo);
    contaRecados();
  };
  ouve("recado", (e) => recado(e.detail));      // HX-Trigger: {"recado": {"tom": "neutro", "texto": "…"}}

  // --- htmx: what went wrong is said in words, and what was typed is still there
  const fala = { 403: "Você não tem permissão para isso. Peça a quem administra a sua organização.", 404: "Isto não existe mais, ou não é desta organização.", 413: "O arquivo passa de 15 MB, o limite. Divida o lote em arquivos menores." };
  const deNovo = (detalhe) => () => {
    const { elt, requestConfig } = detalhe;
    if (elt.matches("form")) elt.requestSubmit(); else htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt });
  };
  const pede = (texto, detalhe) => {
    if (detalhe.elt.closest("[hx-trigger*='every']")) return;      // a poll tries again by itself
    recado({ tom: "vermelho", texto, acao: "Tentar de novo", faz: deNovo(detalhe) });
  };
  ouve("htmx:sendError", (e) => pede("Sem resposta do Conecta. Confira a sua conexão; nada do que você preencheu se perdeu.", e.detail));
  ouve("htmx:timeout", (e) => pede("O Conecta demorou demais a responder. Nada do que você preencheu se perdeu.", e.detail));
  ouve("htmx:responseError", (e) => {
    const estado = e.detail.xhr.status;
    if (fala[estado]) recado({ tom: "vermelho", texto: fala[estado], acao: "Recarregar", faz: () => location.reload() });
    else pede("O Conecta não conseguiu terminar o pedido. Nada foi alterado; o que você preencheu está na tela.", e.detail);
  });
  ouve("htmx:beforeSwap", (e) => {                                  // the session ended meanwhile: the whole page goes to the login
    const destino = new URL(e.detail.xhr.responseURL || location.href);
    if (!destino.pathname.startsWith("/conta/") || location.pathname.startsWith("/conta/")) return;
    e.detail.shouldSwap = false;
    location.reload();
  });

  // --- a value typed beside a choice chooses to correct, a justification to ignore: the choice says what will be done
  ouve("input", (e) => {
    const nome = e.target.name ?? "", acao = /-(v|em_)\d+$/.test(nome) ? "corrigir" : nome.endsWith("-justificativa") ? "ignorar" : "";
    const escolha = acao && e.target.closest(".critica")?.querySelector(`input[type="radio"][value="${acao}"]`);
    if (escolha) escolha.checked = true;
  });

  // --- focus after a swap: never lost, never stolen from somebody who is typing elsewhere
  let focado = null;
  ouve("htmx:beforeSwap", (e) => {
    const ativo = document.activeElement, solto = ativo === document.body && e.detail.requestConfig.verb !== "get";
    focado = e.detail.target.contains(ativo) || solto ? ativo.id : null;
  });
  const lugarDoFoco = (novo, antes) =>
    novo.querySelector("[data-resumo-erros]") ?? novo.querySelector("[autofocus]") ?? novo.querySelector("[aria-invalid='true']") ??
    (antes ? document.getElementById(antes) : null) ?? novo.querySelector("h1") ?? novo.querySelector("h2[tabindex='-1']") ??
    document.querySelector("#conteudo h1, #conteudo");
  ouve("htmx:afterSettle", (e) => {
    contaTodas();
    contaRecados();
    nomeiaTema();
    const novo = document.getElementById(e.detail.target?.id) ?? e.detail.elt, perdido = document.activeElement === document.body;
    const erros = novo.querySelector?.("[data-resumo-erros]");
    if (!novo.querySelector || (focado === null && !erros) || (!perdido && !erros)) return;
    const alvo = lugarDoFoco(novo, focado);
    if (alvo && !alvo.matches("a, button, input, select, textarea, [tabindex]")) alvo.tabIndex = -1;
    alvo?.focus();
    focado = null;
  });
  document.querySelector("[data-resumo-erros]")?.focus();
})();
