/* Conecta, look-ups in a typed guide: code or words, and a list of what is meant. A combobox as WAI-ARIA describes it,
 * for every control with `data-procura`; what is chosen fills the controls that the server names.
 *
 * The list is one for the page and lies in the top layer, so that no table cuts it. Enter chooses and goes on as Enter
 * does in any field; Tab leaves what was typed, and takes the code that it spells out.
 */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form?.dataset.procurar) return;
  const ESPERA = 120, LETRAS = 2, GUARDADAS = 200, LARGO = 60;        // ms between keys; letters that are worth asking for

  // --- the list
  const cria = (nome, atributos) => { const no = document.createElement(nome); for (const [a, v] of Object.entries(atributos)) no.setAttribute(a, v); return no; };
  const caixa = cria("div", { class: "opcoes procura", popover: "manual", id: "procura" });
  const lista = cria("ul", { role: "listbox", id: "procura-opcoes" }), nota = cria("p", { class: "nota" });
  const fala = cria("p", { role: "status", class: "visually-hidden" });
  caixa.append(lista, nota);
  (form.closest("main") ?? document.body).append(caixa, fala);
  let campo = null, opcoes = [], ativa = -1, pergunta = null, relogio = 0, chegando = null, pedidoPor = "", nadaPara = "", digitou = false, listada = "";

  const aberta = () => caixa.matches(":popover-open");
  const combobox = (controle) => {
    if (controle.hasAttribute("aria-autocomplete")) return;
    controle.setAttribute("aria-autocomplete", "list");
    controle.setAttribute("aria-controls", "procura-opcoes");
    controle.setAttribute("spellcheck", "false");
    if (controle.matches("input")) { controle.setAttribute("role", "combobox"); controle.setAttribute("aria-expanded", "false"); }   // a text of several rows stays one
    if (controle.maxLength >= 0 && controle.maxLength < LARGO) controle.maxLength = LARGO;       // words are longer than codes
  };
  const procuraveis = (raiz) => raiz.querySelectorAll("input[data-procura], textarea[data-procura]").forEach(combobox);

  // --- where it lies: below its field, above where there is no room, never over the edge
  const situar = () => {
    if (!campo || !aberta()) return;
    const alvo = campo.getBoundingClientRect(), margem = 8, largura = Math.min(576, innerWidth - 2 * margem);
    caixa.style.width = `${largura}px`;
    caixa.style.left = `${Math.max(margem, Math.min(alvo.left, innerWidth - largura - margem))}px`;
    const abaixo = innerHeight - alvo.bottom - margem, acima = alvo.top - margem, altura = Math.min(320, Math.max(abaixo, acima));
    caixa.style.maxHeight = `${altura}px`;
    caixa.style.top = abaixo >= caixa.offsetHeight || abaixo >= acima ? `${alvo.bottom + 2}px` : `${Math.max(margem, alvo.top - caixa.offsetHeight - 2)}px`;
  };
  const expandir = (sim) => { if (campo.matches("input")) campo.setAttribute("aria-expanded", sim); };
  const mostrar = () => {
    if (!aberta()) caixa.showPopover();
    expandir("true");
    situar();
  };
  const fechar = () => {
    clearTimeout(relogio);
    pergunta?.abort();
    pergunta = chegando = null;
    if (campo) { expandir("false"); campo.removeAttribute("aria-activedescendant"); }
    if (aberta()) caixa.hidePopover();
    caixa.removeAttribute("aria-busy");
    opcoes = [];
    ativa = -1;
  };
  addEventListener("resize", situar);
  addEventListener("scroll", situar, true);

  // --- words: those that were typed are marked, whatever their accents
  const simples = (texto) => [...texto].map((letra) => letra.normalize("NFD")[0].toLowerCase()).join("");
  const marcado = (texto, q) => {
    const liso = simples(texto), marcas = new Array(texto.length).fill(false), pedaco = document.createDocumentFragment();
    for (const palavra of simples(q).split(/\s+/).filter((p) => p.length >= LETRAS)) {
      for (let em = liso.indexOf(palavra); em >= 0; em = liso.indexOf(palavra, em + palavra.length)) marcas.fill(true, em, em + palavra.length);
    }
    for (let de = 0; de < texto.length;) {
      let ate = de + 1;
      while (ate < texto.length && marcas[ate] === marcas[de]) ate += 1;
      const parte = texto.slice(de, ate);
      pedaco.append(marcas[de] ? Object.assign(document.createElement("mark"), { textContent: parte }) : parte);
      de = ate;
    }
    return pedaco;
  };
  const itemDe = (opcao, i, q) => {
    const item = cria("li", { role: "option", id: `procura-${i}`, "aria-selected": "false" });
    for (const [nome, texto, classe] of [["b", opcao.rotulo, ""], ["span", opcao.texto, ""], ["span", opcao.detalhe, "num"]]) {
      const parte = document.createElement(nome);
      parte.className = classe;
      parte.append(classe ? texto ?? "" : marcado(texto ?? "", q));
      item.append(parte);
    }
    return item;
  };
  const marcar = (i) => {
    lista.children[ativa]?.setAttribute("aria-selected", "false");
    ativa = i;
    const item = lista.children[i];
    if (!item) { campo.removeAttribute("aria-activedescendant"); return; }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    campo.setAttribute("aria-activedescendant", item.id);
  };

  // --- what is shown: options, or in words why there are none
  const avisar = (texto) => {
    opcoes = [];
    ativa = -1;
    lista.replaceChildren();
    lista.hidden = true;
    nota.textContent = fala.textContent = texto;
    caixa.removeAttribute("aria-busy");
    mostrar();
  };
  const exata = (q) => opcoes.findIndex((opcao) => simples(opcao.rotulo).replace(/[.\-/\s]/g, "") === simples(q).replace(/[.\-/\s]/g, ""));
  const listar = (resposta, q) => {
    opcoes = resposta.opcoes;
    listada = q;
    nadaPara = opcoes.length ? "" : q;
    if (!opcoes.length) { avisar(q ? `Nada encontrado para “${q}”. Confira o que digitou ou procure por outra palavra.` : "Ainda não há nada usual aqui. Digite para procurar."); return; }
    lista.hidden = false;
    lista.setAttribute("aria-label", q ? `O que combina com “${q}”` : "Os mais usados");
    lista.replaceChildren(...opcoes.map((opcao, i) => itemDe(opcao, i, q)));
    nota.textContent = resposta.mais ? "Há mais. Continue digitando para chegar ao que procura." : "";
    fala.textContent = `${opcoes.length === 1 ? "1 opção" : `${opcoes.length} opções`}. Setas para escolher, Enter para confirmar.`;
    ativa = -1;
    mostrar();
    marcar(/[^\d.\-/\s]/.test(q) || exata(q) >= 0 ? Math.max(0, exata(q)) : -1);       // half a code chooses nothing by itself
    situar();
  };

  // --- asking: after a pause, the stale question called off, the last answers kept; in every line the same answers
  const guardadas = new Map();
  const geral = (nome) => nome.replace(/\[\d+\]/g, "[]"), prefixo = (nome) => nome.slice(0, nome.lastIndexOf("]") + 1);
  const guardar = (chave, resposta) => {
    if (guardadas.size >= GUARDADAS) guardadas.delete(guardadas.keys().next().value);
    guardadas.set(chave, resposta);
  };
  const paraCa = (resposta, de, para) => ({
    ...resposta,
    opcoes: resposta.opcoes.map((opcao) => ({ ...opcao, preenche: Object.fromEntries(Object.entries(opcao.preenche).map(([nome, texto]) => [de && nome.startsWith(de) ? para + nome.slice(de.length) : nome, texto])) })),
  });
  const buscar = async (nome, q) => {
    const chave = `${geral(nome)}\n${q}`, guardada = guardadas.get(chave);
    if (guardada) return paraCa(guardada.resposta, guardada.prefixo, prefixo(nome));
    const meu = pergunta = new AbortController();
    const resposta = await fetch(`${form.dataset.procurar}?${new URLSearchParams({ campo: nome, q })}`, { signal: meu.signal, headers: { Accept: "application/json" } });
    if (!resposta.ok || !resposta.headers.get("content-type")?.includes("json")) throw new Error(String(resposta.status));
    const lida = await resposta.json();
    guardar(chave, { resposta: lida, prefixo: prefixo(nome) });
    return lida;
  };
  const perguntar = async (q) => {
    const controle = campo;
    pergunta?.abort();
    chegando = q;
    caixa.setAttribute("aria-busy", "true");
    if (aberta() && !opcoes.length) nota.textContent = "Procurando…";
    try {
      const resposta = await buscar(controle.name, q);
      if (campo !== controle || chegando !== q) return;
      chegando = null;
      caixa.removeAttribute("aria-busy");
      listar(resposta, q);
      if (pedidoPor === q && opcoes.length === 1) { escolher(0); seguir(); }
    } catch (erro) {
      if (erro.name === "AbortError" || campo !== controle) return;
      chegando = null;
      avisar("Não foi possível procurar agora. O que você digitou fica como está; tente de novo com F2.");
    } finally { if (chegando === null) pedidoPor = ""; }
  };

  // --- choosing
  const escolher = (i) => {
    const mudados = [];
    for (const [nome, texto] of Object.entries(opcoes[i].preenche)) {
      const controle = document.getElementById(nome) ?? form.elements.namedItem(nome);
      if (!controle || controle.value === texto || controle.dataset?.travado !== undefined) continue;
      controle.value = texto;
      mudados.push(nome);
    }
    const escolhido = campo;
    fala.textContent = `${opcoes[i].rotulo} ${opcoes[i].texto}`;
    fechar();
    digitou = false;
    if (mudados.length) form.dispatchEvent(new CustomEvent("ficha:mudou", { detail: mudados.includes(escolhido.name) ? mudados : [escolhido.name, ...mudados] }));
  };
  const seguir = () => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));

  // --- keys
  const anda = (i) => marcar((i + opcoes.length) % opcoes.length);
  const teclas = {
    ArrowDown: () => anda(ativa + 1),
    ArrowUp: () => anda(ativa < 0 ? -1 : ativa - 1),
    Home: () => marcar(0),
    End: () => marcar(opcoes.length - 1),
    PageDown: () => marcar(Math.min(ativa + 5, opcoes.length - 1)),
    PageUp: () => marcar(Math.max(ativa - 5, 0)),
    Escape: fechar,
  };
  const soCodigo = (controle, q) => /[^\d.\-/\s]/.test(q) && (controle.dataset.procura === "lista" || /\/(codigoProcedimento|numeroCarteira)$/.test(controle.name));
  const comEnter = (e) => {
    clearTimeout(relogio);
    const q = campo.value.trim(), marcada = aberta() && ativa >= 0, atrasada = marcada && digitou && listada !== q;
    if (marcada && !atrasada) { escolher(ativa); return; }            // and on it goes, as Enter does anywhere
    // Words still under way: what is on view answers fewer of them, and is not what was meant.
    if (digitou && q.length >= LETRAS && pedidoPor !== q && nadaPara !== q && (atrasada || (!opcoes.length && soCodigo(campo, q)))) {
      e.preventDefault();
      e.stopImmediatePropagation();
      pedidoPor = q;
      perguntar(q);
      return;
    }
    fechar();
  };
  document.addEventListener("keydown", (e) => {                       // before the lines and the page: what is open has the first say
    if (!e.target.matches?.("[data-procura]") || e.ctrlKey || e.metaKey || e.altKey || e.target.readOnly) return;
    if (e.key === "F2" || (e.key === "ArrowDown" && !aberta() && !e.shiftKey)) {
      e.preventDefault();
      e.stopPropagation();
      campo = e.target;
      perguntar(campo.value.trim());
      return;
    }
    if (e.target !== campo || e.shiftKey) return;
    if (e.key === "Enter") { comEnter(e); return; }
    if (!aberta() || !teclas[e.key] || (e.key !== "Escape" && !opcoes.length)) return;
    e.preventDefault();
    e.stopPropagation();
    teclas[e.key]();
  }, true);

  // --- typing, leaving, pointing
  form.addEventListener("focusin", (e) => {
    if (!e.target.matches("[data-procura]")) return;
    combobox(e.target);
    if (campo !== e.target) { fechar(); campo = e.target; digitou = false; nota.textContent = ""; }
  });
  form.addEventListener("input", (e) => {
    if (!e.target.matches("[data-procura]") || !e.isTrusted) return;
    campo = e.target;
    digitou = true;
    clearTimeout(relogio);
    const q = campo.value.trim();
    if (q.length < LETRAS) { fechar(); return; }
    caixa.setAttribute("aria-busy", "true");                          // what is on view answers fewer letters
    relogio = setTimeout(() => perguntar(q), ESPERA);
  });
  form.addEventListener("focusout", (e) => {
    if (e.target !== campo) return;
    const i = digitou && opcoes.length ? exata(campo.value.trim()) : -1;
    if (i >= 0) escolher(i); else fechar();
    campo = null;
    digitou = false;
  });
  caixa.addEventListener("mousedown", (e) => e.preventDefault());      // the field keeps the focus
  caixa.addEventListener("click", (e) => {
    const i = [...lista.children].indexOf(e.target.closest("li"));
    if (i >= 0 && campo) { escolher(i); seguir(); }
  });
  form.addEventListener("ficha:linhas", () => procuraveis(form));
  procuraveis(form);
})();
