/* Conecta: who leaves a form that was changed and not saved is asked first. Without script, each tab says that it is saved alone. */
(() => {
  "use strict";
  const escrito = (form) => new URLSearchParams(new FormData(form)).toString();
  for (const form of document.querySelectorAll("form[data-avisa-ao-sair]")) {
    const antes = form.querySelector("[data-resumo-erros]") ? null : escrito(form);
    let salvando = false;
    form.addEventListener("submit", () => { salvando = true; });
    window.addEventListener("pageshow", () => { salvando = false; });
    window.addEventListener("beforeunload", (e) => { if (!salvando && escrito(form) !== antes) e.preventDefault(); });
  }
})();
