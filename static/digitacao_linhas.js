/* Conecta, the lines of a typed guide: they come, go, are copied and change places, by keyboard. Where the focus goes
 * is in digitacao_percurso.js, sums in digitacao_somas.js, pasting in digitacao_colar.js.
 *
 * A line is `[data-linha]`, its name the path of its element with its position; positions grow down the grid and may
 * have gaps. The line with `data-nova` is the empty one at the end: the first thing typed in it makes it a real one.
 * Other scripts ask for lines by the event `ficha:acrescentar` {grade, quantas}, and get them in its `detail.linhas`; they
 * give a list of lines to `ficha:retirar` to be rid of them.
 */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form) return;

  // --- what a grid is made of
  const HERDA = new Set(["dataExecucao", "dataRealizacao", "codigoTabela", "codigoDespesa", "autorizado", "centroConsumo"]);
  const PROPRIOS = new Set(["sequencialItem"]);                       // what a copy does not take along
  const linhaDe = (no) => no.closest("[data-linha]"), gradeDe = (no) => no.closest("[data-grade]");
  const dentro = (grade) => linhaDe(grade) !== null;                  // a list inside a line, as its team
  const linhas = (grade) => [...grade.querySelectorAll("[data-linha]")].filter((linha) => gradeDe(linha) === grade);
  const vivas = (grade) => linhas(grade).filter((linha) => linha.dataset.nova === undefined);
  const novaDe = (grade) => linhas(grade).find((linha) => linha.dataset.nova !== undefined);
  const controles = (linha) => [...linha.querySelectorAll("input[name], select[name], textarea[name]")].filter((c) => linhaDe(c) === linha);
  const grades = (linha) => [...linha.querySelectorAll("[data-grade]")].filter((grade) => linhaDe(grade) === linha);
  const passo = (controle) => controle.name.slice(controle.name.lastIndexOf("/") + 1);
  const relativo = (linha, nome) => nome.slice(linha.dataset.linha.length);
  const posicao = (linha) => Number(linha.dataset.linha.match(/\[(\d+)\]$/)[1]);
  const maximo = (grade) => Number(grade.dataset.maximo) || Infinity;
  const titulo = (grade) => grade.querySelector("caption")?.textContent.trim() || grade.getAttribute("aria-label") || "Esta lista";

  // --- saying it: to whoever listens to a screen reader, and to the other scripts
  const fala = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  fala.setAttribute("role", "status");
  form.append(fala);
  const diz = (texto) => { fala.textContent = texto; };
  const conta = (tipo, detail) => form.dispatchEvent(new CustomEvent(tipo, { detail }));
  const recado = (detail) => document.dispatchEvent(new CustomEvent("recado", { detail }));

  // --- numbers as shown: one row of numbers runs through all the grids of a guide, and what points at one follows it
  const numerar = () => {
    const novos = new Map();
    let corrido = 0;
    for (const grade of form.querySelectorAll("[data-grade]")) {
      let visto = 0;
      for (const linha of linhas(grade)) {
        const guardado = controles(linha).find((c) => PROPRIOS.has(passo(c)));
        visto += 1;
        rotular(linha, String(guardado ? corrido + 1 : visto));
        if (!guardado || linha.dataset.nova !== undefined) continue;
        corrido += 1;
        if (guardado.value && guardado.value !== String(corrido)) novos.set(guardado.value, String(corrido));
        guardado.value = String(corrido);
      }
    }
    if (novos.size) apontarDeNovo(novos);
  };
  const apontarDeNovo = (novos) => {
    for (const controle of form.querySelectorAll('[name$="/itemVinculado"]')) {
      if (novos.has(controle.value)) controle.value = novos.get(controle.value);
    }
  };
  const numeroDe = (linha) => linha.dataset.numero ?? String(posicao(linha));
  const rotular = (linha, numero) => {                                // every control says in which line it stands
    if (numeroDe(linha) !== numero) {
      for (const no of linha.querySelectorAll("[aria-label], [title]")) {
        for (const nome of ["aria-label", "title"]) {
          const texto = no.getAttribute(nome);
          if (texto && linhaDe(no) === linha) no.setAttribute(nome, texto.replace(/(linha|Linha) \d+/, `$1 ${numero}`));
        }
      }
    }
    linha.dataset.numero = numero;
  };

  // --- names: what says where a line stands is in the attributes of all that is in it; what was typed is not touched
  const COM_NOME = ["id", "name", "for", "aria-describedby", "data-linha", "data-grade", "data-de", "data-tirar", "data-duplicar", "data-acrescentar"];
  const COM_NOMES = `${COM_NOME.map((nome) => `[${nome}]`).join(",")},button[value]`;
  const trocarNome = (linha, de, para) => {
    for (const no of [linha, ...linha.querySelectorAll(COM_NOMES)]) {
      for (const nome of no.localName === "button" ? [...COM_NOME, "value"] : COM_NOME) {
        const texto = no.getAttribute(nome);
        if (texto?.includes(de)) no.setAttribute(nome, texto.replaceAll(de, para));
      }
    }
  };
  const mudarPosicao = (linha, nova) => {
    const de = linha.dataset.linha, para = de.replace(/\[\d+\]$/, `[${nova}]`);
    if (de !== para) trocarNome(linha, de, para);
  };
  const ordenar = (grade) => {
    let ultima = 0;
    for (const linha of linhas(grade)) {
      if (posicao(linha) <= ultima) mudarPosicao(linha, ultima + 1);
      ultima = posicao(linha);
    }
  };

  // --- new lines
  const modeloDe = (grade) => {                                       // the HTML of an empty line, with "@@" for its position
    const fora = dentro(grade) ? gradeDe(linhaDe(grade)) : grade, modelo = fora.querySelector(":scope > template[data-modelo]");
    if (!modelo) return "";
    if (fora === grade) return modelo.content.querySelector("[data-linha]").outerHTML.replaceAll("__n__", "@@");
    const nome = grade.dataset.grade.replace(linhaDe(grade).dataset.linha, `${fora.dataset.grade}[__n__]`);
    const interno = [...modelo.content.querySelectorAll("template")].find((outro) => outro.dataset.modelo === nome);
    return interno?.innerHTML.replaceAll("__n__", String(posicao(linhaDe(grade)))).replaceAll("__m__", "@@") ?? "";
  };
  const fimDe = (grade) => {                                          // where the next line stands: after the last, else before the foot
    const ultima = linhas(grade).at(-1), tabela = grade.querySelector("table");
    return ultima ? [ultima, "afterend"] : tabela?.tFoot ? [tabela.tFoot, "beforebegin"] : [tabela ?? grade, "beforeend"];
  };
  const fazer = (grade, quantas) => {
    const antes = linhas(grade), ultima = Math.max(0, Number(grade.dataset.ultima) || 0, ...antes.map(posicao)), modelo = modeloDe(grade);
    const html = Array.from({ length: quantas }, (_, i) => modelo.replaceAll("@@", String(ultima + 1 + i))).join("");
    grade.dataset.ultima = String(ultima + quantas);                  // a position is not given twice: a line may come back
    const [vizinho, lugar] = fimDe(grade);
    vizinho.insertAdjacentHTML(lugar, html);
    const feitas = linhas(grade).slice(antes.length);
    feitas.forEach((linha) => { delete linha.dataset.nova; });
    return feitas;
  };
  const limite = (grade) => {
    const texto = `${titulo(grade)}: cabem no máximo ${maximo(grade)} linhas, e todas estão preenchidas. Retire uma para incluir outra.`;
    diz(texto);
    recado({ tom: "ambar", texto });
  };
  const completar = (grade) => {                                      // the empty line at the end, while one more may come
    if (!dentro(grade) && !novaDe(grade) && vivas(grade).length < maximo(grade)) fazer(grade, 1)[0].dataset.nova = "";
  };
  const irma = (grade, linha) => grades(linha).find((outra) => relativo(linha, outra.dataset.grade) === relativo(linhaDe(grade), grade.dataset.grade));
  const daDeCima = (linha, anterior) => {                             // what the line above gives; to the first of a grid, the day of the grid before
    if (anterior) return new Map(controles(anterior).filter((c) => HERDA.has(passo(c))).map((c) => [passo(c), c.value]));
    const dia = [...form.querySelectorAll('[name$="/dataExecucao"]')].filter((c) => c.value && c.compareDocumentPosition(linha) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
    return new Map(dia && !dentro(gradeDe(linha)) ? [["dataExecucao", dia.value]] : []);
  };
  const herdar = (linha, anterior, antes = daDeCima(linha, anterior)) => {
    for (const controle of controles(linha)) {
      const valor = antes.get(passo(controle));
      if (controle.value || !valor) continue;
      controle.value = valor;
      controle.dataset.herdado = valor;
    }
    if (anterior) grades(linha).filter(novaDe).forEach((grade) => copiarGrade(irma(grade, anterior), grade));      // a team that must be there
  };
  const anteriorDe = (linha) => { const todas = linhas(gradeDe(linha)); return todas[todas.indexOf(linha) - 1]; };
  const nascer = (linha) => {
    if (linha.dataset.nova === undefined) return;
    delete linha.dataset.nova;
    const fora = linhaDe(linha.parentElement);
    if (fora) nascer(fora);
    herdar(linha, anteriorDe(linha));
    completar(gradeDe(linha));
    numerar();
    conta("ficha:linhas", linha.dataset.linha);
  };
  const acrescentar = (grade, quantas) => {                           // `quantas` real lines at the end; as many as there is room for
    const cabem = Math.min(quantas, maximo(grade) - vivas(grade).length), nova = novaDe(grade);
    if (cabem < quantas) limite(grade);
    if (cabem < 1) return [];
    const anterior = vivas(grade).at(-1), reusada = nova ? [nova] : [];
    if (nova) delete nova.dataset.nova;
    const feitas = [...reusada, ...(cabem > reusada.length ? fazer(grade, cabem - reusada.length) : [])];
    const deCima = daDeCima(feitas[0], anterior);
    feitas.forEach((linha) => herdar(linha, anterior, deCima));
    completar(grade);
    numerar();
    return feitas;
  };
  form.addEventListener("ficha:acrescentar", (e) => { e.detail.linhas = acrescentar(e.detail.grade, e.detail.quantas); });
  form.addEventListener("ficha:retirar", (e) => {                     // what a paste brought goes together
    const vao = e.detail.filter((linha) => linha.isConnected), tocadas = new Set(vao.map(gradeDe));
    vao.forEach((linha) => linha.remove());
    tocadas.forEach(completar);
    numerar();
    if (vao.length) conta("ficha:linhas", vao[0].dataset.linha);
  });

  // --- a line that was begun and left empty goes by itself: what it has, the line above gave it
  const soHerdou = (linha) => controles(linha).every((c) => c.readOnly || c.type === "hidden" || c.name.endsWith("/?") || c.value === "" || c.value === c.dataset.herdado)
    && grades(linha).every((grade) => !vivas(grade).length);
  const desistir = (linha, destino) => {
    const grade = gradeDe(linha), nova = novaDe(grade);
    if (!controles(linha).some((c) => c.dataset.herdado !== undefined) || linhas(grade).indexOf(linha) !== vivas(grade).length - 1 || !soHerdou(linha)) return;
    const aqui = destino && nova?.contains(destino) && controles(linha).find((c) => relativo(linha, c.name) === relativo(nova, destino.name ?? ""));
    if (aqui) setTimeout(() => aqui.focus());                         // where the focus was going to is gone
    nova?.remove();
    controles(linha).forEach((c) => { if (!c.name.endsWith("/?")) c.value = ""; delete c.dataset.herdado; });
    linha.dataset.nova = "";
    numerar();
    conta("ficha:linhas", linha.dataset.linha);
  };

  // --- copying
  const copiarValores = (de, para) => {
    const valores = new Map(controles(de).map((c) => [relativo(de, c.name), c.value]));
    for (const controle of controles(para)) {
      const valor = valores.get(relativo(para, controle.name));
      if (valor !== undefined && !PROPRIOS.has(passo(controle))) controle.value = valor;
    }
    grades(de).forEach((grade, i) => { if (grades(para)[i]) copiarGrade(grade, grades(para)[i]); });
  };
  const copiarGrade = (de, para) => {
    const fontes = vivas(de);
    if (!fontes.length) return 0;
    const feitas = acrescentar(para, fontes.length);
    feitas.forEach((linha, i) => copiarValores(fontes[i], linha));
    return feitas.length;
  };
  const duplicar = (linha, foco) => {
    const grade = gradeDe(linha);
    if (linha.dataset.nova !== undefined) return diz("Esta linha está vazia: não há o que duplicar.");
    if (vivas(grade).length >= maximo(grade)) return limite(grade);
    const copia = fazer(grade, 1)[0];
    linha.after(copia);
    mudarPosicao(copia, posicao(linha) + 1);
    if (vivas(grade).length >= maximo(grade)) novaDe(grade)?.remove();
    ordenar(grade);
    copiarValores(linha, copia);
    numerar();
    diz(`Linha ${numeroDe(linha)} duplicada na linha ${numeroDe(copia)}.`);
    conta("ficha:linhas", copia.dataset.linha);
    const alvo = foco && controles(copia).find((c) => relativo(copia, c.name) === relativo(linha, foco.name));
    vai(alvo ?? primeiro(copia));
    return undefined;
  };
  const copiarEquipe = (linha) => {
    const acima = anteriorDe(linha), [grade] = grades(linha);
    const igual = acima && irma(grade, acima);
    if (!igual || !vivas(igual).length) return diz("A linha de cima não tem equipe para copiar.");
    nascer(linha);
    const quantos = copiarGrade(igual, grade);
    diz(quantos === 1 ? "1 profissional copiado da linha de cima." : `${quantos} profissionais copiados da linha de cima.`);
    conta("ficha:linhas", linha.dataset.linha);
    return undefined;
  };
  const acrescentarNa = (linha, nome) => {                            // an empty row of the team, or the one that is there
    const grade = grades(linha).find((outra) => !nome || outra.dataset.grade === nome);
    if (vivas(grade).length >= maximo(grade)) return limite(grade);
    const nova = novaDe(grade) ?? fazer(grade, 1)[0];
    nova.dataset.nova = "";
    numerar();
    vai(primeiro(nova));
    diz(nova.getAttribute("aria-label") ?? "");
    return undefined;
  };

  // --- taking a line away, and bringing it back
  const primeiro = (linha) => controles(linha).find((c) => c.type !== "hidden" && !c.readOnly && passo(c) === "codigoProcedimento")
    ?? controles(linha).find((c) => c.type !== "hidden" && !c.readOnly);
  const vai = (controle) => { controle?.focus(); controle?.select?.(); };
  let retiradas = [], ultimoRecado = null;
  const tirar = (linha, foco) => {
    const grade = gradeDe(linha);
    if (linha.dataset.nova !== undefined && !dentro(grade)) return diz("Esta linha já está vazia.");
    const vizinha = linha.nextElementSibling?.matches("[data-linha]") ? linha.nextElementSibling : anteriorDe(linha);
    const retirada = { linha, grade, antes: linha.nextElementSibling, nome: `Linha ${numeroDe(linha)}` };
    const mesmo = foco?.name && vizinha && controles(vizinha).find((c) => relativo(vizinha, c.name) === relativo(linha, foco.name));
    linha.remove();
    retiradas.push(retirada);
    completar(grade);
    numerar();
    vai(mesmo ?? primeiro(vizinha ?? novaDe(grade) ?? linhaDe(grade)));
    ultimoRecado?.remove();
    recado({ texto: `${retirada.nome} retirada.`, acao: "Desfazer", faz: () => devolver(retirada) });
    ultimoRecado = document.querySelector("#recados .recado:last-child");
    conta("ficha:linhas", linha.dataset.linha);
    return undefined;
  };
  const devolver = (retirada) => {
    if (!retirada || !retiradas.includes(retirada)) return;
    const { linha, grade, antes } = retirada;
    retiradas = retiradas.filter((outra) => outra !== retirada);
    if (vivas(grade).length >= maximo(grade)) { limite(grade); return; }
    const [vizinho, lugar] = antes?.parentElement ? [antes, "beforebegin"] : fimDe(grade);
    vizinho.insertAdjacentElement(lugar, linha);
    if (vivas(grade).length >= maximo(grade)) novaDe(grade)?.remove();
    ordenar(grade);
    numerar();
    ultimoRecado?.remove();
    vai(primeiro(linha));
    diz(`${retirada.nome} voltou.`);
    conta("ficha:linhas", linha.dataset.linha);
  };

  // --- changing places: two neighbours swap their positions too
  const mover = (linha, sobe) => {
    const todas = vivas(gradeDe(linha)), outra = todas[todas.indexOf(linha) + (sobe ? -1 : 1)];
    if (!outra || linha.dataset.nova !== undefined) return diz(sobe ? "Esta já é a primeira linha." : "Esta já é a última linha.");
    const foco = document.activeElement, [minha, dela_] = [posicao(linha), posicao(outra)];
    mudarPosicao(linha, 0);
    mudarPosicao(outra, minha);
    mudarPosicao(linha, dela_);
    if (sobe) outra.before(linha); else outra.after(linha);
    numerar();
    foco.focus();
    diz(`Agora é a linha ${numeroDe(linha)}.`);
    conta("ficha:linhas", linha.dataset.linha);
    return undefined;
  };

  // --- keys, each of which is a button or a cell of the page too
  let digitou = true;                                                 // since the last line went: then Ctrl+Z is the field's own
  const teclas = (e) => {
    const linha = e.target.closest?.("[data-linha]"), letra = e.key.toLowerCase(), so = e.ctrlKey && !e.altKey && !e.metaKey && !e.shiftKey;
    if (so && letra === "z" && gradeDe(e.target) && retiradas.length && !digitou) return () => devolver(retiradas.at(-1));
    if (!linha) return null;
    if (so && letra === "d") return () => duplicar(linha, e.target);
    const daEquipe = grades(linha).length ? linha : linhaDe(linha.parentElement);
    if (so && letra === "e" && daEquipe && grades(daEquipe).length) return () => copiarEquipe(daEquipe);
    if (so && e.key === "Enter" && daEquipe && grades(daEquipe).length) return () => acrescentarNa(daEquipe);
    if (!e.altKey || e.ctrlKey || e.metaKey) return null;
    return { ArrowUp: () => mover(linha, true), ArrowDown: () => mover(linha, false), Delete: () => { digitou = false; tirar(linha, e.target); } }[e.key] ?? null;
  };
  form.addEventListener("keydown", (e) => {
    const faz = teclas(e);
    if (!faz) return;
    e.preventDefault();
    e.stopPropagation();
    faz();
  }, true);
  form.addEventListener("click", (e) => {
    const linha = e.target.closest("[data-linha]");
    const faz = linha && [["tirar", tirar], ["duplicar", duplicar], ["acrescentar", acrescentarNa]].find(([nome]) => e.target.closest(`[data-${nome}]`));
    if (!faz) return;
    e.preventDefault();                                               // without script the button sends the form
    digitou = false;
    faz[1](linha, faz[0] === "acrescentar" ? e.target.closest("[data-acrescentar]").dataset.acrescentar : undefined);
  });

  // --- typing
  const digitado = (e) => {
    digitou = true;
    const linha = e.target.name && e.target.closest("[data-linha]");
    if (linha) nascer(linha);
  };
  form.addEventListener("input", digitado);
  form.addEventListener("change", digitado);
  form.addEventListener("ficha:mudou", (e) => {                       // a look-up filled them in
    for (const nome of e.detail ?? []) {
      const controle = document.getElementById(nome), linha = controle?.value && linhaDe(controle);
      if (linha) nascer(linha);
    }
  });
  form.addEventListener("focusout", (e) => {
    const linha = e.target.closest("[data-linha]");
    if (linha?.isConnected && linha.dataset.nova === undefined && !linha.contains(e.relatedTarget)) desistir(linha, e.relatedTarget);
  });

  form.querySelectorAll("[data-grade]").forEach(completar);
  numerar();
})();
