/* Before the first paint: the theme that the person chose, and the sign that there is a script. */
(() => {
  "use strict";
  const raiz = document.documentElement;
  raiz.dataset.js = "";
  try {
    const tema = localStorage.getItem("tema");
    if (tema) raiz.dataset.tema = tema;
  } catch { /* storage refused: the system's theme stays */ }
})();
