/* Conecta, choosing what to type: a digit chooses the type from anywhere but a text, Enter goes from the convênio to the
 * type and from the type to the form of the guide. */
(() => {
  "use strict";
  const form = document.querySelector("[data-nova-guia]");
  if (!form) return;
  const convenio = form.elements.namedItem("convenio"), tipos = [...form.querySelectorAll('input[name="tipo"]')];
  let letraEm = -Infinity;
  const escolhido = () => tipos.find((tipo) => tipo.checked);
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input:not([type=radio], [type=checkbox]), textarea, dialog[open]")) return;
    const noMeio = e.target === convenio && e.timeStamp - letraEm < 1000;
    if (e.target === convenio && e.key.length === 1 && (noMeio || !/\d/.test(e.key))) { letraEm = e.timeStamp; return; }    // a name goes on with a digit
    const tipo = tipos[Number(e.key) - 1];
    if (tipo && /^\d$/.test(e.key)) {
      e.preventDefault();
      tipo.checked = true;
      tipo.focus();
    } else if (e.key === "Enter" && e.target === convenio) {
      e.preventDefault();
      (escolhido() ?? tipos[0]).focus();
    } else if (e.key === "Enter" && e.target === tipos.find((outro) => outro === e.target)) {
      e.preventDefault();
      form.requestSubmit();
    }
  });
  if (document.activeElement === document.body && !document.querySelector("[data-resumo-erros]")) (convenio.value ? escolhido() ?? tipos[0] : convenio).focus();
})();
