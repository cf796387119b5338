// Run in a page that has axe. Gives what it objects to, and the kinds of writing whose contrast it has judged here.
// `regras` names the rules to ask besides contrast, or is null for all.
async ({ iguais, julgados, regras }) => {
  const MODO = { resultTypes: ["violations"], preload: false };
  const ditos = ["class", "role", "type", "scope", "tabindex"];
  const atributo = ({ name, value }) => (ditos.includes(name) ? `${name}=${value}` : name);
  const feitios = new Map();
  const feitio = (no) => {
    if (no.nodeType !== Node.ELEMENT_NODE) return no.textContent.trim() && "texto";
    if (!feitios.has(no)) {
      feitios.set(no, resumo([no.nodeName, ...[...no.attributes].map(atributo), ...[...no.childNodes].map(feitio)].join(" ")));
    }
    return feitios.get(no);
  };

  // Of neighbours built alike only the first few stay.
  const apartados = [];
  const apartar = () => {
    for (const pai of document.body.querySelectorAll("*")) {
      if (pai.childElementCount <= iguais || !pai.isConnected) continue;
      const quantos = new Map();
      for (const filho of [...pai.children]) {
        const seu = feitio(filho);
        quantos.set(seu, (quantos.get(seu) ?? 0) + 1);
        if (quantos.get(seu) <= iguais || filho.contains(document.activeElement)) continue;
        const lugar = document.createComment("");
        filho.replaceWith(lugar);
        apartados.push([lugar, filho]);
      }
    }
  };

  // What contrast hangs on: the letters, and all that lies behind them up to the root, by colours and by place.
  const fundos = new Map([[null, ""]]);
  const fundo = (no) => {
    if (!fundos.has(no)) {
      const estilo = getComputedStyle(no);
      const pintura = [estilo.backgroundColor, estilo.backgroundImage, estilo.opacity, estilo.position];
      fundos.set(no, [fundo(no.parentElement), no.nodeName, no.className, ...pintura].join(" "));
    }
    return fundos.get(no);
  };
  const escrita = (no) => {
    const estilo = getComputedStyle(no);
    const letra = [estilo.color, estilo.fontSize, estilo.fontWeight, estilo.textShadow, no.disabled];
    return resumo([innerWidth, ...letra, fundo(no)].join(" "));
  };
  const resumo = (texto) => {
    let [a, b] = [7, 11];
    for (let i = 0; i < texto.length; i++) {
      a = Math.imul(a ^ texto.charCodeAt(i), 2654435761);
      b = Math.imul(b ^ texto.charCodeAt(i), 1597334677);
    }
    return `${a >>> 0}:${b >>> 0}`;
  };
  const escreve = (no) =>
    no.matches("input, select, textarea") ||
    [...no.childNodes].some((filho) => filho.nodeType === Node.TEXT_NODE && filho.textContent.trim());
  const escritasNovas = () => {
    const novas = new Map();
    const conhecidas = new Set(julgados);
    for (const no of document.body.querySelectorAll("*")) {
      if (!escreve(no) || !no.checkVisibility({ visibilityProperty: true })) continue;
      const sua = escrita(no);
      if (!conhecidas.has(sua) && !novas.has(sua)) novas.set(sua, no);
    }
    return novas;
  };

  apartar();
  try {
    const novas = escritasNovas();
    const quais = regras ? { runOnly: regras } : { rules: { "color-contrast": { enabled: false } } };
    const { violations } = await axe.run({ ...MODO, ...quais });
    if (novas.size) {
      const soContraste = { ...MODO, runOnly: ["color-contrast"] };
      violations.push(...(await axe.run({ include: [...novas.values()] }, soContraste)).violations);
    }
    const achados = violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id} ${n.target}: ${n.failureSummary}`));
    return { achados, julgados: [...novas.keys()] };
  } finally {
    for (const [lugar, filho] of apartados.reverse()) lugar.replaceWith(filho);
  }
}
