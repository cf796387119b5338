/* Conecta, typing a guide: the keys, what clerks write made into what it means, and the help of each field. The other
 * parts are files of their own: digitacao_guardar.js (nothing typed is lost), digitacao_criticas.js (findings and sums),
 * and those for lines, look-ups, teeth and prices. They speak to each other by events on the form:
 *
 *   ficha:linhas   a line came, went or was pasted; detail: its name
 *   ficha:mudou    a script filled controls in; detail: their names
 *   ficha:passo    the server judged what was typed; detail: its answer
 *   ficha:procurar, ficha:duplicar-linha   a key was pressed on the control that the event comes from
 */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form) return;
  const ESCREVE = "input:not([type=hidden], [type=submit], [type=button]), textarea";
  const CAMPO = `${ESCREVE}, select`;

  // --- Enter goes on, Shift+Enter goes back; what is calculated, locked or chosen once is passed over
  const digitavel = (c) => c.matches(`:is(${CAMPO}):not(.qual, [data-travado])`) && !c.readOnly && !c.disabled && c.checkVisibility();   // in a folded block nothing is
  const vai = (campo) => { campo.focus(); campo.select?.(); };
  const avanca = (de, passo) => {
    const campos = [...form.elements];
    for (let i = campos.indexOf(de) + passo; campos[i]; i += passo) if (digitavel(campos[i])) return vai(campos[i]);
    return passo > 0 && document.getElementById("b-nova").focus();
  };

  // --- a list takes its code as it is typed, with or without the zeros before it, or the words
  const semAcento = (texto) => texto.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let escrito = "", escritoEm = 0, escreveuAqui = null;
  const combina = (lista, busca) => {
    const opcoes = [...lista.options].filter((o) => o.value), semZeros = busca.replace(/^0+(?=.)/, "");
    const por = (teste) => opcoes.find(teste);
    return por((o) => semAcento(o.value) === busca) ?? por((o) => o.value.replace(/^0+(?=.)/, "") === semZeros && /^\d+$/.test(busca)) ??
      por((o) => semAcento(o.value).startsWith(busca)) ?? por((o) => semAcento(o.text).startsWith(busca)) ??
      por((o) => semAcento(o.text).split(/[\s-]+/).some((palavra) => palavra.startsWith(busca)));
  };
  const escolhe = (lista, valor) => {
    if (lista.value === valor) return;
    lista.value = valor;
    for (const tipo of ["input", "change"]) lista.dispatchEvent(new Event(tipo, { bubbles: true }));
  };
  const digitaNaLista = (e) => {
    if (["Backspace", "Delete"].includes(e.key)) { e.preventDefault(); escrito = ""; escolhe(e.target, e.target.querySelector('option[value=""]') ? "" : e.target.value); return; }
    if (e.key.length !== 1 || e.key === " " || e.key === "?") return;
    e.preventDefault();
    const tecla = semAcento(e.key), segue = escreveuAqui === e.target && e.timeStamp - escritoEm < 1000;
    const inteira = segue && combina(e.target, escrito + tecla), achada = inteira || combina(e.target, tecla);
    const emVao = segue && !inteira && /^\d+$/.test(escrito + tecla);  // a code that the list lacks is not the one that it begins like
    escrito = inteira ? escrito + tecla : tecla;
    escritoEm = e.timeStamp;
    if (emVao) { escolhe(e.target, e.target.querySelector('option[value=""]') ? "" : e.target.value); return; }
    escreveuAqui = e.target;
    if (achada) escolhe(e.target, achada.value);
  };

  // --- what is typed, written out when it is left
  const doisDigitos = (n) => String(n).padStart(2, "0");
  const hoje = () => new Intl.DateTimeFormat("pt-BR", { timeZone: "America/Sao_Paulo" }).format(new Date()).split("/").map(Number);
  const existe = (d, m, a) => { const dia = new Date(Date.UTC(a, m - 1, d)); return dia.getUTCDate() === d && dia.getUTCMonth() === m - 1; };
  const data = (texto) => {
    const [dia, mes, ano] = hoje();
    if (/^h(oje)?$/i.test(texto)) return data(`${doisDigitos(dia)}/${doisDigitos(mes)}/${ano}`);
    const partes = texto.match(/^(\d{2})(\d{2})(\d{4}|\d{2})?$/) ?? texto.match(/^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/);
    if (!partes) return texto;
    const [d, m] = [Number(partes[1]), Number(partes[2])], meses = (m - mes) + (d - dia) / 31;
    const a = !partes[3] ? ano - (meses > 6 ? 1 : 0) : Number(partes[3]) + (partes[3].length === 2 ? 2000 : 0);
    return existe(d, m, a) ? `${doisDigitos(d)}/${doisDigitos(m)}/${a}` : texto;
  };
  const hora = (texto) => {
    const partes = texto.match(/^(\d{1,2})[:h]?(\d{2})?(?::?(\d{2}))?$/i) ?? texto.match(/^(\d{1,2}):(\d{1,2})$/);
    if (!partes || Number(partes[1]) > 23 || Number(partes[2] ?? 0) > 59 || Number(partes[3] ?? 0) > 59) return texto;
    return [partes[1], partes[2] ?? "00", ...(partes[3] && partes[3] !== "00" ? [partes[3]] : [])].map((p) => p.padStart(2, "0")).join(":");
  };
  const decimal = (texto, campo) => {
    const limpo = texto.replace(/^R\$\s*/, "").trim();
    const partes = limpo.match(/^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d*))?$/) ?? limpo.match(/^(\d+)\.(\d{1,2})$/);
    if (!partes) return texto;
    const inteiros = partes[1].replaceAll(".", "").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
    const casas = (partes[2] ?? "").padEnd(Number(campo.dataset.casas), "0");
    return casas ? `${inteiros},${casas}` : inteiros;
  };
  const ESCRITA = { data, hora, decimal };
  form.addEventListener("focusout", (e) => {
    const escreve = ESCRITA[e.target.dataset.tipo];
    if (!escreve || e.target.readOnly || !e.target.value.trim()) return;
    const pronto = escreve(e.target.value.trim(), e.target);
    if (pronto !== e.target.value) e.target.value = pronto;
  }, true);

  // --- the help of a field: its entry on the page of the form's fields, beside its number
  const caixa = Object.assign(document.createElement("div"), { className: "solto ajuda-do-campo", id: "ajuda-do-campo", popover: "auto", tabIndex: -1 });
  caixa.setAttribute("role", "dialog");
  caixa.setAttribute("aria-label", "Ajuda do campo");
  document.body.append(caixa);
  let campos = null;
  const paginaDeAjuda = async () => {
    const resposta = await fetch(form.dataset.ajudaEm);
    if (!resposta.ok || resposta.redirected) throw new Error(String(resposta.status));
    return new DOMParser().parseFromString(await resposta.text(), "text/html");
  };
  const situa = (perto) => {
    const alvo = perto.getBoundingClientRect(), margem = 8;
    caixa.style.left = `${Math.max(margem, Math.min(alvo.left, innerWidth - caixa.offsetWidth - margem))}px`;
    const cabe = alvo.bottom + caixa.offsetHeight + margem < innerHeight;
    caixa.style.top = `${cabe ? alvo.bottom + 2 : Math.max(margem, alvo.top - caixa.offsetHeight - 2)}px`;
  };
  const ajuda = async (link) => {
    try {
      campos ??= await paginaDeAjuda();
      const artigo = campos.getElementById(decodeURIComponent(link.hash.slice(1)));
      caixa.replaceChildren(document.importNode(artigo, true));
      caixa.firstElementChild.removeAttribute("id");
    } catch { location.href = link.href; return; }                   // the page itself says what is wrong; what was typed is kept
    caixa.showPopover();
    situa(link.offsetParent ? link : document.activeElement);
    caixa.focus({ preventScroll: true });
  };
  const linkDo = (campo) => campo.closest(".celula")?.querySelector("[data-ajuda]") ??
    campo.closest("table")?.tHead.rows[0].cells[campo.closest("td").cellIndex]?.querySelector("[data-ajuda]");
  form.querySelectorAll("a[data-ajuda]").forEach((link) => { link.tabIndex = -1; });     // F1 on the field does the same
  form.addEventListener("ficha:linhas", () => form.querySelectorAll("[data-ajuda]:not([tabindex])").forEach((link) => { link.tabIndex = -1; }));
  form.addEventListener("click", (e) => {
    const link = e.target.closest("a[data-ajuda]");                   // the form names its address by the same name
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    ajuda(link);
  });

  // --- keys
  const botao = (id) => document.getElementById(id);
  const pede = (tipo, de) => de.dispatchEvent(new CustomEvent(tipo, { bubbles: true }));
  const teclas = {
    F1: (campo) => { const link = linkDo(campo); if (link) ajuda(link); },
    F2: (campo) => pede("ficha:procurar", campo),
  };
  form.addEventListener("keydown", (e) => {
    const campo = e.target.matches(CAMPO) ? e.target : null;
    if (!campo || e.defaultPrevented) return;
    if (e.key === "Enter" && !e.ctrlKey && !e.altKey && !e.metaKey && !e.isComposing) {
      e.preventDefault();
      avanca(campo, e.shiftKey ? -1 : 1);
    } else if (teclas[e.key] && !e.ctrlKey && !e.altKey && !e.metaKey) {
      e.preventDefault();
      teclas[e.key](campo);
    } else if (e.key.toLowerCase() === "d" && e.ctrlKey && !e.altKey && !e.shiftKey) {
      e.preventDefault();
      pede("ficha:duplicar-linha", campo);
    } else if (campo.matches("[data-travado]") && campo.matches("select") && e.key !== "Tab") {
      e.preventDefault();
    } else if (campo.matches("select") && !e.ctrlKey && !e.altKey && !e.metaKey) {
      digitaNaLista(e);
    }
  });
  form.addEventListener("mousedown", (e) => { if (e.target.closest("select[data-travado]")) e.preventDefault(); });
  const salva = (id) => {                                             // the field is left first: what stands there is written out
    const campo = document.activeElement;
    campo.blur();
    botao(id).click();
    campo.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (e) => {
    if (document.querySelector("dialog[open]")) return;
    if (e.key === "F8") { e.preventDefault(); salva("b-nova"); }
    if (e.key.toLowerCase() === "s" && e.ctrlKey && !e.altKey && !e.shiftKey) { e.preventDefault(); salva("b-salvar"); }
    if (e.key === "?" && !e.ctrlKey && !e.altKey && !e.metaKey && !e.target.closest(ESCREVE)) { e.preventDefault(); botao("d-teclas").showModal(); }
  });

  // --- a finding leads to its field, also inside a block that is folded
  document.addEventListener("click", (e) => {
    const link = e.target.closest("[data-leva-a]"), campo = link && botao(link.dataset.levaA);
    if (!campo) return;
    e.preventDefault();
    for (let dobra = campo.closest("details"); dobra; dobra = dobra.parentElement.closest("details")) dobra.open = true;
    campo.scrollIntoView({ block: "center" });
    vai(campo);
  });

  // --- where typing begins: the first thing that is still to be filled in
  if (document.activeElement === document.body && !document.querySelector("[data-resumo-erros]")) {
    const campos = [...form.elements].filter(digitavel);
    const espera = (c) => !c.value && !c.placeholder;                 // a number that saving gives is not waited for
    (campos.find((c) => c.getAttribute("aria-required") === "true" && espera(c)) ?? campos.find(espera) ?? campos[0])?.focus({ preventScroll: true });
  }
})();
