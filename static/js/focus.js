/* The focus is never lost in a swap: where the element that had it is gone, the first thing of what came instead gets it.
   A page that refuses a form opens at the first field with an error. */
(() => {
  addEventListener("DOMContentLoaded", () => {
    const wrong = document.querySelector("main form :is(input, select, textarea)[aria-invalid=true]:not([type=hidden])");
    wrong?.focus();
    wrong?.scrollIntoView({ block: "center" });
  });

  const FIRST = "[autofocus], h1, h2, h3, h4, a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary";
  let lost; // the swapped element and its parent, while the focus was inside

  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    const focused = document.activeElement;
    lost = target?.contains(focused) && focused !== document.body ? { id: target.id, place: target.parentElement } : undefined;
  });

  document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
    const known = lost;
    lost = undefined;
    if (!known) return;
    // After the page's own scripts, which know better.
    requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const came = (elt?.isConnected && elt !== document.body && elt) || document.getElementById(known.id) || known.place;
      if (!came?.isConnected) return document.getElementById("main")?.focus();
      const first = came.matches(FIRST) ? came : came.querySelector(FIRST) ?? came;
      if (!first.matches("a[href], button, input, select, textarea, summary") && !first.hasAttribute("tabindex")) first.tabIndex = -1;
      first.focus();
    });
  });
})();
