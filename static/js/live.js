/* The live minutes: telling where one is, keys between the columns, and where the focus goes when another case is shown. */
(() => {
  const pane = (id) => document.getElementById(id);
  const columns = () => ["cases-pane", "case-pane", "present-pane"].map(pane).filter(Boolean);

  const tell = () => pane("cases-pane") && htmx.trigger("#cases-pane", "opened");
  addEventListener("load", tell);
  document.addEventListener("visibilitychange", () => document.hidden || tell());

  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || !columns().length) return;
    event.preventDefault();
    const all = columns();
    const here = all.findIndex((column) => column.contains(document.activeElement));
    const step = here < 0 ? (event.shiftKey ? -1 : 0) : here + (event.shiftKey ? -1 : 1);
    const column = all[(step + all.length) % all.length];
    (column.querySelector("[aria-current]") ?? column).focus();
    column.scrollIntoView({ block: "nearest" });
  });

  // Another case: its heading gets the focus, so that one reads and types on from there.
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id !== "case-pane") return;
    const heading = document.querySelector("#case-pane h2");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    pane("case-pane").scrollTop = 0;
    heading.scrollIntoView({ block: "nearest" });
    const said = pane("live-said");
    if (said?.textContent) {
      const words = said.textContent;
      said.textContent = "";
      requestAnimationFrame(() => (said.textContent = words));
    }
    tell();
  });

  // A request that waited, or an answer that came late, belongs to the case that was shown then: the columns stay with this one.
  const asks = (elt) => elt.matches?.("#cases-pane, #present-pane") && (elt.getAttribute("hx-get") ?? elt.getAttribute("hx-post"));
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const now = asks(target);
    if (now) detail.path = now;
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt, path } = detail.requestConfig;
    const now = asks(elt);
    if (now && path !== now) detail.shouldSwap = false;
  });

  // What changed elsewhere does not take the list away from under one who is using it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = pane("present-pane");
    if (event.target !== list || !list.contains(document.activeElement) || document.activeElement === list) return;
    if (list.querySelector("details[open]")) event.preventDefault();
  });
})();
