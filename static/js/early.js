/* What is pressed before the page's scripts have come is pressed again when they have: else a button would load a page of its
   own, and a key would be lost. Of keys those that write nothing: F1 to F12, and what is pressed with Ctrl or Alt. A key keeps
   what it means to the browser unless the page tells of it (`data-key`, `dl[data-keys]`). */
(() => {
  const LIVE = "main button:not([type=button]), main [hx-get], main [hx-post], main [data-act]";
  const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
  const acts = []; // in the order they were pressed
  let pressed, last;

  const waitForClick = (event) => {
    const found = event.target.closest?.(LIVE);
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!pressed) acts.push(() => pressed.isConnected && pressed.click());
    pressed = found; // of several the last
  };

  const isTold = (parts) =>
    [...document.querySelectorAll("[data-key], dl[data-keys] dt")].some((one) => {
      const words = (one.dataset.key ?? one.textContent).trim().split(/[\s+]+/);
      return parts.every((part) => words.includes(part));
    });

  const waitForKey = (event) => {
    const { key, code, ctrlKey, altKey, metaKey, shiftKey, repeat } = event;
    const isFunction = /^F\d+$/.test(key);
    if (!(isFunction || ctrlKey || altKey || metaKey) || event.getModifierState("AltGraph")) return;
    if (["Control", "Alt", "Meta", "Shift"].includes(key)) return;
    const sign = /^(Key|Digit).$/.test(code) ? code.at(-1) : (SIGNS[key] ?? key);
    const parts = [(ctrlKey || metaKey) && "Ctrl", altKey && "Alt", shiftKey && "Shift", sign].filter(Boolean);
    if (isTold(parts)) event.preventDefault();
    const name = parts.join("+");
    if (repeat || (name === last && !isFunction)) return; // pressed again because nothing happened
    last = name;
    const again = { key, code, ctrlKey, altKey, metaKey, shiftKey, bubbles: true, cancelable: true };
    acts.push(() => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", again)));
  };

  document.addEventListener("click", waitForClick, true);
  document.addEventListener("keydown", waitForKey, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", waitForClick, true);
    document.removeEventListener("keydown", waitForKey, true);
    setTimeout(() => acts.forEach((act) => act())); // after all that wait for the same event
  });
})();
