/* Conecta: choosing a file and sending it. The form works without this; here come the early refusal and the progress.
 *
 * form[data-envio] is sent by htmx; [data-zona] (componentes/zona.html) holds the parts that are filled in here.
 */
(() => {
  "use strict";
  const MEGA = 1024 * 1024;
  const mega = (octetos) => `${(octetos / MEGA).toFixed(1).replace(/\.0$/, "").replace(".", ",")} MB`;
  const tamanho = (octetos) => (octetos >= MEGA ? mega(octetos) : octetos >= 1024 ? `${Math.round(octetos / 1024)} KB` : `${octetos} bytes`);

  // --- what is refused before it travels. The server judges again; these sentences only come sooner.
  const recusa = (arquivos, limite) => {
    if (arquivos.length > 1) return `Você soltou ${arquivos.length} arquivos. Inclua um arquivo .xml por vez.`;
    const [arquivo] = arquivos;
    if (/\.(zip|rar|7z|gz)$/i.test(arquivo.name)) return `“${arquivo.name}” não é XML. Descompacte e inclua um arquivo .xml por vez.`;
    if (!/\.xml$/i.test(arquivo.name)) return `“${arquivo.name}” não é XML. Escolha o arquivo .xml que o seu sistema gerou.`;
    if (arquivo.size === 0) return `“${arquivo.name}” está vazio. Gere o arquivo outra vez no seu sistema.`;
    if (arquivo.size > limite) return `“${arquivo.name}” passa do limite de ${tamanho(limite)}: tem ${arquivo.size.toLocaleString("pt-BR")} bytes. Divida o lote em arquivos menores.`;
    return "";
  };

  const mostra = (elemento, sim) => { elemento.hidden = !sim; };

  const julga = (zona, campo) => {
    const motivo = campo.files.length ? recusa([...campo.files], Number(zona.dataset.limite)) : "";
    const aviso = zona.querySelector("[data-recusa]"), escolhido = zona.querySelector("[data-escolhido]");
    const aceito = campo.files.length > 0 && !motivo;
    if (motivo) campo.value = "";
    zona.querySelector(".zona").classList.toggle("recusa", Boolean(motivo));
    campo.toggleAttribute("aria-invalid", false);
    if (motivo) campo.setAttribute("aria-invalid", "true");
    aviso.querySelector("span").textContent = motivo;
    mostra(aviso, motivo);
    mostra(escolhido, aceito);
    if (!aceito) return;
    escolhido.querySelector("[data-nome]").textContent = campo.files[0].name;
    escolhido.querySelector("[data-tamanho]").textContent = `${tamanho(campo.files[0].size)}. Pronto para incluir.`;
  };

  document.addEventListener("change", (e) => {
    const zona = e.target.closest("[data-zona]");
    if (zona && e.target.type === "file") julga(zona, e.target);
  });
  document.addEventListener("click", (e) => {
    const zona = e.target.closest("[data-zona]");
    if (!zona) return;
    const campo = zona.querySelector("input[type=file]");
    if (e.target.closest("[data-remove]")) { campo.value = ""; julga(zona, campo); campo.focus(); }
    if (e.target.closest("[data-cancela]")) { htmx.trigger(zona.closest("form"), "htmx:abort"); termina(zona); campo.focus(); }
  });

  // --- dragging: show that it would take the file; a file dropped beside the zone must not replace the page
  for (const tipo of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(tipo, (e) => {
      const zona = e.target.closest?.(".zona");
      document.querySelectorAll(".zona").forEach((z) => z.classList.toggle("sobre", z === zona && tipo !== "drop" && tipo !== "dragleave"));
      if (!document.querySelector(".zona") || (zona && tipo !== "drop")) return;
      if (!zona) { e.preventDefault(); return; }
      e.preventDefault();
      const campo = zona.querySelector("input[type=file]");
      if (e.dataTransfer.files.length > 1) { recusaVarios(zona.closest("[data-zona]"), e.dataTransfer.files); return; }
      campo.files = e.dataTransfer.files;
      campo.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  const recusaVarios = (zona, arquivos) => {
    const campo = zona.querySelector("input[type=file]"), aviso = zona.querySelector("[data-recusa]");
    campo.value = "";
    julga(zona, campo);
    zona.querySelector(".zona").classList.add("recusa");
    aviso.querySelector("span").textContent = recusa([...arquivos], 0);
    mostra(aviso, true);
  };

  // --- progress of the upload; the request's own download comes after the first loadend and is not shown
  const parte = (e) => e.target.closest?.("form[data-envio]")?.querySelector("[data-zona]");
  const inicia = (zona) => {
    const campo = zona.querySelector("input[type=file]"), andamento = zona.querySelector("[data-andamento]");
    andamento.querySelector("[data-nome]").textContent = campo.files[0]?.name ?? "";
    andamento.dataset.desde = String(performance.now());
    delete andamento.dataset.enviado;
    andamento.querySelector("progress").value = 0;
    frase(andamento, "Enviando…", "Enviando o arquivo");
    mostra(andamento, true);
    mostra(zona.querySelector("[data-escolhido]"), false);
    mostra(zona.querySelector(".zona"), false);
  };
  const termina = (zona) => {
    const tem = zona.querySelector("input[type=file]").files.length > 0;
    mostra(zona.querySelector("[data-andamento]"), false);
    mostra(zona.querySelector(".zona"), true);
    mostra(zona.querySelector("[data-escolhido]"), tem);
  };
  const frase = (andamento, texto, anuncio) => {
    andamento.querySelector("[data-frase]").textContent = texto;
    if (anuncio) andamento.querySelector("[data-anuncio]").textContent = anuncio;
  };
  const falta = (andamento, foi, total) => {
    const passou = (performance.now() - Number(andamento.dataset.desde)) / 1000, segundos = Math.ceil((total - foi) * passou / foi);
    if (passou < 1 || !Number.isFinite(segundos)) return "";
    return segundos > 90 ? `, faltam cerca de ${Math.round(segundos / 60)} minutos` : `, ${segundos === 1 ? "falta" : "faltam"} cerca de ${segundos} s`;
  };

  document.addEventListener("htmx:beforeRequest", (e) => { const zona = parte(e); if (zona) inicia(zona); });
  document.addEventListener("htmx:xhr:progress", (e) => {
    const zona = parte(e), andamento = zona?.querySelector("[data-andamento]");
    if (!andamento || "enviado" in andamento.dataset || !e.detail.total) return;
    andamento.querySelector("progress").value = 100 * e.detail.loaded / e.detail.total;
    frase(andamento, `Enviando: ${tamanho(e.detail.loaded)} de ${tamanho(e.detail.total)}${falta(andamento, e.detail.loaded, e.detail.total)}`);
  });
  document.addEventListener("htmx:xhr:loadend", (e) => {
    const andamento = parte(e)?.querySelector("[data-andamento]");
    if (!andamento || "enviado" in andamento.dataset) return;
    andamento.dataset.enviado = "";
    andamento.querySelector("progress").removeAttribute("value");
    frase(andamento, "Recebido. Conferindo o arquivo…", "Arquivo recebido, conferindo");
  });
  // the page stays where only a test was asked for: its file is still chosen
  for (const tipo of ["htmx:afterOnLoad", "htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:sendAbort"]) {
    document.addEventListener(tipo, (e) => { const zona = parte(e); if (zona) termina(zona); });
  }

  // --- the report of a test on paper
  document.addEventListener("click", (e) => { if (e.target.closest("[data-imprime]")) window.print(); });
})();
