/* Conecta, the sums of a typed guide while it is typed. They are the server's sums done again, to the cent: whole numbers
 * in BigInt, quantity × unit price × factor rounded half up once, at the end of each line. */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form) return;
  const CASAS = 4, ESCALA = 10n ** BigInt(CASAS);                     // no factor of a line has more decimals in the standard
  const DESPESAS = {
    "01": ["valorGasesMedicinais", "gases"], "02": ["valorMedicamentos", "medicamentos"], "03": ["valorMateriais", "materiais"],
    "05": ["valorDiarias", "diárias"], "07": ["valorTaxasAlugueis", "taxas e aluguéis"], "08": ["valorOPME", "OPME"],
  };
  const OUTRA = "?";                                                  // an expense that nobody said the kind of yet
  const DA_GUIA = { valorProc: ["valorTotalProc"], valorFranquia: ["valorTotalFranquia"], qtdUS: ["qtdTotalUS"] };   // columns that are summed as they are
  const linhaDe = (no) => no.closest("[data-linha]");
  const controle = (linha, passo) => linha.querySelector(`[name$="/${passo}"]`);                 // what is summed is in no list inside a line

  // --- numbers as people write them, in ten-thousandths; null for what is none
  const inteiro = (texto) => {
    const partes = (texto ?? "").trim().match(/^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,4}))?$/);
    if (!partes) return null;
    const valor = BigInt(partes[2].replaceAll(".", "")) * ESCALA + BigInt((partes[3] ?? "").padEnd(CASAS, "0"));
    return partes[1] ? -valor : valor;
  };
  const valorDe = (linha, passo) => inteiro(controle(linha, passo)?.value);
  const centavos = (valor, escala) => {                               // half up, away from zero
    const dobro = 2n * (valor < 0n ? -valor : valor) * 100n, arredondado = (dobro + escala) / (2n * escala);
    return valor < 0n ? -arredondado : arredondado;
  };
  const escreve = (cents) => {
    const texto = String(cents < 0n ? -cents : cents).padStart(3, "0");
    return `${cents < 0n ? "-" : ""}${texto.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${texto.slice(-2)}`;
  };

  // --- a line: null where it has no price yet
  const totalDa = (linha) => {
    const calculado = controle(linha, "valorTotal");
    if (!calculado) { const pronto = valorDe(linha, "valorProc"); return pronto === null ? null : centavos(pronto, ESCALA); }
    const fator = controle(linha, "reducaoAcrescimo"), fatores = [valorDe(linha, "quantidadeExecutada"), valorDe(linha, "valorUnitario"), fator ? inteiro(fator.value) : ESCALA];
    const total = fatores.includes(null) ? null : centavos(fatores[0] * fatores[1] * fatores[2], ESCALA ** 3n), texto = total === null ? "" : escreve(total);
    if (calculado.value !== texto) calculado.value = texto;
    return total;
  };

  // --- a grid: its foot says how much, by kind of expense where it has kinds
  const grades = () => [...form.querySelectorAll("[data-grade]")].filter((grade) => !linhaDe(grade) && grade.querySelector('[name$="/valorTotal"], [name$="/valorProc"]'));
  const vivas = (grade) => [...grade.querySelectorAll("[data-linha]:not([data-nova])")].filter((linha) => !linhaDe(linha.parentElement));
  const somar = (grade) => {
    const somas = new Map();
    for (const linha of vivas(grade)) {
      const despesa = controle(linha, "codigoDespesa"), tipo = despesa ? despesa.value || OUTRA : "", { itens, valor } = somas.get(tipo) ?? { itens: 0, valor: 0n };
      somas.set(tipo, { itens: itens + 1, valor: valor + (totalDa(linha) ?? 0n) });
    }
    return somas;
  };
  const nomeDe = (grade, tipo) => DESPESAS[tipo]?.[1] ?? (grade.querySelector('[name$="/codigoDespesa"]') ? "despesas" : "procedimentos");
  const fazerRodape = (grade) => {
    const tabela = grade.querySelector("table"), celulas = [...tabela.tBodies[0].rows[0].cells];
    const coluna = celulas.findIndex((celula) => celula.querySelector('[name$="/valorTotal"], [name$="/valorProc"]'));
    const pe = tabela.createTFoot();
    pe.dataset.colunas = String(coluna);
    pe.dataset.resto = String(celulas.length - coluna - 1);
    return pe;
  };
  const linhaDoRodape = (pe, texto, valor) => {
    const linha = document.createElement("tr"), nome = document.createElement("th"), total = document.createElement("td"), resto = document.createElement("td");
    Object.assign(nome, { scope: "row", colSpan: Number(pe.dataset.colunas), className: "cheia", textContent: texto });
    Object.assign(total, { className: "num", textContent: valor });
    Object.assign(resto, { colSpan: Number(pe.dataset.resto), className: "some" });
    linha.append(nome, total, ...(resto.colSpan && pe.dataset.resto !== "0" ? [resto] : []));
    return linha;
  };
  const rodape = (grade, somas) => {
    const tabela = grade.querySelector("table");
    if (!tabela?.tBodies.length) return;
    const pe = tabela.tFoot ?? fazerRodape(grade);
    pe.replaceChildren(...[...somas].sort(([um], [outro]) => um.localeCompare(outro)).map(([tipo, { itens, valor }]) =>
      linhaDoRodape(pe, `Total de ${nomeDe(grade, tipo)}, ${itens} ${itens === 1 ? "item" : "itens"}`, escreve(valor))));
  };

  // --- the guide: only cells that are calculated, and only where the guide has them
  const daGuia = new Map([...form.querySelectorAll("[data-calculada]")].filter((c) => !linhaDe(c)).map((c) => [c.name.slice(c.name.lastIndexOf("/") + 1), c]));
  const calculada = (...nomes) => daGuia.get(nomes.find((nome) => daGuia.has(nome)));
  const poe = (valor, ...nomes) => {
    const celula = calculada(...nomes);
    if (celula && (valor !== 0n || celula.value)) celula.value = escreve(valor);
  };
  const totais = (todas) => {
    let procedimentos = 0n, geral = 0n;
    for (const nome of Object.values(DESPESAS)) poe(todas.filter(([tipo]) => DESPESAS[tipo] === nome).reduce((soma, [, { valor }]) => soma + valor, 0n), nome[0]);
    for (const [tipo, { valor }] of todas) { geral += valor; if (!tipo) procedimentos += valor; }
    poe(procedimentos, "valorProcedimentos");
    poe(geral, "valorTotalGeral", "valorTotalHonorarios");
  };
  const colunas = (grade) => {
    for (const [coluna, nomes] of Object.entries(DA_GUIA)) {
      const valores = vivas(grade).map((linha) => valorDe(linha, coluna) ?? 0n);
      if (grade.querySelector(`[name$="/${coluna}"]`)) poe(centavos(valores.reduce((soma, valor) => soma + valor, 0n), ESCALA), ...nomes);
    }
  };
  const tudo = () => {
    const todas = grades().flatMap((grade) => { const somas = somar(grade); rodape(grade, somas); colunas(grade); return [...somas]; });
    if (todas.length || calculada("valorTotalGeral")?.value) totais(todas);
  };

  // --- once for whatever happens in one go
  let marcado = false;
  const logo = () => {
    if (marcado) return;
    marcado = true;
    queueMicrotask(() => { marcado = false; tudo(); });
  };
  const SOMADAS = /\/(quantidadeExecutada|valorUnitario|reducaoAcrescimo|valorProc|valorFranquia|qtdUS|codigoDespesa)$/;
  for (const tipo of ["input", "change"]) form.addEventListener(tipo, (e) => { if (SOMADAS.test(e.target.name)) logo(); });
  for (const tipo of ["ficha:linhas", "ficha:mudou", "ficha:passo"]) form.addEventListener(tipo, logo);
  tudo();
})();
