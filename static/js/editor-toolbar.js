/* The toolbar of the rich text editor: one row, the rare acts in menus, reached with Alt+F10 and left with Escape.

   editorToolbar(editor, words) answers {dom, update, openLink}. `words` are the reader's language, by the names used here. */
(() => {
  const ICONS = {
    bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zm0 7h7a3.5 3.5 0 0 1 0 7H7z",
    italic: "M11 5h6M7 19h6m1-14-4 14",
    bulletList: "M9.5 6H20M9.5 12H20M9.5 18H20M4.5 6h.01M4.5 12h.01M4.5 18h.01",
    orderedList: "M10.5 6H20m-9.5 6H20m-9.5 6H20M4 4.8 5.6 4v5M4 15.6c.5-1.3 3-1.2 3 .3 0 1.4-3 2.3-3 4.1h3.2",
    table: "M4 5h16v14H4zm0 4.7h16m-16 4.6h16M10 5v14",
    link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1m2 3.7a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
    undo: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
    redo: "m16 5 4 4-4 4m4-4H10a5.5 5.5 0 0 0 0 11h3",
    more: "M5 12h.01M12 12h.01M19 12h.01",
    superscript: "m4 8 8 10m0-10L4 18M16 4.8c.7-1.2 3.5-1 3.5.8 0 1.4-3.5 2.6-3.5 4.2h3.5",
    subscript: "m4 5 8 10m0-10L4 15m12 .8c.7-1.2 3.5-1 3.5.8 0 1.4-3.5 2.6-3.5 4.2h3.5",
    blockquote: "M9.5 7H5v5h4.5zm0 5c0 2.5-1 4-3.5 5M19 7h-4.5v5H19zm0 5c0 2.5-1 4-3.5 5",
  };

  // At once, not with the next picture: keys pressed in between would be lost.
  const chain = (editor) => {
    editor.view.focus();
    return editor.chain();
  };
  // name: [act, whether it is on, the key]
  const ACTS = {
    bold: [(e) => chain(e).toggleBold().run(), (e) => e.isActive("bold"), "Control+B"],
    italic: [(e) => chain(e).toggleItalic().run(), (e) => e.isActive("italic"), "Control+I"],
    bulletList: [(e) => chain(e).toggleBulletList().run(), (e) => e.isActive("bulletList"), "Control+Shift+8"],
    orderedList: [(e) => chain(e).toggleOrderedList().run(), (e) => e.isActive("orderedList"), "Control+Shift+7"],
    undo: [(e) => chain(e).undo().run(), null, "Control+Z"],
    redo: [(e) => chain(e).redo().run(), null, "Control+Y"],
    superscript: [(e) => chain(e).toggleSuperscript().run(), (e) => e.isActive("superscript"), "Control+."],
    subscript: [(e) => chain(e).toggleSubscript().run(), (e) => e.isActive("subscript"), "Control+,"],
    blockquote: [(e) => chain(e).toggleBlockquote().run(), (e) => e.isActive("blockquote"), "Control+Shift+B"],
    insertTable: [(e) => chain(e).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(), null, ""],
    addRowBefore: [(e) => chain(e).addRowBefore().run()],
    addRowAfter: [(e) => chain(e).addRowAfter().run()],
    addColumnBefore: [(e) => chain(e).addColumnBefore().run()],
    addColumnAfter: [(e) => chain(e).addColumnAfter().run()],
    deleteRow: [(e) => chain(e).deleteRow().run()],
    deleteColumn: [(e) => chain(e).deleteColumn().run()],
    toggleHeaderRow: [(e) => chain(e).toggleHeaderRow().run()],
    mergeCells: [(e) => chain(e).mergeCells().run()],
    splitCell: [(e) => chain(e).splitCell().run()],
    deleteTable: [(e) => chain(e).deleteTable().run()],
  };
  const TABLE_ACTS = "addRowBefore addRowAfter addColumnBefore addColumnAfter toggleHeaderRow mergeCells splitCell deleteRow deleteColumn deleteTable".split(" ");
  const MORE_ACTS = "superscript subscript blockquote".split(" ");
  // What a narrow editor has no room for, and shows under «more» instead.
  const NARROW = "insertTable undo redo".split(" ");

  const made = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    if (name === "more") svg.classList.add("has-dots");
    return svg;
  };

  const shownKey = (key, words) => key.replaceAll("Control", words.ctrl ?? "Ctrl").replaceAll("Shift", words.shift ?? "Shift");

  window.editorToolbar = (editor, words) => {
    const buttons = new Map();

    const button = (name, pictured = name) => {
      const [act, isOn, key] = ACTS[name];
      const title = words[name] + (key ? ` (${shownKey(key, words)})` : "");
      const dom = made("button", { type: "button", class: "editor-tool", "data-tool": name, "aria-label": words[name], title, "aria-keyshortcuts": key || undefined }, icon(pictured));
      dom.addEventListener("click", () => {
        if (dom.getAttribute("aria-disabled") !== "true") act(editor);
      });
      buttons.set(dom, { name, isOn });
      return dom;
    };

    const menu = (pictured, label, names) => {
      const id = `editor-menu-${++menus}`;
      const items = names.map((name) => {
        const item = made("button", { type: "button", role: "menuitem", tabindex: "-1", "data-tool": name }, words[name]);
        item.addEventListener("click", () => {
          close();
          ACTS[name][0](editor);
        });
        return item;
      });
      const list = made("div", { class: "editor-menu", role: "menu", id, "aria-label": label, hidden: "" }, ...items);
      const opener = made("button", { type: "button", class: "editor-tool", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id }, icon(pictured));
      const close = (isBack) => {
        list.hidden = true;
        opener.setAttribute("aria-expanded", "false");
        if (isBack) opener.focus();
      };
      const open = () => {
        for (const item of items) item.hidden = !isPossible(item.dataset.tool);
        list.hidden = false;
        opener.setAttribute("aria-expanded", "true");
        items.find(isShown)?.focus();
      };
      opener.addEventListener("click", () => (list.hidden ? open() : close(true)));
      list.addEventListener("keydown", (event) => {
        const all = items.filter(isShown);
        const at = all.indexOf(document.activeElement);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
        if (event.key === "Escape") close(true);
        else if (to !== undefined) all.at(to % all.length)?.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      const holder = made("span", { class: "editor-menu-holder" }, opener, list);
      holder.addEventListener("focusout", ({ relatedTarget }) => {
        if (!holder.contains(relatedTarget)) close();
      });
      // Safari gives a pressed button no focus, and the menu would close before it is pressed.
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      return { holder, opener };
    };

    const isShown = (item) => !item.hidden && item.getClientRects().length > 0;
    const isPossible = (name) => !TABLE_ACTS.includes(name) || editor.can()[name]?.() !== false;

    const style = made("select", { class: "editor-style", "aria-label": words.style, title: words.style });
    for (const name of ["paragraph", "heading4", "heading5"]) style.append(made("option", { value: name }, words[name]));
    style.addEventListener("change", () => {
      const level = Number(style.value.slice(-1));
      if (level) chain(editor).setHeading({ level }).run();
      else chain(editor).setParagraph().run();
    });

    const linkButton = made("button", { type: "button", class: "editor-tool", "data-tool": "link", "aria-label": words.link, title: `${words.link} (${shownKey("Control+K", words)})`, "aria-keyshortcuts": "Control+K" }, icon("link"));
    const link = linkRow(editor, words, linkButton);
    linkButton.addEventListener("click", () => link.open());

    const table = menu("table", words.tableMenu, TABLE_ACTS);
    const insertTable = button("insertTable", "table");
    const more = menu("more", words.more, [...MORE_ACTS, ...NARROW]);
    const group = (...members) => made("span", { class: "editor-group" }, ...members);
    const bar = made(
      "div",
      { class: "editor-tools", role: "toolbar", "aria-label": words.toolbar },
      group(style),
      group(button("bold"), button("italic")),
      group(button("bulletList"), button("orderedList"), insertTable, table.holder, linkButton),
      group(button("undo"), button("redo")),
      group(more.holder),
    );
    const dom = made("div", { class: "editor-bar" }, bar, made("div", { class: "editor-extra", "data-editor-extra": "" }));

    // One stop for Tab, arrows inside it.
    const stops = () => [style, ...bar.querySelectorAll(".editor-tool")].filter(isShown);
    const stopAt = (wanted) => {
      for (const one of [style, ...bar.querySelectorAll(".editor-tool")]) one.tabIndex = one === wanted ? 0 : -1;
    };
    stopAt(style);
    bar.addEventListener("focusin", ({ target }) => {
      if (!target.closest("[role=menu]")) stopAt(target);
    });
    bar.addEventListener("keydown", (event) => {
      if (event.target.closest("[role=menu]")) return;
      const all = stops();
      const at = all.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: event.target === style ? undefined : 0, End: event.target === style ? undefined : -1 }[event.key];
      if (event.key === "Escape") editor.view.focus();
      else if (to !== undefined && at >= 0) all.at(to % all.length).focus();
      else if (event.key === "Enter" && event.target === style) editor.view.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });

    const update = () => {
      for (const [dom, { name, isOn }] of buttons) {
        if (isOn) dom.setAttribute("aria-pressed", String(isOn(editor)));
        if (name === "undo" || name === "redo") dom.setAttribute("aria-disabled", String(!editor.can()[name]()));
      }
      linkButton.setAttribute("aria-pressed", String(editor.isActive("link")));
      const isInTable = editor.isActive("table");
      insertTable.hidden = isInTable;
      table.holder.hidden = !isInTable;
      const heading = [4, 5].find((level) => editor.isActive("heading", { level }));
      style.value = heading ? `heading${heading}` : "paragraph";
    };
    editor.on("transaction", update);
    update();
    return { dom, link, focus: () => (stops().find((one) => one.tabIndex === 0) ?? style).focus() };
  };

  let menus = 0;

  /* The address of a link, asked for in place. */
  const linkRow = (editor, words, opener) => {
    const id = `editor-link-${++menus}`;
    const input = made("input", { type: "text", class: "ds-input", id, inputmode: "url", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-why` });
    const why = made("p", { class: "ds-validation-message", id: `${id}-why`, role: "alert", hidden: "" });
    const act = (word, does, variant) => {
      const dom = made("button", { type: "button", class: "ds-button", "data-size": "sm", "data-variant": variant }, word);
      dom.addEventListener("click", does);
      return dom;
    };
    const close = () => {
      dom.hidden = true;
      editor.view.focus();
    };
    const save = () => {
      const href = addressOf(input.value);
      if (!href) {
        why.textContent = words.badAddress;
        why.hidden = false;
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return;
      }
      dom.hidden = true;
      const { empty } = editor.state.selection;
      if (empty && !editor.isActive("link")) {
        chain(editor).insertContent({ type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
      } else chain(editor).extendMarkRange("link").setLink({ href }).run();
    };
    const remove = act(words.unlink, () => {
      chain(editor).extendMarkRange("link").unsetLink().run();
      dom.hidden = true;
    }, "tertiary");
    const dom = made(
      "div", { class: "editor-link", role: "group", "aria-label": words.link, hidden: "" },
      made("label", { for: id, class: "ds-label" }, words.address), input,
      made("span", { class: "editor-link-acts" }, act(words.apply, save, "secondary"), remove, act(words.cancel, close, "tertiary")), why,
    );
    dom.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && event.target === input) save();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    // What is typed here is no part of the form until the link is made.
    for (const type of ["input", "change"]) input.addEventListener(type, (event) => event.stopPropagation());
    const open = () => {
      input.value = editor.getAttributes("link").href ?? "";
      input.removeAttribute("aria-invalid");
      why.hidden = true;
      remove.hidden = !editor.isActive("link");
      dom.hidden = false;
      input.focus();
      input.select();
    };
    return { dom, open, opener };
  };

  /* The address as a link can have it, or null: «boardroom.example/x», «post@lyngvaer.example» and https are understood. */
  const addressOf = (typed) => {
    const text = typed.trim();
    if (/^(https?:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+)/i.test(text) && !/\s/.test(text)) return text;
    if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
    if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)+([/?#]\S*)?$/u.test(text)) return `https://${text}`;
    return null;
  };
})();
