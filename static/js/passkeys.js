// Passkeys: a form with data-passkey asks the browser for one, and is sent with what it answers in the field "credential".
// Its word is "create" or "get"; the options stand in the JSON block #passkey-options, or are fetched from data-options.
// The form is hidden until it is known that the browser has passkeys; what has data-passkey-none is hidden from then on.
'use strict';
(() => {
  const forms = document.querySelectorAll('form[data-passkey]');
  if (!window.PublicKeyCredential || !window.isSecureContext || !window.webauthnJSON) return;
  document.querySelectorAll('[data-passkey-none]').forEach((one) => { one.hidden = true; });

  async function options(form) {
    if (!form.dataset.options) return JSON.parse(document.getElementById('passkey-options').textContent);
    const answer = await fetch(form.dataset.options, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async function ask(form) {
    const refused = form.querySelector('[data-passkey-refused]');
    refused.hidden = true;
    try {
      const given = await options(form);
      const credential = form.dataset.passkey === 'create'
        ? await window.webauthnJSON.create(given.creation_options)
        : await window.webauthnJSON.get(given.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      refused.textContent = refused.dataset.passkeyRefused;
      refused.hidden = false;
    }
  }

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      ask(form);
    });
  }
})();
