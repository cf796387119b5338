/* Conecta, pasting into a typed guide: a column of codes, or code, quantity and date as a spreadsheet copies them, makes as
 * many lines. A code that nobody knows is kept: the findings speak of it. The dialog is for whoever cannot paste into a
 * cell, and shows what will come of it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]"), dialogo = document.getElementById("d-colar"), modelo = document.getElementById("modelo-colar");
  if (!form || !dialogo || !modelo) return;
  const MAXIMO = 500;
  const linhaDe = (no) => no.closest("[data-linha]");
  const controle = (linha, ...passos) => [...linha.querySelectorAll("[name]")].find((c) => linhaDe(c) === linha && passos.includes(c.name.slice(c.name.lastIndexOf("/") + 1)));
  const codigoDe = (linha) => controle(linha, "codigoProcedimento");

  // --- reading: which column is what, by what most of it looks like
  const E_CODIGO = /^\d[\d.\- ]{5,13}$/, E_DATA = /^\d{1,2}\/\d{1,2}\/(\d{2}|\d{4})$/, E_NUMERO = /^\d{1,4}([.,]\d{1,4})?$/;
  const limpo = (codigo) => (codigo.replace(/[.\-\s]/g, "").match(/^\d{8,10}$/)?.[0] ?? codigo).slice(0, 10);
  const mais = (tabela, padrao, fora) => {
    const largura = Math.max(...tabela.map((colunas) => colunas.length));
    const votos = Array.from({ length: largura }, (_, i) => (fora.includes(i) ? 0 : tabela.filter((colunas) => padrao.test(colunas[i] ?? "")).length));
    const melhor = Math.max(0, ...votos);
    return melhor ? votos.indexOf(melhor) : -1;
  };
  const ler = (texto) => {
    const separador = texto.includes("\t") ? "\t" : ";";
    const tabela = texto.split(/\r\n|\r|\n/).map((linha) => linha.split(separador).map((coluna) => coluna.trim())).filter((colunas) => colunas.some(Boolean));
    if (!tabela.length) return [];
    const codigo = Math.max(0, mais(tabela, E_CODIGO, [])), data = mais(tabela, E_DATA, [codigo]), quantidade = mais(tabela, E_NUMERO, [codigo, data]);
    if (tabela.length > 1 && !/\d/.test(tabela[0][codigo] ?? "")) tabela.shift();                 // the heads of the columns
    return tabela.filter((colunas) => colunas[codigo]).map((colunas) => ({
      codigo: limpo(colunas[codigo]),
      quantidade: (E_NUMERO.test(colunas[quantidade] ?? "") ? colunas[quantidade] : "1").replace(".", ","),
      data: E_DATA.test(colunas[data] ?? "") ? colunas[data].replace(/^(\d)\//, "0$1/").replace(/\/(\d)\//, "/0$1/").replace(/\/(\d{2})$/, "/20$1") : "",
    }));
  };

  // --- writing: into the line that it was pasted in, when that has no code yet, and into new ones at the end
  const preencher = (linha, item) => {
    codigoDe(linha).value = item.codigo;
    const quantidade = controle(linha, "quantidadeExecutada", "qtdProc"), data = controle(linha, "dataExecucao", "dataRealizacao");
    if (quantidade) quantidade.value = item.quantidade;
    if (data && item.data) data.value = item.data;
    return codigoDe(linha).name;
  };
  const colar = (grade, itens, onde) => {
    const lidos = itens.slice(0, MAXIMO), pedido = { grade, quantas: lidos.length - (onde ? 1 : 0), linhas: [] };
    if (pedido.quantas > 0) form.dispatchEvent(new CustomEvent("ficha:acrescentar", { detail: pedido }));
    const linhas = [...(onde ? [onde] : []), ...pedido.linhas], nomes = linhas.map((linha, i) => preencher(linha, lidos[i]));
    if (!linhas.length) return;
    form.dispatchEvent(new CustomEvent("ficha:mudou", { detail: nomes }));
    const feito = linhas.length === 1 ? "1 linha colada." : `${linhas.length} linhas coladas.`;
    const falta = itens.length > linhas.length ? ` ${itens.length - linhas.length} não couberam: cole o resto em outra guia.` : "";
    const detail = { texto: feito + falta, acao: "Desfazer", faz: () => form.dispatchEvent(new CustomEvent("ficha:retirar", { detail: linhas })) };
    document.dispatchEvent(new CustomEvent("recado", { detail }));
    const todas = [...grade.querySelectorAll("[data-linha]")].filter((linha) => !linhaDe(linha.parentElement));
    codigoDe(todas.at(-1))?.focus();
  };
  form.addEventListener("paste", (e) => {
    const linha = e.target.name?.endsWith("codigoProcedimento") && linhaDe(e.target), texto = e.clipboardData.getData("text/plain");
    if (!linha || !/[\t\n;]/.test(texto.trim())) return;
    const itens = ler(texto), inteiro = e.target.selectionStart === 0 && e.target.selectionEnd === e.target.value.length;
    if (!itens.length) return;
    e.preventDefault();
    let onde = inteiro ? linha : null;
    if (onde?.dataset.nova !== undefined) onde = null;                // the empty one is among those that are asked for
    colar(linha.closest("[data-grade]"), itens, onde);
  });

  // --- the dialog
  const area = dialogo.querySelector("textarea"), previa = dialogo.querySelector("[data-previa]"), confirma = dialogo.querySelector("[data-confirma]");
  let destino = null;
  const prever = () => {
    const itens = ler(area.value), quantas = itens.length === 1 ? "1 linha" : `${itens.length} linhas`;
    const comData = itens.filter((item) => item.data).length;
    previa.textContent = itens.length ? `${quantas}: de ${itens[0].codigo} a ${itens.at(-1).codigo}${comData ? `, ${comData} com data` : ""}.` : "Nenhum código ainda.";
    confirma.disabled = !itens.length;
    confirma.textContent = itens.length ? `Colar ${quantas}` : "Colar códigos";
  };
  area.addEventListener("input", prever);
  dialogo.addEventListener("submit", (e) => {
    e.preventDefault();
    const itens = ler(area.value);
    dialogo.close();
    area.value = "";
    colar(destino, itens, null);
  });
  for (const grade of form.querySelectorAll("[data-grade]")) {
    if (linhaDe(grade) || !grade.querySelector('[name$="codigoProcedimento"]')) continue;
    const acoes = modelo.content.firstElementChild.cloneNode(true);
    acoes.querySelector("button").addEventListener("click", () => { destino = grade; prever(); dialogo.showModal(); area.focus(); });
    grade.append(acoes);
  }
})();
