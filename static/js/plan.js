/* The plan of follow-ups by keyboard and by dragging. The page's links and forms are plain ones; htmx takes #plan-page out of
   the page each leads to. Attributes: data-focus on #plan-page (what has the focus after an act), data-row and data-move on a
   row (its report, and where a move is sent), data-up and data-down (its buttons), data-out, data-cancel, data-close. */
(() => {
  const page = () => document.getElementById("plan-page");
  if (!page()) return;

  const isField = (element) => element?.matches?.("input, textarea, select, [contenteditable=true]") ?? false;
  const rowOf = (element) => element?.closest?.("tr.plan-row");
  const titles = () => [...document.querySelectorAll("#plan-page .plan-open")].filter((one) => one.checkVisibility());
  const focus = (key) => (document.getElementById(`open-${key}`) ?? document.getElementById(`late-${key}`))?.focus();

  /* --- Where the focus goes --- */

  let goal; // what was pressed: a link that opens the question or the panel, or closes one

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const { elt } = detail;
    if (!page().contains(elt)) return;
    const { cancel, close } = elt.dataset;
    if (cancel || close) goal = () => focus(cancel ?? close);
    else if (elt.matches(".plan-open")) goal = () => document.getElementById("panel-heading")?.focus();
    elt.closest("details.menu")?.removeAttribute("open");
  });

  const settle = () => {
    prepare();
    const asked = document.querySelector("#plan-ask :is([aria-invalid=true], select, input:not([type=hidden]))");
    const wanted = page().dataset.focus;
    page().dataset.focus = "";
    const act = goal;
    goal = undefined;
    if (act) act();
    else if (asked) asked.focus();
    else if (wanted) document.getElementById(wanted)?.focus();
  };
  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    if ((detail?.target ?? target).id === "plan-page") settle();
  });
  document.addEventListener("htmx:historyRestore", () => { if (page()) prepare(); });

  const failed = ({ target, detail }) => {
    if (!page()?.contains(target) || [409, 422].includes(detail.xhr?.status)) return;
    goal = undefined;
    document.getElementById("plan-said").textContent = page().dataset.failed;
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  /* --- Keys --- */

  const step = (target, by) => {
    const all = titles();
    const next = all[all.indexOf(target) + by];
    next?.focus();
    return Boolean(next);
  };

  const inRow = ({ key, altKey, target }, row) => {
    if (altKey) {
      const button = row.querySelector(key === "ArrowUp" ? "[data-up]" : key === "ArrowDown" ? "[data-down]" : null);
      button?.click();
      return Boolean(button);
    }
    if (key === "Delete") return row.querySelector("[data-out]")?.click() ?? true;
    if (!target.matches(".plan-open")) return false;
    return (key === "ArrowUp" && step(target, -1)) || (key === "ArrowDown" && step(target, 1));
  };

  const close = () => {
    const link = document.querySelector("#plan-ask [data-cancel]") ?? document.querySelector("#plan-panel [data-close]");
    link?.click();
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || !page() || target.closest?.("dialog")) return;
    const row = rowOf(target), isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && key.toLowerCase() === "z";
    let isDone = false;
    if (key === "Escape" && !document.querySelector("details.menu[open]")) isDone = close();
    else if (isField(target)) return;
    else if (isUndo) isDone = document.querySelector("#plan-undo button")?.click() ?? true;
    else if (row && !event.ctrlKey && !event.metaKey && ["ArrowUp", "ArrowDown", "Delete"].includes(key)) isDone = inRow(event, row);
    if (isDone) event.preventDefault();
  });

  /* --- Dragging --- */

  const dragged = ({ item, oldIndex, newIndex }) => {
    if (oldIndex === newIndex) return;
    const above = beside(item, "previousElementSibling"), below = beside(item, "nextElementSibling");
    const values = above ? { after: above.dataset.row } : below ? { before: below.dataset.row } : { steps: -1 };
    const chosen = document.querySelector("#plan-acts [name=chosen]")?.value;
    const sent = { source: page(), target: "#plan-page", select: "#plan-page", swap: "morph:outerHTML show:none", values: chosen ? { ...values, chosen } : values };
    window.htmx.ajax("POST", item.dataset.move, sent);
  };
  const beside = (item, way) => {
    let one = item[way];
    while (one && !one.dataset.row) one = one[way];
    return one;
  };

  const held = new WeakSet();
  const prepare = () => {
    const rows = document.getElementById("plan-rows");
    if (!rows || held.has(rows) || !rows.querySelector("[data-row]")) return;
    held.add(rows);
    window.Sortable.create(rows, { handle: ".row-handle", draggable: "tr[data-row]", animation: 120, direction: "vertical", onUpdate: dragged });
  };
  prepare();
  if (page().dataset.focus) settle();
})();
