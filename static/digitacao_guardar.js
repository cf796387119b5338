/* Conecta, nothing that was typed in a guide is lost. What stands in the form goes to the server when a field is left and
 * three seconds after the first key at the latest, one step at a time, the newest state always. Until the server says
 * that it has it, it stands in this browser too, under a key of this person and this guide; then it goes from here at once.
 */
(() => {
  "use strict";
  const form = document.querySelector("[data-ficha]");
  if (!form?.dataset.passo) return;
  const PARADA = 1000, LIMITE = 3000, PACIENCIA = 20_000;              // ms: after the last key, after the first, for an answer
  const VOLTAS = [1000, 2000, 4000, 8000, 15_000, 30_000];             // ms between attempts that fail
  const CHAVE = `conecta:guia:${form.dataset.pessoa}:${form.dataset.guia}`;
  const revisao = form.elements.namedItem("revisao"), ficha = form.elements.namedItem("csrfmiddlewaretoken");
  const recado = (texto, tom = "neutro") => document.dispatchEvent(new CustomEvent("recado", { detail: { texto, tom } }));

  // --- what stands in a form: the controls that are filled in, by name
  const estadoDe = (de) => {
    const estado = {};
    for (const c of de.elements) {
      const escolha = c.name?.endsWith("/?"), vale = escolha ? de.elements.namedItem(`${c.name.slice(0, -1)}*`)?.value : c.value;
      if (c.name && c.matches("input:not([type=hidden]), select, textarea") && vale?.trim()) estado[c.name] = c.value;
    }
    return estado;
  };
  const iguais = (um, outro) => {
    const nomes = Object.keys(um);
    return nomes.length === Object.keys(outro).length && nomes.every((nome) => um[nome] === outro[nome]);
  };
  const estado = () => estadoDe(form);
  let confirmado = {};                                                // what the server has; known once the other scripts have set up
  const digitado = (de) => Object.fromEntries(Object.entries(de).filter(([nome]) => form.elements.namedItem(nome)?.dataset?.calculada === undefined));
  const sujo = () => !iguais(digitado(estado()), digitado(confirmado));        // sums that two sides do are nobody's typing

  // --- the copy in this browser
  const le = () => { try { return JSON.parse(localStorage.getItem(CHAVE)); } catch { return null; } };
  let calado = false;                                                 // whoever logs out leaves nothing here
  const copia = () => {
    if (calado) return;
    try { localStorage.setItem(CHAVE, JSON.stringify({ revisao: revisao.value, quando: Date.now(), valores: estado() })); }
    catch { /* storage refused or full: the server has it within seconds all the same */ }
  };
  const apaga = () => { try { localStorage.removeItem(CHAVE); } catch { /* there is none */ } };

  // --- the bar says what became of it; what is read aloud is only trouble and its end
  const bar = document.querySelector("[data-guardado]"), voz = document.querySelector("[data-voz]");
  const diz = (texto, nome = "certo", alto = false) => {
    bar.querySelector("[data-texto]").textContent = texto;
    const uso = bar.querySelector("use");
    uso.setAttribute("href", uso.getAttribute("href").replace(/#.*/, `#${nome}`));
    bar.classList.toggle("em-falta", alto);
    if (alto) voz.textContent = texto;
  };

  // --- one step
  let mandada = false;                                                // the whole form was sent, and the next page is awaited
  let voando = null, deixados = new Set(), primeiro = 0, relogio = 0, falhas = 0, parado = false, incerto = null;
  const aplica = (resposta, enviado, porNome) => {
    revisao.value = resposta.revisao;
    const antes = estado();
    for (const [nome, texto] of Object.entries(resposta.valores)) {
      const campo = porNome.get(nome);                                // a line that moved since is called otherwise now
      if (!campo?.isConnected || (antes[campo.name] ?? "") !== (enviado[nome] ?? "")) continue;       // typed in since: what is on the screen holds
      if (campo === document.activeElement && campo.value !== "" && campo.value !== texto) continue;
      if (campo.value !== texto) campo.value = texto;
      if (campo === document.activeElement) campo.select?.();
      if (campo.name !== nome) continue;
      if (texto.trim()) enviado[nome] = texto; else delete enviado[nome];
    }
    trava(new Set(resposta.travados));
    confirmado = Object.fromEntries(Object.entries(enviado).filter(([nome]) => !nome.endsWith("/?") || `${nome.slice(0, -1)}*` in enviado));
    if (sujo()) copia(); else apaga();
  };
  const trava = (nomes) => {
    for (const campo of form.querySelectorAll("[data-travado]")) if (!nomes.has(campo.name)) muda(campo, false);
    for (const nome of nomes) { const campo = form.elements.namedItem(nome); if (campo?.dataset && campo.dataset.travado === undefined) muda(campo, true); }
  };
  const muda = (campo, sim) => {
    campo.toggleAttribute("data-travado", sim);
    if (sim) campo.setAttribute("aria-disabled", "true"); else campo.removeAttribute("aria-disabled");
    if (!campo.matches("[data-calculada]")) campo.toggleAttribute("readonly", sim);
  };
  const pergunta = async (valores, mudou) => {
    const corpo = new URLSearchParams({ ...valores, revisao: revisao.value, mudou: mudou.join("\n") });
    const resposta = await fetch(form.dataset.passo, {
      method: "POST", body: corpo, headers: { "X-CSRFToken": ficha.value, Accept: "application/json" }, signal: AbortSignal.timeout(PACIENCIA),
    });
    const json = resposta.headers.get("content-type")?.includes("json");
    if (json && (resposta.ok || resposta.status === 409)) return { estado: resposta.status, corpo: await resposta.json() };
    throw new Error(resposta.redirected || resposta.status === 403 || resposta.ok ? "sessao" : "servidor");
  };
  const passo = async () => {
    clearTimeout(relogio);
    primeiro = relogio = 0;
    const enviado = estado(), levados = [...deixados];
    deixados = new Set();
    const porNome = new Map([...form.elements].map((campo) => [campo.name, campo]));
    try {
      const resposta = await pergunta(enviado, levados);
      if (resposta.estado === 409) { if (!(await eraMeu())) conflito(resposta.corpo.frase); return; }
      if (falhas) voz.textContent = "Salvo outra vez.";
      falhas = 0;
      incerto = null;
      aplica(resposta.corpo, enviado, porNome);
      diz(`Rascunho salvo às ${resposta.corpo.salvo_em}.`);
      form.dispatchEvent(new CustomEvent("ficha:passo", { detail: resposta.corpo }));
    } catch (erro) {
      levados.forEach((nome) => deixados.add(nome));
      incerto = enviado;                                             // it may have arrived: only its answer is missing
      await falhou(erro.message);
    }
  };
  const manda = () => {
    if (parado || mandada) return Promise.resolve();
    voando ??= passo().finally(() => { voando = null; if (sujo() && !falhas && !parado) agenda(deixados.size ? 0 : PARADA); });
    return voando;
  };
  const agenda = (espera) => {
    if (parado || voando) return;
    primeiro ||= Date.now();
    clearTimeout(relogio);
    relogio = setTimeout(manda, Math.max(0, Math.min(espera, primeiro + LIMITE - Date.now())));
  };

  // --- without an answer: said in words, tried again, and what came of it found out
  const FRASES = {
    sessao: "A sua sessão terminou. Entre de novo em outra aba e continue aqui: o que você digitou está guardado neste navegador.",
    servidor: "O Conecta não conseguiu salvar agora. O que você digitou está guardado neste navegador; tentando de novo.",
    rede: "Sem resposta do Conecta. O que você digitou está guardado neste navegador; tentando de novo.",
  };
  const falhou = async (motivo) => {
    copia();
    diz(FRASES[motivo] ?? FRASES.rede, "s-alerta", true);
    if (motivo === "sessao") await renova();
    relogio = setTimeout(manda, VOLTAS[Math.min(falhas, VOLTAS.length - 1)]);
    falhas += 1;
  };
  const pagina = async () => {                                       // the form as the server has it now; null where it gives none
    try {
      const resposta = await fetch(location.pathname, { signal: AbortSignal.timeout(PACIENCIA) });
      if (!resposta.ok || resposta.redirected) return null;
      return new DOMParser().parseFromString(await resposta.text(), "text/html").querySelector("[data-ficha]");
    } catch { return null; }
  };
  const renova = async () => { const nova = await pagina(); if (nova) ficha.value = nova.elements.namedItem("csrfmiddlewaretoken").value; };
  const eraMeu = async () => {                                       // the step whose answer never came was written all the same
    const nova = incerto && (await pagina());
    if (!nova) return false;
    const gravado = estadoDe(nova);
    if (!Object.entries(incerto).every(([nome, texto]) => gravado[nome] === texto)) return false;
    revisao.value = nova.elements.namedItem("revisao").value;
    confirmado = gravado;
    incerto = null;
    falhas = 0;
    agenda(0);
    return true;
  };
  addEventListener("online", () => { if (falhas) manda(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { if (sujo()) { copia(); manda(); } } else if (falhas) manda(); });

  // --- somebody else wrote: nothing is sent any more, nothing is thrown away
  const conflito = (frase) => {
    parado = true;
    copia();
    const aviso = document.getElementById("conflito");
    aviso.querySelector("[data-frase]").textContent = frase;
    aviso.hidden = false;
    aviso.focus();
    diz("Não salva mais: esta guia mudou em outro lugar.", "s-alerta", true);
  };
  document.addEventListener("click", (e) => { if (e.target.closest("[data-recarrega]")) { parado = true; copia(); deNovo(); } });

  // --- what makes a step due
  const mexeu = () => { calado = false; agendaCopia(); agenda(PARADA); };
  let copiando = 0;
  const agendaCopia = () => { copiando ||= setTimeout(() => { copiando = 0; if (sujo()) copia(); }, 150); };
  const foiDeixado = (nomes) => { nomes.forEach((nome) => deixados.add(nome)); agenda(0); };
  form.addEventListener("input", mexeu);
  form.addEventListener("change", (e) => { if (e.target.matches("select")) { agendaCopia(); foiDeixado([e.target.name]); } });
  form.addEventListener("focusout", (e) => { if (e.target.name && !e.target.matches("button, select") && (estado()[e.target.name] ?? "") !== (confirmado[e.target.name] ?? "")) foiDeixado([e.target.name]); });
  form.addEventListener("ficha:mudou", (e) => { agendaCopia(); foiDeixado([...(e.detail ?? [])]); });
  form.addEventListener("ficha:linhas", () => { agendaCopia(); agenda(0); });

  // --- leaving: saving waits until the server has the newest state; closing the window asks only when it has not
  let saindo = false;
  const deNovo = () => { saindo = true; location.replace(location.pathname); };          // a reload would send again what brought the page
  const parte = () => {                                               // on its way: pressed twice is meant once, and nobody types into what leaves
    saindo = mandada = true;
    setTimeout(() => { form.inert = true; });
    setTimeout(ficou, PACIENCIA);
  };
  const ficou = () => { saindo = mandada = form.inert = false; };      // no page came, or this one came back: typing goes on
  addEventListener("pageshow", (e) => { if (e.persisted) ficou(); });
  form.addEventListener("submit", (e) => {
    if (mandada) { e.preventDefault(); return; }
    if (saindo || parado || (!sujo() && !voando)) { parte(); return; }
    e.preventDefault();
    const botao = e.submitter;
    (voando ?? Promise.resolve()).then(() => (sujo() ? manda() : null)).then(() => {
      if (parado || falhas) return;
      if (!sujo()) saindo = true;
      form.requestSubmit(botao);
    });
  });
  form.addEventListener("formdata", (e) => {                         // a hundred lines have thousands of empty controls
    const cheios = estado();
    for (const nome of [...e.formData.keys()]) if (form.elements.namedItem(nome)?.matches?.("input:not([type=hidden]), select, textarea") && !(nome in cheios)) e.formData.delete(nome);
  });
  document.addEventListener("submit", (e) => { if (/\/logout\/$/.test(e.target.getAttribute("action") ?? "")) calado = true; });
  addEventListener("beforeunload", (e) => { if (!saindo && sujo()) { copia(); e.preventDefault(); } });
  addEventListener("pagehide", () => { if (!saindo && sujo()) copia(); });

  // --- back again: what this browser still had, and the server did not
  const recupera = async (guardada) => {
    form.inert = true;
    diz("Recuperando o que você tinha digitado…", "s-alerta", true);
    try {
      const resposta = await pergunta(guardada.valores, []);
      if (resposta.estado === 200) {
        apaga();
        sessionStorage.setItem("conecta:recuperada", "sim");
      }
      deNovo();                                                      // else somebody wrote meanwhile: the page shows what, and asks
    } catch {
      form.inert = false;
      diz(FRASES.rede, "s-alerta", true);
      setTimeout(() => recupera(guardada), VOLTAS[2]);
    }
  };
  const doServidor = (nome) => form.elements.namedItem(nome)?.readOnly;
  const chegou = ({ valores }) => {                                   // all of it is here, and what is more the portal worked out
    const agora = estado();
    return Object.entries(valores).every(([nome, texto]) => agora[nome] === texto || doServidor(nome)) && Object.keys(agora).every((nome) => nome in valores || doServidor(nome));
  };
  document.addEventListener("DOMContentLoaded", () => {
    const guardada = le(), oferta = document.getElementById("recuperar");
    if (form.dataset.naoSalva === undefined) confirmado = estado();
    if (!guardada || chegou(guardada)) {
      if (form.dataset.naoSalva === undefined) apaga(); else copia();
    } else if (guardada.revisao === revisao.value) {
      recupera(guardada);
    } else {
      parado = true;
      oferta.querySelector("[data-quando]").textContent = new Date(guardada.quando).toLocaleString("pt-BR", { dateStyle: "short", timeStyle: "short" });
      oferta.hidden = false;
      oferta.focus();
      const fecha = () => { oferta.hidden = true; parado = false; };
      oferta.querySelector("[data-usar]").addEventListener("click", () => { fecha(); recupera(guardada); });
      oferta.querySelector("[data-descartar]").addEventListener("click", () => { fecha(); apaga(); });
    }
    if (sessionStorage.getItem("conecta:recuperada")) {
      sessionStorage.removeItem("conecta:recuperada");
      recado("Recuperamos o que você tinha digitado e ainda não tinha sido salvo.");
    }
  });
})();
