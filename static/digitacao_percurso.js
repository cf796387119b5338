/* Conecta, the way of Enter through the lines of a typed guide: date, code, tooth, face, quantity, and the next line's
 * code. Tab goes through every cell; Enter on an empty code leaves the grid. */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form) return;
  const PARADAS = [["dataExecucao"], ["codigoProcedimento"], ["*"], ["denteFace"], ["quantidadeExecutada", "qtdProc"]];
  const CODIGO = 1, DENTE = 2, QUANTIDADE = 4;
  const FALTAM = ["codigoDespesa", "unidadeMedida", "autorizado", "dataRealizacao"];   // where a line that has all the rest still stops: no price list knows them
  const linhaDe = (no) => no.closest("[data-linha]");
  const passo = (controle) => controle.name.slice(controle.name.lastIndexOf("/") + 1);
  const digitavel = (c) => c.checkVisibility() && !c.disabled && !c.readOnly && c.dataset.travado === undefined && c.type !== "hidden";
  const proprios = (linha) => [...linha.querySelectorAll("input[name], select[name], textarea[name]")].filter((c) => linhaDe(c) === linha && digitavel(c));
  const parada = (linha, n) => proprios(linha).find((c) => PARADAS[n].includes(passo(c)) && (n !== DENTE || c.name.includes("/denteRegiao/")));
  const lugarDe = (controle) => PARADAS.findIndex((nomes, n) => nomes.includes(passo(controle)) && (n !== DENTE || controle.name.includes("/denteRegiao/")));
  const depoisDe = (linha) => {
    const todas = [...linha.closest("[data-grade]").querySelectorAll("[data-linha]")].filter((outra) => linhaDe(outra.parentElement) === linhaDe(linha.parentElement));
    return todas[todas.indexOf(linha) + 1];
  };
  const vai = (controle) => { controle?.focus(); controle?.select?.(); return Boolean(controle); };

  const entrada = (linha) => {                                        // the first line of the guide begins at its date, the others at their code
    const data = parada(linha, 0);
    const semDia = data && ![...form.querySelectorAll('[name$="/dataExecucao"]')].some((c) => c.value);
    return semDia ? data : parada(linha, CODIGO) ?? proprios(linha)[0];
  };
  const sair = (linha) => {
    const grade = linha.closest("[data-grade]");
    const proximo = [...form.elements].find((c) => digitavel(c) && !grade.contains(c) && grade.compareDocumentPosition(c) & Node.DOCUMENT_POSITION_FOLLOWING);
    const outra = proximo && linhaDe(proximo);
    return vai(outra ? entrada(outra) : proximo);
  };
  const avancar = (controle) => {
    const linha = linhaDe(controle), n = lugarDe(controle);
    if (FALTAM.includes(passo(controle)) && parada(linha, QUANTIDADE)?.value) return continuar(linha, controle);
    if (n < 0) return controle === proprios(linha).at(-1) && depoisDe(linha) ? vai(entrada(depoisDe(linha))) : false;
    if (n === CODIGO && !controle.value.trim()) return sair(linha);
    for (let seguinte = n + 1; seguinte <= QUANTIDADE; seguinte += 1) if (parada(linha, seguinte)) return vai(parada(linha, seguinte));
    return continuar(linha);
  };
  const continuar = (linha, de) => {                                  // what was passed over is passed over once
    const todos = proprios(linha), falta = todos.slice(todos.indexOf(de) + 1).find((c) => FALTAM.includes(passo(c)) && !c.value);
    if (falta) return vai(falta);
    return depoisDe(linha) ? vai(entrada(depoisDe(linha))) : sair(linha);
  };
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
    if (!e.target.matches("input[name], select[name]") || !linhaDe(e.target) || !avancar(e.target)) return;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  // --- most items are one of a kind: a code that comes brings the quantity 1, to be typed over
  const daLinha = (linha, n) => [...linha.querySelectorAll("[name]")].find((c) => PARADAS[n].includes(passo(c)) && linhaDe(c) === linha);
  const comecarEm = (linha) => {
    const quantidade = daLinha(linha, QUANTIDADE);
    if (quantidade && !quantidade.value && daLinha(linha, CODIGO)?.value.trim()) quantidade.value = "1";
  };
  form.addEventListener("change", (e) => { const linha = e.target.name && linhaDe(e.target); if (linha && lugarDe(e.target) === CODIGO) comecarEm(linha); });
  form.addEventListener("ficha:mudou", (e) => {
    for (const nome of e.detail ?? []) {
      const controle = document.getElementById(nome);
      if (controle?.name && linhaDe(controle) && lugarDe(controle) === CODIGO) comecarEm(linhaDe(controle));
    }
  });
})();
