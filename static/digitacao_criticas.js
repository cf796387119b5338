/* Conecta, what the server says of a guide while it is typed: findings beside the fields that were left, all of them in the
 * panel with a link to each, sums, and what the convênio wants to have read. A finding shows when its field was left or
 * the guide was saved once, and goes when it is cured. */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form) return;
  const visitados = new Set(), voz = document.querySelector("[data-voz]");
  const cria = (nome, props, ...filhos) => { const no = Object.assign(document.createElement(nome), props); no.append(...filhos); return no; };
  const icone = (nome) => { const svg = document.querySelector("#modelo-critica").content.querySelector("svg").cloneNode(true), uso = svg.querySelector("use"); uso.setAttribute("href", uso.getAttribute("href").replace(/#.*/, `#${nome}`)); return svg; };
  form.addEventListener("focusout", (e) => { if (e.target.name) visitados.add(e.target.name); });
  form.addEventListener("ficha:mudou", (e) => (e.detail ?? []).forEach((nome) => visitados.add(nome)));

  // --- which ones it is time for
  let tudo = form.dataset.situacao !== "em_digitacao";
  const campoDe = (critica) => (critica.campo ? form.elements.namedItem(critica.campo) : null);
  const vem = (critica) => {
    const campo = campoDe(critica);
    if (critica.ignorada || (!tudo && critica.falta && !visitados.has(critica.campo))) return false;
    if (tudo || !campo?.matches) return tudo || !critica.falta;
    return visitados.has(critica.campo) || (campo.value !== "" && campo !== document.activeElement);
  };

  // --- beside the field: in its cell, or below its line
  const lugar = (campo) => campo.closest(".celula") ?? campo.closest("[data-linha]")?.querySelector(":scope > .ditas-da-linha > [data-ditas]");
  const usar = (campo, valor) => {
    campo.value = valor;
    for (const tipo of ["input", "change"]) campo.dispatchEvent(new Event(tipo, { bubbles: true }));
    campo.focus();
    form.dispatchEvent(new CustomEvent("ficha:mudou", { detail: [campo.name] }));
  };
  const frase = (critica, campo, naLinha) => {
    const texto = cria("span", {}, ...(naLinha ? [cria("b", { textContent: `${critica.rotulo}: ` })] : []), critica.falta ? "Preencha este campo." : critica.mensagem);
    if (critica.sugestao && !campo.readOnly) {
      const botao = cria("button", { type: "button", className: "btn btn-sm btn-link", textContent: `Usar ${critica.sugestao}` });
      botao.addEventListener("click", () => usar(campo, critica.sugestao));
      texto.append(" ", botao);
    }
    return cria("p", { className: critica.impede ? "erro-campo" : "erro-campo leve" }, icone(critica.impede ? "s-erro" : "s-alerta"), texto);
  };
  const limpa = (campo) => {
    document.getElementById(`${campo.name}!`)?.remove();
    campo.removeAttribute("aria-invalid");
    campo.removeAttribute("aria-describedby");
    campo.closest(".celula")?.classList.remove("erro");
  };
  const poe = (campo, criticas) => {
    const onde = lugar(campo), naLinha = !onde?.matches(".celula");
    if (!onde) return;
    const ditas = cria("div", { className: "ditas", id: `${campo.name}!` }, ...criticas.map((critica) => frase(critica, campo, naLinha)));
    ditas.dataset.de = campo.name;
    onde.append(ditas);
    if (criticas.some((critica) => critica.impede)) campo.setAttribute("aria-invalid", "true");
    campo.setAttribute("aria-describedby", ditas.id);
    onde.classList.toggle("erro", !naLinha);
  };
  const aoLado = (criticas) => {
    const porCampo = Map.groupBy(criticas.filter((critica) => campoDe(critica)?.matches), (critica) => critica.campo);
    for (const campo of form.querySelectorAll("[aria-describedby$='!']")) {
      const novas = porCampo.get(campo.name)?.map((critica) => critica.mensagem).join("\n");
      const antes = [...(document.getElementById(`${campo.name}!`)?.querySelectorAll("p") ?? [])].map((p) => p.dataset.mensagem).join("\n");
      if (novas === undefined || novas !== antes) limpa(campo);
    }
    const ditas = [];
    for (const [nome, delas] of porCampo) {
      const campo = form.elements.namedItem(nome);
      if (campo.getAttribute("aria-describedby") === `${nome}!`) continue;
      poe(campo, delas);
      document.getElementById(`${nome}!`)?.querySelectorAll("p").forEach((p, i) => { p.dataset.mensagem = delas[i].mensagem; });
      ditas.push(...delas.map((critica) => `${critica.rotulo}: ${critica.falta ? "falta preencher." : critica.mensagem}`));
    }
    for (const linha of form.querySelectorAll(".ditas-da-linha")) linha.hidden = !linha.querySelector(".ditas");
    return ditas;
  };

  // --- in the panel
  const painel = document.getElementById("criticas"), lista = painel.querySelector("[data-lista-de-criticas]"), faltas = document.querySelector("[data-faltas]");
  const plural = (n, um, muitos) => `${n} ${n === 1 ? um : muitos}`;
  const decidir = (critica) => {                                      // ignored with a reason, or taken back
    const modelo = document.querySelector("#modelo-ignorar").content.firstElementChild.cloneNode(true), formulario = modelo.querySelector("form");
    for (const nome of ["regra", "campo"]) formulario.elements.namedItem(nome).value = critica[nome];
    if (!critica.ignorada) return modelo;
    formulario.querySelector("label").remove();
    formulario.append(cria("input", { type: "hidden", name: "desfazer", value: "1" }));
    formulario.querySelector("button").textContent = "Voltar a valer";
    return formulario;
  };
  const escrevendo = () => painel.contains(document.activeElement) && document.activeElement.matches("textarea");
  const naLista = (criticas, caladas) => {
    if (escrevendo()) return;                                         // a reason that is being written is not taken away
    const impedem = criticas.some((critica) => critica.impede) || caladas.some((critica) => critica.impede);
    const ignoradas = caladas.filter((critica) => critica.ignorada);
    painel.hidden = !criticas.length && !ignoradas.length;
    painel.querySelector("h2").textContent = `${plural(criticas.length, "crítica", "críticas")} nesta guia${ignoradas.length ? `, ${plural(ignoradas.length, "ignorada", "ignoradas")}` : ""}`;
    painel.querySelector("[data-consequencia]").hidden = !impedem;
    lista.replaceChildren(...[...criticas, ...ignoradas].map((critica) => {
      const leva = campoDe(critica)?.matches ? cria("a", { href: `#${encodeURIComponent(critica.campo)}`, textContent: critica.rotulo }) : cria("b", { textContent: critica.rotulo });
      if (leva.href) leva.dataset.levaA = critica.campo;
      const dita = `${critica.ignorada ? "Ignorada com justificativa: " : ""}${critica.falta ? "Falta preencher." : critica.mensagem}`;
      return cria("li", {}, leva, " ", cria("span", { textContent: dita }), ...(critica.ignoravel ? [decidir(critica)] : []));
    }));
    const campos = caladas.filter((critica) => !critica.ignorada).length;
    faltas.hidden = campos === 0;
    faltas.textContent = campos ? `${campos === 1 ? "Falta" : "Faltam"} ${plural(campos, "campo", "campos")} por preencher ou conferir.` : "";
  };
  const somas = (linhas) => {
    const nos = linhas.map(({ rotulo, valor }) => cria("div", { className: rotulo.startsWith("Total") ? "total" : "" }, cria("dt", { textContent: rotulo }), cria("dd", { textContent: valor })));
    document.querySelector("[data-conferencia]").replaceChildren(...nos);
  };
  const avisos = (textos) => {
    const onde = document.getElementById("avisos");
    onde.hidden = !textos.length;
    onde.querySelector("ul").replaceChildren(...textos.map((texto) => cria("li", { textContent: texto })));
  };

  // --- after each step; a field that was left meanwhile is looked at again by what is known already
  let ultimas = [];
  const mostra = () => {
    const agora = ultimas.filter(vem), ditas = aoLado(agora);
    naLista(agora, ultimas.filter((critica) => !agora.includes(critica)));
    if (ditas.length) voz.textContent = ditas.slice(0, 3).join(" ");
  };
  form.addEventListener("ficha:passo", (e) => {
    ultimas = e.detail.criticas;
    tudo ||= e.detail.situacao !== undefined && e.detail.situacao !== "em_digitacao";
    mostra();
    somas(e.detail.conferencia);
    avisos(e.detail.avisos);
  });
  painel.addEventListener("submit", async (e) => {
    const decisao = e.target.closest("[data-ignorar]");
    if (!decisao) return;
    e.preventDefault();
    const tom = (certo) => (certo ? "verde" : "vermelho");
    try {
      const resposta = await fetch(decisao.action, { method: "POST", body: new FormData(decisao), headers: { Accept: "application/json" } });
      const { frase, criticas, situacao } = await resposta.json();
      document.dispatchEvent(new CustomEvent("recado", { detail: { texto: frase, tom: tom(resposta.ok) } }));
      if (!resposta.ok) return;
      document.activeElement.blur();
      ultimas = criticas;
      tudo ||= situacao !== "em_digitacao";
      mostra();
      painel.querySelector("h2").setAttribute("tabindex", "-1");
      painel.querySelector("h2").focus();
    } catch { document.dispatchEvent(new CustomEvent("recado", { detail: { texto: "Sem resposta do Conecta. A crítica continua valendo; tente de novo.", tom: tom(false) } })); }
  });
  form.addEventListener("focusout", () => setTimeout(() => { if (ultimas.length) mostra(); }));
})();
