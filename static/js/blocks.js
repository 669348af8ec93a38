/* The blocks of a case: opened where they stand, saved and closed when they are left, moved by key or by hand.
   Keys: Enter opens, Esc closes, / new block, Alt+F wordings, Alt+arrows move. The fields inside: block-fields.js. */
(() => {
  const openBlock = () => document.querySelector("[data-blocks] > .block.is-open");
  const isField = (element) => element.closest?.("input, textarea, select, [contenteditable=true]");
  const bar = () => document.querySelector("[data-add-bar]");

  /* --- Open and close --- */

  let wanted = ""; // the id that gets the focus when the answer stands on the page
  let isQuiet = false;

  const close = (block, { focus = false } = {}) => {
    const form = block.querySelector("form.block-form");
    if (!form || form.hasAttribute("data-keep-contested") || block.dataset.closing) return;
    block.dataset.closing = "yes";
    if (focus) wanted = block.id;
    form.requestSubmit(form.querySelector("[data-close]"));
  };

  const closeNote = (note) => note.querySelector("form").requestSubmit();

  const edit = (block) => {
    const link = block.querySelector("[data-edit][hx-get]");
    if (link) link.click();
    return Boolean(link);
  };

  const isElsewhere = (block, target) =>
    !block.contains(target) && !target.closest("dialog, .combobox-list, [popover]") && target !== document.body;

  document.addEventListener("focusin", ({ target }) => {
    if (isQuiet) return;
    const block = openBlock();
    if (block && isElsewhere(block, target)) close(block);
    const note = document.querySelector("[data-open-note]");
    if (note && isElsewhere(note, target)) closeNote(note);
  });

  document.addEventListener("click", ({ target }) => {
    const body = target.closest(".block:not(.is-open) > .block-body");
    if (!body || target.closest("a, button, summary, input, label") || !getSelection().isCollapsed) return;
    edit(body.parentElement);
  });

  // A form that could not be saved is open still.
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    const block = target.closest?.(".block");
    if (block) delete block.dataset.closing;
  });

  /* --- Where the focus goes --- */

  const isLost = (block) => document.activeElement === document.body || document.activeElement === block || document.activeElement?.closest("[data-add-bar], [data-case-phrases]");

  const enter = (block) => {
    const first = block.querySelector("form.block-form :is(input:not([type=hidden]), select, textarea):not([tabindex='-1'])");
    const area = block.querySelector(".block-writing textarea[data-django-prose-editor-configurable]");
    const isWritten = block.matches(".block-text, .block-decision") && area;
    if (!isWritten) return first?.focus();
    if (area.editor) area.editor.commands.focus("end");
    else block.dataset.enter = "yes";
  };

  document.addEventListener("editor:dressed", ({ target, detail: { editor } }) => {
    const block = target.closest(".block[data-enter]");
    if (!block || !target.closest(".block-writing")) return;
    delete block.dataset.enter;
    setTimeout(() => editor.commands.focus("end"));
  });

  let arrived = null;

  // After htmx has given the focus back to what has the same name.
  document.addEventListener("htmx:afterSettle", () => {
    const block = arrived;
    arrived = null;
    if (block?.isConnected && isLost(block)) enter(block);
  });

  document.addEventListener("htmx:load", ({ detail: { elt } }) => {
    if (elt.matches?.(".block.is-open")) arrived = elt;
    elt.querySelector?.("[data-undo]")?.focus();
    elt.closest?.("[data-open-note]")?.querySelector("textarea")?.focus();
    sortable(document);
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (!wanted) return;
    const place = document.getElementById(wanted);
    if (place?.matches(".is-open, .taken-out")) return; // the answer is still on its way
    wanted = "";
    (place ?? bar()?.querySelector("button"))?.focus();
  });

  // «Undo» brings the block back, and the focus to it.
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-undo]")) wanted = target.closest("[data-undo]").form.id;
  });

  /* --- Move --- */

  let queue = Promise.resolve();

  const place = (block, restore) => {
    const url = block.querySelector("form[data-move]").getAttribute("action");
    const before = block.previousElementSibling;
    const said = block.closest(".case").querySelector("[role=status][id^=said-]");
    const values = { after: before?.dataset.block ?? "" };
    queue = queue.then(() => window.htmx.ajax("POST", url, { values, target: said, swap: "innerHTML" })).catch(restore);
  };

  const move = (block, step) => {
    const other = step < 0 ? block.previousElementSibling : block.nextElementSibling;
    if (!other) return;
    // The neighbour is what moves in the page, so that the block keeps its focus and its editor.
    if (step < 0) block.after(other);
    else block.before(other);
    place(block, () => (step < 0 ? block.before(other) : block.after(other)));
    block.scrollIntoView({ block: "nearest" });
  };

  const sortable = (root) => {
    if (!window.Sortable) return;
    for (const list of root.querySelectorAll("[data-blocks]:not([data-sorted])")) {
      list.dataset.sorted = "yes";
      window.Sortable.create(list, {
        handle: ".block-handle", draggable: ".block", animation: 120,
        onStart: () => (isQuiet = true),
        onEnd: ({ item, oldIndex, newIndex }) => {
          isQuiet = false;
          if (oldIndex !== newIndex) place(item, () => list.insertBefore(item, list.children[oldIndex + (oldIndex > newIndex)]));
        },
      });
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("form[data-move] button");
    const block = button?.closest("[data-blocks] > .block");
    if (!block) return;
    event.preventDefault();
    event.stopPropagation();
    move(block, button.value === "up" ? -1 : 1);
  }, true);

  /* --- Earlier texts open and close in their place --- */

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-history][aria-expanded=true]");
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById(link.getAttribute("aria-controls")).replaceChildren();
    link.setAttribute("aria-expanded", "false");
  }, true);

  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (!target.matches?.(".block-history")) return;
    document.querySelector(`[aria-controls="${target.id}"]`)?.setAttribute("aria-expanded", "true");
  });

  /* --- New blocks and wordings by key --- */

  const choose = () => {
    const found = bar();
    if (!found) return false;
    found.classList.add("is-choosing");
    found.querySelector("button").focus();
    found.scrollIntoView({ block: "nearest" });
    return true;
  };

  const wordings = () => {
    const block = openBlock();
    const list = block?.querySelector("[data-phrase-list]");
    const chips = block?.querySelector("[data-chips]");
    if (list) {
      list.hidden = !list.hidden;
      if (list.hidden) enter(block);
      else list.querySelector("button").focus();
    } else if (chips) (chips.querySelector("[aria-pressed=true]") ?? chips.querySelector("button")).focus();
    else {
      const menu = document.querySelector("[data-case-phrases]");
      if (!menu) return false;
      menu.open = true;
      menu.querySelector("button").focus();
    }
    return true;
  };

  const isEmptyText = (target) => target.isContentEditable && !target.textContent.trim() && Boolean(target.closest("[data-blocks]"));

  const step = (event, group) => {
    const all = [...group.querySelectorAll("button, a, summary")].filter((one) => one.checkVisibility());
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = all.indexOf(document.activeElement);
    if (!by || at < 0) return false;
    all[(at + by + all.length) % all.length].focus();
    return true;
  };

  const inBar = (event) => {
    const found = event.target.closest("[data-add-bar]");
    if (!found || event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === "Escape") {
      found.classList.remove("is-choosing");
      (document.querySelector("[data-blocks] > .block:last-child") ?? found.closest(".case"))?.focus();
      return true;
    }
    if (step(event, found)) return true;
    if (!found.classList.contains("is-choosing") || isField(event.target)) return false;
    const button = found.querySelector(`[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
    button?.click();
    return Boolean(button);
  };

  const escape = ({ target }) => {
    if (target.closest("details.menu[open], .editor-link, .editor-menu, dialog")) return false;
    const list = target.closest("[data-phrase-list]");
    const block = target.closest("[data-blocks] > .block.is-open");
    const note = target.closest("[data-open-note]");
    if (list) list.hidden = true;
    if (list) enter(block);
    else if (block) close(block, { focus: true });
    else if (note) closeNote(note);
    return Boolean(list || block || note);
  };

  const handled = (event) => {
    const { target, key } = event;
    const block = target.closest?.("[data-blocks] > .block");
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      if (block && (key === "ArrowUp" || key === "ArrowDown")) return move(block, key === "ArrowUp" ? -1 : 1) ?? true;
      return event.code === "KeyF" && wordings();
    }
    if (event.ctrlKey || event.metaKey || !target.closest) return false;
    if (inBar(event)) return true;
    if (key === "Escape") return escape(event);
    if (key === "Enter" && target === block) return edit(block);
    if (target.closest("[data-chips], [data-phrase-list], [data-case-phrases]") && step(event, target.closest("[data-chips], [data-phrase-list], [data-case-phrases]"))) return true;
    const isOff = document.documentElement.dataset.singleKeys === "off";
    if (key === "/" && !isOff && (!isField(target) || isEmptyText(target)) && !target.closest("dialog, .bar")) return choose();
    return false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !document.querySelector("[data-blocks]")) return;
    if (!handled(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const found = target.closest("[data-add-bar].is-choosing");
    if (found && !found.contains(relatedTarget)) window.afterPress(() => found.contains(document.activeElement) || found.classList.remove("is-choosing"));
  });

  window.blockWordings = wordings;
})();
