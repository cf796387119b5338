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
  const depois = (de) => [...form.elements].find((c) => digitavel(c) && c.matches(":is(input, select, textarea):not(.qual)") && !de.contains(c) && de.compareDocumentPosition(c) & Node.DOCUMENT_POSITION_FOLLOWING);
  const sair = (linha) => {
    const proximo = depois(linha.closest("[data-grade]")), outra = proximo && linhaDe(proximo);
    return vai(outra ? entrada(outra) : proximo);
  };
  const entrar = (controle) => {                                      // from above into a grid: what its code fills in is not typed
    const proximo = depois(controle), linha = proximo && linhaDe(proximo);
    return linha ? vai(entrada(linha)) : false;
  };
  const seguir = (linha) => (depoisDe(linha) ? vai(entrada(depoisDe(linha))) : sair(linha));

  // --- a team that must be there is asked for after its line; what a look-up filled in is passed over
  const vazios = (pessoa) => proprios(pessoa).filter((c) => !c.value && !c.matches(".qual"));
  const incompleta = (pessoa) => pessoa.dataset.nova !== undefined || vazios(pessoa).some((c) => c.ariaRequired === "true");
  const equipe = (linha) => [...linha.querySelectorAll("[data-grade][data-minimo] > [data-linha]")].find(incompleta);
  const naEquipe = (pessoa, controle) => {
    const falta = vazios(pessoa).find((c) => controle.compareDocumentPosition(c) & Node.DOCUMENT_POSITION_FOLLOWING);
    return falta ? vai(falta) : seguir(linhaDe(pessoa.parentElement));
  };
  const avancar = (controle) => {
    const linha = linhaDe(controle), n = lugarDe(controle);
    if (linha.parentElement.matches("[data-minimo]")) return naEquipe(linha, controle);
    if (FALTAM.includes(passo(controle)) && parada(linha, QUANTIDADE)?.value) return continuar(linha, controle);
    if (n < 0) return controle === proprios(linha).at(-1) && depoisDe(linha) ? vai(entrada(depoisDe(linha))) : false;
    if (n === CODIGO && !controle.value.trim()) return sair(linha);
    for (let seguinte = n + 1; seguinte <= QUANTIDADE; seguinte += 1) if (parada(linha, seguinte)) return vai(parada(linha, seguinte));
    return continuar(linha);
  };
  const continuar = (linha, de) => {                                  // what was passed over is passed over once
    const todos = proprios(linha), falta = todos.slice(todos.indexOf(de) + 1).find((c) => FALTAM.includes(passo(c)) && !c.value);
    if (falta) return vai(falta);
    const pessoa = equipe(linha);
    return pessoa ? vai(vazios(pessoa)[0]) : seguir(linha);
  };
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
    if (!e.target.matches("input[name], select[name], textarea[name]")) return;
    if (!(linhaDe(e.target) ? avancar : entrar)(e.target)) return;
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
