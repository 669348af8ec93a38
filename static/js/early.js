/* What is pressed before the page's scripts have come is pressed again when they have: else it would load a page of its own. */
(() => {
  const LIVE = "main button:not([type=button]), main [hx-get], main [hx-post], main [data-act]";
  let pressed = null;
  const wait = (event) => {
    const found = event.target.closest?.(LIVE);
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = found;
  };
  document.addEventListener("click", wait, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", wait, true);
    setTimeout(() => pressed?.isConnected && pressed.click()); // after all that wait for the same event
  });
})();
