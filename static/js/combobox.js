/* Text fields that complete while one types: `<input type="text" data-combobox="/address/">` (ARIA APG combobox, list autocomplete).

The address answers `?q=` with `<div role="option">` elements, which may stand in `<div role="group">` under headings:
  data-value, data-fill   the field gets the value; data-fills="name" on the field names the sibling that gets the fill
  data-href               goes there
  data-press              presses the first element the selector finds
A `<template data-said="3 hits">` among them is read to screen readers. On the field itself: data-combobox-first chooses the
first option beforehand, data-combobox-open asks already when the field is reached, data-combobox-width is the list's least
width. Free text is never changed: Enter without a chosen option does what it does without this script. */
(() => {
  const WAIT = 120;
  let field, list, said, active, timer, asking;
  let isOwn = false;

  const isOpen = () => Boolean(list?.matches(":popover-open"));
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const nameOf = ({ dataset, textContent }) => [dataset.href, dataset.press, dataset.value, textContent.trim()].join("\n");
  const make = (tag, values) => Object.assign(document.createElement(tag), values);

  const dress = () => {
    const values = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": "combobox-list" };
    for (const [name, value] of Object.entries(values)) field.setAttribute(name, value);
    field.setAttribute("aria-expanded", String(isOpen()));
    if (active && isOpen()) field.setAttribute("aria-activedescendant", active.id);
    else field.removeAttribute("aria-activedescendant");
  };

  // The list lies in the top layer, so that no scrolling column cuts it; a modal dialog only knows what is inside it.
  const begin = (target) => {
    field = target;
    list ??= make("div", { id: "combobox-list", className: "combobox-list", role: "listbox", popover: "manual" });
    said ??= make("div", { className: "ds-sr-only", role: "status" });
    const home = field.closest("dialog, main, header, footer") ?? document.body;
    if (list.parentNode !== home) home.append(list, said);
    list.setAttribute("aria-label", field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent.trim() ?? "");
    dress();
  };

  const choose = (option) => {
    active?.removeAttribute("aria-selected");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    dress();
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    if (isOpen()) list.hidePopover();
    if (field) choose(undefined);
  };

  const place = () => {
    const room = window.visualViewport ?? { width: innerWidth, height: innerHeight };
    const box = field.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, Number(field.dataset.comboboxWidth ?? 260)), room.width - 16);
    const below = room.height - box.bottom - 12;
    const isUp = below < 180 && box.top > below;
    const style = { width: `${width}px`, left: `${Math.max(8, Math.min(box.left, room.width - width - 8))}px` };
    style.maxHeight = `${Math.min(isUp ? box.top - 12 : below, 480)}px`;
    style.top = isUp ? "auto" : `${box.bottom + 4}px`;
    style.bottom = isUp ? `${innerHeight - box.top + 4}px` : "auto";
    Object.assign(list.style, style);
  };

  const show = (html) => {
    const kept = active && nameOf(active); // reached with the arrows while the answer was on its way
    list.innerHTML = html;
    const spoken = list.querySelector("template[data-said]");
    said.textContent = spoken?.dataset.said ?? "";
    spoken?.remove();
    options().forEach((option, place) => (option.id = `combobox-option-${place}`));
    active = undefined;
    if (!list.childElementCount) return close();
    if (!isOpen()) list.showPopover();
    place();
    const again = kept && options().find((one) => nameOf(one) === kept);
    choose(again || ("comboboxFirst" in field.dataset ? options()[0] : undefined));
  };

  const ask = async () => {
    const asked = field;
    const address = new URL(asked.dataset.combobox, location.href);
    address.searchParams.set("q", asked.value);
    if ("comboboxHere" in asked.dataset) address.searchParams.set("here", location.pathname);
    asking?.abort();
    const { signal } = (asking = new AbortController());
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal });
      const html = answer.ok ? await answer.text() : "";
      // What is pressed in the list stands still until the press is done.
      window.afterPress(() => !signal.aborted && field === asked && document.activeElement === asked && show(html));
    } catch {
      // Away, or something else was asked meanwhile: the text stays as typed.
    }
  };

  const put = (target, value) => {
    target.value = value;
    isOwn = true;
    for (const kind of ["input", "change"]) target.dispatchEvent(new Event(kind, { bubbles: true }));
    isOwn = false;
  };

  const take = ({ dataset: { href, press, value, fill } }) => {
    close();
    if (href) return location.assign(href);
    if (press) return document.querySelector(press)?.click();
    const other = field.dataset.fills && field.form?.elements[field.dataset.fills];
    if (other && fill !== undefined) put(other, fill);
    return put(field, value);
  };

  const step = (by) => {
    const all = options();
    const at = all.indexOf(active);
    choose(at < 0 ? all.at(by > 0 ? 0 : -1) : all[(at + by + all.length) % all.length]);
  };

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches?.("input[data-combobox]")) return;
    begin(target);
    if ("comboboxOpen" in target.dataset) ask();
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target === field) close();
  });
  document.addEventListener("input", ({ target }) => {
    if (isOwn || !target.matches?.("input[data-combobox]")) return;
    if (target !== field) begin(target);
    choose(undefined); // what the list shows is no longer what is written
    clearTimeout(timer);
    if (!target.value && !("comboboxOpen" in target.dataset)) return close();
    timer = setTimeout(ask, WAIT);
  });
  // In the capture phase: while the list is open its keys are not the page's.
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const mine = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (event.key === "Escape" && isOpen()) { mine(); close(); }
    else if (event.key === "Enter" && isOpen() && active) { mine(); take(active); }
    else if (event.key === "Enter") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      mine();
      if (isOpen()) step(event.key === "ArrowDown" ? 1 : -1);
      else ask();
    }
  }, true);
  document.addEventListener("mousedown", (event) => {
    if (list?.contains(event.target)) event.preventDefault(); // the field keeps the focus
  });
  document.addEventListener("click", ({ target }) => {
    const option = list?.contains(target) && target.closest("[role=option]:not([aria-disabled])");
    if (option) take(option);
  });
  for (const kind of ["scroll", "resize"]) addEventListener(kind, () => isOpen() && place(), { capture: true, passive: true });
  // A swap that keeps the focus in the field may have taken its roles.
  document.addEventListener("htmx:afterSettle", () => {
    if (field?.isConnected && document.activeElement === field) dress();
  });
})();
