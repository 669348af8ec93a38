// The annual plan: topics are dragged between months and meetings, and the focus stays where the work is.
(() => {
  const plan = () => document.getElementById("plan");
  let next = "";

  function moved(event) {
    const { item, to, from, oldIndex, newIndex } = event;
    if (to === from && oldIndex === newIndex) return;
    const before = item.previousElementSibling;
    htmx.ajax("POST", item.dataset.move, {
      source: item,
      target: "#plan",
      swap: "morph:outerHTML",
      values: { place: to.dataset.topics, after: before?.dataset.topic ?? "", year: plan().querySelector("[name=year]")?.value ?? "" },
    });
  }

  function makeSortable() {
    for (const list of document.querySelectorAll("[data-topics]")) {
      if (Sortable.get(list)) continue;
      new Sortable(list, { group: "topics", draggable: ".topic", handle: ".topic-handle", filter: ".is-case, .is-open", preventOnFilter: false, animation: 120, onEnd: moved });
    }
  }

  function focusOn(id) {
    const place = document.getElementById(id);
    place?.querySelector(id.startsWith("add-") ? "[name=title]" : "a, button, input")?.focus();
  }

  // How many of the proposed dates are ticked stands on the button that makes the meetings.
  function count(form) {
    const button = form.querySelector("[data-many]");
    if (!button) return;
    const ticked = form.querySelectorAll("input[type=checkbox]:checked").length;
    button.textContent = (ticked === 1 ? button.dataset.one : button.dataset.many).replace("#", ticked);
  }

  document.addEventListener("DOMContentLoaded", () => {
    makeSortable();
    for (const form of document.querySelectorAll(".dates-form")) count(form); // ticked before this script came
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.(".dates-form");
    if (form) count(form);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!plan()) return;
    makeSortable();
    const open = plan().querySelector(".topic.is-open");
    if (open && !open.contains(document.activeElement)) open.querySelector("[name=title]").focus();
    else if (plan().dataset.focus || next) focusOn(plan().dataset.focus || next);
    delete plan().dataset.focus;
    next = "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const close = event.target.closest?.(".topic.is-open")?.querySelector("[data-close]");
    if (!close) return;
    next = close.closest(".topic").id;
    close.click();
  });
})();
