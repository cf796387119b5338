/* Conecta, the drawing of the teeth on a GTO: 32 permanent and 20 deciduous ones with their five faces. What the lines
 * say is on it, and what is marked on it becomes lines. The cells of the table do all of it too, without the drawing.
 *
 * Keys: left and right go from tooth to tooth, up and down through its faces, PageUp and PageDown to the other arch, two
 * figures to that tooth. Space marks; a letter marks that face, or in the annex says the tooth's condition; Enter makes the
 * lines; F9 comes here from a line and goes back to it.
 */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]"), modelo = document.getElementById("modelo-dentes");
  if (!form || !modelo) return;

  // --- teeth: the first figure is the quadrant, the second counts from the middle
  const conta = (de, ate) => Array.from({ length: Math.abs(ate - de) + 1 }, (_, i) => String(de < ate ? de + i : de - i));
  const FILEIRAS = [[[18, 11], [21, 28]], [[55, 51], [61, 65]], [[85, 81], [71, 75]], [[48, 41], [31, 38]]].map((meias) => meias.map(([de, ate]) => conta(de, ate)));
  const NOMES = { O: "oclusal", I: "incisal", M: "mesial", D: "distal", V: "vestibular", L: "lingual", P: "palatina" }, ORDEM = "MOIDVLP";
  const CONDICOES = { A: "ausente", E: "extração indicada", H: "hígido", C: "cariado", R: "restaurado" };
  const FORMAS = ["M1 1H35L25 11H11Z", "M1 1L11 11V25L1 35Z", "M11 11H25V25H11Z", "M35 1L25 11V25L35 35Z", "M1 35L11 25H25L35 35Z"];      // top, left, middle, right, bottom
  const facesDe = (dente) => {
    const [quadrante, n] = dente, cima = "1256".includes(quadrante), direita = "1458".includes(quadrante), meio = Number(n) <= 3 ? "I" : "O";
    return [cima ? "V" : "L", direita ? "D" : "M", meio, direita ? "M" : "D", cima ? "P" : "V"];
  };
  const emOrdem = (faces) => [...faces].sort((uma, outra) => ORDEM.indexOf(uma) - ORDEM.indexOf(outra)).join("");

  // --- lines
  const linhaDe = (no) => no.closest("[data-linha]");
  const controle = (linha, ...passos) => [...linha.querySelectorAll("[name]")].find((c) => linhaDe(c) === linha && passos.includes(c.name.slice(c.name.lastIndexOf("/") + 1)));
  const daCelula = (linha, marca) => linha.querySelector(`[${marca}]`);
  const valor = (linha, marca) => daCelula(linha, marca)?.value.trim().toUpperCase() ?? "";
  const envia = (tipo, detail) => form.dispatchEvent(new CustomEvent(tipo, { detail }));
  const escolher = (linha, texto) => {                                // a tooth or a region: the select beside says which
    const celula = daCelula(linha, "data-dente"), qual = form.elements.namedItem(celula.name.replace(/\*$/, "?"));
    celula.value = texto;
    if (qual && celula.name.endsWith("*")) qual.value = /^\d/.test(texto) ? "codDente" : "codRegiao";
    return celula.name;
  };

  const desenhar = (grade) => {
    const raiz = modelo.content.firstElementChild.cloneNode(true), onde = (seletor) => raiz.querySelector(seletor);
    const arcadas = onde("[data-arcadas]"), situacao = onde("[data-situacao-dentes]"), anexo = !grade.querySelector("[data-face]");
    onde("[data-regioes]").hidden = onde("[data-ajuda-faces]").hidden = anexo;
    onde("[data-condicoes]").hidden = onde("[data-ajuda-condicoes]").hidden = !anexo;
    arcadas.setAttribute("aria-label", anexo ? "Desenho dos dentes, situação inicial" : "Desenho dos dentes e suas faces");
    const linhas = () => [...grade.querySelectorAll("[data-linha]")], vivas = () => linhas().filter((linha) => linha.dataset.nova === undefined);
    const marcas = new Map();                                         // tooth → set of faces; an empty one is the whole tooth
    let atual = { dente: "18", parte: 0 }, origem = null, digitos = "", pausa = 0, pincel = "C";

    // --- the drawing itself: made once, then only what changes
    const no = (nome, atributos) => {
      const feito = document.createElementNS("http://www.w3.org/2000/svg", nome);
      for (const [a, v] of Object.entries(atributos)) feito.setAttribute(a, v);
      return feito;
    };
    const partes = new Map(), dentes = new Map();
    const fazerDente = (dente) => {
      const lugar = document.createElement("div"), numero = document.createElement("span"), svg = no("svg", { viewBox: "0 0 36 36" });
      Object.assign(lugar, { className: "dente" }).dataset.dente = dente;
      numero.textContent = dente;
      const todas = [numero];
      FORMAS.forEach((d, i) => {
        const face = no("path", { d, class: "face" });
        svg.append(face);
        if (!anexo) todas[i + 1] = face;
      });
      if (anexo) svg.append(no("text", { x: "18", y: "25", "text-anchor": "middle", "aria-hidden": "true" }));
      svg.setAttribute("aria-hidden", String(anexo));
      todas.forEach((parte, i) => {
        parte.setAttribute("role", anexo ? "button" : "checkbox");
        parte.setAttribute("tabindex", "-1");
        parte.dataset.parte = String(i);
      });
      partes.set(dente, todas);
      dentes.set(dente, lugar);
      lugar.append(...("1256".includes(dente[0]) ? [numero, svg] : [svg, numero]));
      return lugar;
    };
    for (const meias of FILEIRAS) {
      const fileira = document.createElement("div");
      fileira.className = `fileira${meias[0].length === 5 ? " deciduos" : ""}`;
      fileira.append(...meias.map((meia) => { const lado = document.createElement("div"); lado.append(...meia.map(fazerDente)); return lado; }));
      arcadas.append(fileira);
    }

    // --- what lines cover, and what is marked
    const cobertura = () => {
      const cobertos = new Map();
      for (const linha of vivas()) {
        const dente = valor(linha, "data-dente");
        if (dente) cobertos.set(dente, [...(cobertos.get(dente) ?? []), linha]);
      }
      return cobertos;
    };
    const nomeDaParte = (dente, i) => (i === 0 ? (anexo ? `Dente ${dente}` : `Dente ${dente}, inteiro`) : `Dente ${dente}, face ${NOMES[facesDe(dente)[i - 1]]}`);
    const pintarParte = (dente, parte, i, cobrem) => {
      const faces = facesDe(dente), marca = marcas.get(dente), letra = faces[i - 1];
      const marcada = Boolean(marca && (i === 0 ? !marca.size : marca.has(letra)));
      const destas = cobrem.filter((linha) => (i === 0 ? anexo || !valor(linha, "data-face") : valor(linha, "data-face").includes(letra)));
      const condicao = anexo && destas.length ? CONDICOES[controle(destas[0], "condicaoClinica")?.value] : "";
      parte.classList.toggle("marcada", marcada);
      parte.classList.toggle("coberta", destas.length > 0);
      if (!anexo) parte.setAttribute("aria-checked", String(marcada));
      const emQue = !anexo && destas.length ? `, na linha ${destas.map((linha) => linha.dataset.numero).join(" e ")}` : "";
      parte.setAttribute("aria-label", `${nomeDaParte(dente, i)}${emQue}${anexo ? `, ${condicao || "sem registro"}` : ""}`);
    };
    const pintar = () => {
      const cobertos = cobertura();
      for (const [dente, todas] of partes) {
        const cobrem = cobertos.get(dente) ?? [];
        todas.forEach((parte, i) => pintarParte(dente, parte, i, cobrem));
        dentes.get(dente).classList.toggle("com-linha", cobrem.length > 0);
        if (anexo) dentes.get(dente).querySelector("text").textContent = cobrem.length ? controle(cobrem[0], "condicaoClinica")?.value ?? "" : "";
      }
      raiz.querySelectorAll("[data-regiao]").forEach((botao) => { botao.setAttribute("aria-pressed", String(cobertos.has(botao.dataset.regiao))); });
    };
    const diz = (texto) => { situacao.textContent = texto; };
    const dizMarcas = () => diz(marcas.size ? `Marcado: ${[...marcas].map(([dente, faces]) => `${dente} ${emOrdem(faces)}`.trim()).join(", ")}. Enter inclui na guia.` : "Nada marcado.");

    // --- going about
    const ir = ({ dente, parte }, foca = true) => {
      partes.get(atual.dente)[atual.parte].setAttribute("tabindex", "-1");
      atual = { dente, parte: Math.min(parte, partes.get(dente).length - 1) };
      const alvo = partes.get(dente)[atual.parte];
      alvo.setAttribute("tabindex", "0");
      if (foca) { alvo.focus(); alvo.scrollIntoView({ block: "nearest", inline: "nearest" }); }
    };
    const fileiraDe = (dente) => FILEIRAS.findIndex((meias) => meias.flat().includes(dente));
    const vizinho = (passo) => { const fileira = FILEIRAS[fileiraDe(atual.dente)].flat(); return fileira[Math.max(0, Math.min(fileira.length - 1, fileira.indexOf(atual.dente) + passo))]; };
    const outraFileira = (passo) => {
      const de = fileiraDe(atual.dente), para = FILEIRAS[Math.max(0, Math.min(FILEIRAS.length - 1, de + passo))].flat(), daqui = FILEIRAS[de].flat();
      return para[Math.max(0, Math.min(para.length - 1, daqui.indexOf(atual.dente) - (daqui.length - para.length) / 2))];
    };
    const outraParte = (passo) => { const quantas = partes.get(atual.dente).length; return (atual.parte + passo + quantas) % quantas; };

    // --- marking
    const alternar = (dente, i) => {
      const faces = marcas.get(dente), letra = facesDe(dente)[i - 1];
      if (i === 0) { if (faces && !faces.size) marcas.delete(dente); else marcas.set(dente, new Set()); }
      else if (!faces) marcas.set(dente, new Set(letra));
      else if (!faces.delete(letra)) faces.add(letra);
      else if (!faces.size) marcas.delete(dente);
      pintar();
      dizMarcas();
    };

    // --- from the drawing to the lines: each tooth one, with the code of the line that one came from
    const base = () => (origem?.isConnected && controle(origem, "codigoProcedimento")?.value ? origem : vivas().filter((linha) => controle(linha, "codigoProcedimento")?.value).at(-1));
    const pedirLinha = (fonte) => {
      const livre = vivas().find((linha) => linha === fonte && !valor(linha, "data-dente"));
      if (livre) return livre;
      const pedido = { grade, quantas: 1, linhas: [] };
      envia("ficha:acrescentar", pedido);
      const [linha] = pedido.linhas;
      for (const nome of fonte && linha ? ["codigoTabela", "codigoProcedimento", "descricaoProcedimento", "qtdProc"] : []) controle(linha, nome).value = controle(fonte, nome)?.value ?? "";
      return linha;
    };
    const incluir = (lugar, faces, linha = pedirLinha(base())) => {
      if (!linha) return null;
      const nomes = [escolher(linha, lugar), controle(linha, "codigoProcedimento").name], face = daCelula(linha, "data-face");
      if (face) { face.value = emOrdem(faces); nomes.push(face.name); }
      envia("ficha:mudou", nomes);
      return linha;
    };
    const semCodigo = (linha) => { const codigo = controle(linha, "codigoProcedimento"); if (codigo.value) return false; codigo.focus(); return true; };
    const concluir = () => {
      if (!marcas.size) alternar(atual.dente, atual.parte);
      const mesma = origem?.isConnected && marcas.size === 1 && marcas.has(valor(origem, "data-dente")) ? origem : null;
      const feitas = [...marcas].map(([dente, faces]) => incluir(dente, faces, mesma ?? undefined)).filter(Boolean);
      const texto = [...marcas].map(([dente, faces]) => `dente ${dente}${faces.size ? ` ${emOrdem(faces)}` : ""}`).join(", ");
      marcas.clear();
      pintar();
      if (!feitas.length) return;
      diz(`${feitas.length === 1 ? `Linha ${feitas[0].dataset.numero}` : `${feitas.length} linhas`}: ${texto}.${semCodigo(feitas[0]) ? " Falta o código." : ""}`);
    };
    const condicionar = (dente, letra) => {
      const ja = cobertura().get(dente)?.[0];
      if (!letra) { if (ja) envia("ficha:retirar", [ja]); pintar(); diz(`Dente ${dente}: sem registro.`); return; }
      const pedido = { grade, quantas: 1, linhas: [] };
      if (!ja) envia("ficha:acrescentar", pedido);
      const linha = ja ?? pedido.linhas[0];
      if (!linha) return;
      const condicao = controle(linha, "condicaoClinica"), nome = escolher(linha, dente);
      condicao.value = letra;
      envia("ficha:mudou", [nome, condicao.name]);
      pintar();
      diz(`Dente ${dente}: ${CONDICOES[letra]}.`);
    };
    const voltar = () => { (origem?.isConnected ? daCelula(origem, "data-dente") ?? controle(origem, "codigoProcedimento") : null)?.focus(); };

    // --- keys
    const acoes = {
      ArrowLeft: () => ir({ ...atual, dente: vizinho(-1) }), ArrowRight: () => ir({ ...atual, dente: vizinho(1) }),
      ArrowUp: () => ir({ ...atual, parte: outraParte(-1) }), ArrowDown: () => ir({ ...atual, parte: outraParte(1) }),
      Home: () => ir({ ...atual, dente: vizinho(-99) }), End: () => ir({ ...atual, dente: vizinho(99) }),
      PageUp: () => ir({ ...atual, dente: outraFileira(-1) }), PageDown: () => ir({ ...atual, dente: outraFileira(1) }),
      " ": () => (anexo ? condicionar(atual.dente, pincel) : alternar(atual.dente, atual.parte)),
      Enter: () => (anexo ? condicionar(atual.dente, pincel) : concluir()),
      Delete: () => { if (anexo) condicionar(atual.dente, ""); else { marcas.clear(); pintar(); dizMarcas(); } },
      Escape: () => { if (marcas.size) { marcas.clear(); pintar(); dizMarcas(); } else voltar(); },
      F9: voltar,
    };
    const digitar = (algarismo) => {
      clearTimeout(pausa);
      digitos = `${digitos}${algarismo}`.slice(-2);
      pausa = setTimeout(() => { digitos = ""; }, 1500);
      if (partes.has(digitos)) { ir({ dente: digitos, parte: 0 }); digitos = ""; }
    };
    const letra = (tecla) => {
      if (anexo) { if (CONDICOES[tecla]) condicionar(atual.dente, tecla); return Boolean(CONDICOES[tecla]); }
      const i = facesDe(atual.dente).indexOf(tecla);
      if (i >= 0) alternar(atual.dente, i + 1); else if (NOMES[tecla]) diz(`O dente ${atual.dente} não tem face ${NOMES[tecla]}.`);
      return Boolean(NOMES[tecla]);
    };
    arcadas.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.altKey || e.metaKey) return;
      if (acoes[e.key]) acoes[e.key]();
      else if (/^\d$/.test(e.key)) digitar(e.key);
      else if (e.key.length > 1 || !letra(e.key.toUpperCase())) return;
      e.preventDefault();
      e.stopPropagation();
    });
    arcadas.addEventListener("click", (e) => {
      const lugar = e.target.closest("[data-dente]");
      if (!lugar) return;
      const i = Number(e.target.dataset.parte ?? 0);
      ir({ dente: lugar.dataset.dente, parte: i });
      if (anexo) condicionar(lugar.dataset.dente, pincel); else alternar(lugar.dataset.dente, i);
    });
    onde("[data-incluir]").hidden = anexo;
    onde("[data-incluir]").addEventListener("click", () => concluir());
    onde("[data-regioes]").addEventListener("click", (e) => {
      const regiao = e.target.closest("[data-regiao]")?.dataset.regiao, linha = regiao && incluir(regiao, new Set());
      if (linha) { pintar(); diz(`Linha ${linha.dataset.numero}: região ${regiao}.${semCodigo(linha) ? " Falta o código." : ""}`); }
    });
    onde("[data-condicoes]").addEventListener("change", (e) => { pincel = e.target.value; });

    // --- from the lines to the drawing
    const daGrade = (e) => (grade.contains(e.target) && !raiz.contains(e.target) ? linhaDe(e.target) : null);
    const mostrarLinha = (linha) => {
      dentes.forEach((lugar, dente) => lugar.classList.toggle("da-linha", dente === valor(linha, "data-dente")));
      origem = linha;
    };
    form.addEventListener("focusin", (e) => { const linha = daGrade(e); if (linha) mostrarLinha(linha); });
    form.addEventListener("input", (e) => { if (daGrade(e)) { mostrarLinha(daGrade(e)); pintar(); } });
    form.addEventListener("change", (e) => {
      if (!daGrade(e) || !e.target.matches("input[data-dente], input[data-face]")) return;
      e.target.value = e.target.value.trim().toUpperCase();
      if (e.target.dataset.dente !== undefined && e.target.value) escolher(daGrade(e), e.target.value);
      pintar();
    });
    form.addEventListener("keydown", (e) => {
      const linha = e.key === "F9" && daGrade(e);
      if (!linha) return;
      e.preventDefault();
      raiz.open = true;
      const dente = valor(linha, "data-dente");
      marcas.clear();
      if (partes.has(dente) && !anexo) marcas.set(dente, new Set([...valor(linha, "data-face")].filter((face) => facesDe(dente).includes(face))));
      pintar();
      ir(partes.has(dente) ? { dente, parte: 0 } : atual);
    });
    for (const tipo of ["ficha:linhas", "ficha:mudou", "ficha:passo"]) form.addEventListener(tipo, pintar);

    grade.prepend(raiz);
    ir(atual, false);
    pintar();
  };
  form.querySelectorAll("[data-grade]").forEach((grade) => { if (grade.querySelector("input[data-dente], select[data-dente]")) desenhar(grade); });
})();
