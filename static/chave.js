/* Conecta: passkeys. The ceremony is django-allauth's script; what the browser refuses of it is said here, in words.
 *
 * template#chave-recusada (mfa/webauthn/snippets/scripts.html) is the message, put before the button that was pressed.
 */
(() => {
  "use strict";
  const BOTOES = "#passkey_login, #mfa_webauthn_add, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate";
  const SAIDA = "Se não conseguir, use a senha e o código do aplicativo.";
  const CADASTRO = {
    NotAllowedError: "O cadastro foi cancelado ou demorou demais. Tente de novo e confirme quando o aparelho pedir.",
    InvalidStateError: "Este aparelho já tem uma chave de acesso da sua conta. Não é preciso cadastrar outra.",
    ConstraintError: "Este aparelho não confirma quem você é (rosto, digital ou PIN). Ative isso nele, ou use outro aparelho.",
  };
  const USO = {
    NotAllowedError: `A confirmação foi cancelada, demorou demais, ou não há aqui uma chave de acesso da sua conta. Tente de novo. ${SAIDA}`,
  };
  const SEMPRE = {
    SecurityError: "O navegador só aceita chaves de acesso no endereço próprio do Conecta, com nome e conexão segura. Abra o Conecta por esse endereço e tente de novo.",
    NotSupportedError: `Este aparelho não faz o tipo de chave de acesso que o Conecta aceita. Use outro aparelho. ${SAIDA}`,
  };
  const frase = (erro, cadastra) => {
    if (!window.PublicKeyCredential) return `Este navegador não oferece chaves de acesso neste endereço. Use outro navegador. ${SAIDA}`;
    return (cadastra ? CADASTRO : USO)[erro.name] ?? SEMPRE[erro.name] ?? `A chave de acesso não respondeu. Confira a sua conexão e tente de novo. ${SAIDA}`;
  };

  let botao = null;
  const avisoDe = () => document.querySelector("[data-chave-recusada]");
  document.addEventListener("click", (e) => {
    const apertado = e.target.closest(BOTOES);
    if (apertado) { botao = apertado; avisoDe()?.remove(); }
  });
  document.addEventListener("allauth.error", (e) => {
    if (!botao) return;
    e.preventDefault();
    const aviso = document.getElementById("chave-recusada").content.firstElementChild.cloneNode(true);
    aviso.querySelector("[data-frase]").textContent = frase(e.detail.exception, botao.id === "mfa_webauthn_add");
    avisoDe()?.remove();
    (botao.closest("footer") ?? botao).before(aviso);
    botao.focus();
  });
})();
