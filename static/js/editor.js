/* The rich text editor as the product has it: its own toolbar, keys as in a word processor, what is pasted cleaned,
   a name for the editing area, and life after htmx. A textarea's editor is `textarea.editor`. */
(() => {
  const SELECTOR = "textarea[data-django-prose-editor-configurable]";
  const editors = new Map();

  const labelOf = (textarea) => textarea.id && document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);

  const nameOf = (textarea) => {
    const said = textarea.getAttribute("aria-label");
    return said || labelOf(textarea)?.firstChild.textContent.trim() || "";
  };

  const attributesOf = (textarea) => {
    const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": nameOf(textarea), spellcheck: "true", translate: "no" };
    // The text is in the language of the board; the page around it is in the reader's.
    const lang = textarea.lang || textarea.closest("[data-document-lang]")?.dataset.documentLang || document.documentElement.lang;
    if (lang) attributes.lang = lang;
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
    }
    return attributes;
  };

  // Keys

  /* Ctrl+K makes a link of what is selected; with nothing selected it is the page's, and opens its command box. */
  const isCommandKey = (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
  const isLinkable = (editor) => {
    editor.view.domObserver.flush(); // keys follow faster than the browser tells of what they selected
    return !editor.state.selection.empty || editor.isActive("link");
  };

  const keys = (editor, tools) => (view, event) => {
    const hasControl = event.ctrlKey || event.metaKey;
    if (event.altKey && event.key === "F10") {
      tools.focus();
      return true;
    }
    if (isCommandKey(event)) {
      event.stopPropagation();
      tools.link.open();
      return true;
    }
    // The first item of a list has nothing to be put under; Tab must not leave the text by surprise there.
    if (event.key === "Tab" && !event.shiftKey && !hasControl && editor.isActive("listItem") && !editor.isActive("table")) {
      editor.commands.sinkListItem("listItem");
      return true;
    }
    return false;
  };

  // What is pasted or dropped

  const pasting = (editor, words, say) => {
    let isAgain = false;
    const tell = (left) => say(left.map((one) => words[`left:${one}`]).filter(Boolean));

    return {
      transformPastedHTML: (html) => {
        // From this editor itself, or made of plain text a moment ago.
        if (isAgain || /data-pm-slice/.test(html)) return html;
        const { html: clean, left } = window.cleanPaste.fromHtml(html);
        tell(left);
        return clean;
      },
      handlePaste: (view, event) => {
        if (isAgain) return false;
        const data = event.clipboardData;
        const text = data?.getData("text/plain") ?? "";
        const html = data?.getData("text/html") ?? "";
        if (!text && !html) return refuseFiles(data, tell);
        const isPlain = !html || (view.input?.shiftKey && view.input.lastKeyCode !== 45);
        if (!isPlain) return false;
        // A word or a line goes into the sentence as it is.
        if (!/\n/.test(text.trim())) return false;
        isAgain = true;
        try {
          view.pasteHTML(window.cleanPaste.fromText(text).html, event);
        } finally {
          isAgain = false;
        }
        return true;
      },
      handleDrop: (view, event) => refuseFiles(event.dataTransfer, tell),
    };
  };

  const refuseFiles = (data, tell) => {
    if (!data?.files.length) return false;
    tell([[...data.files].some((file) => file.type.startsWith("image/")) ? "images" : "files"]);
    return true;
  };

  // The server's own word on what it left out of a text that was saved
  document.addEventListener("left-out", ({ detail: { key, what } }) => {
    const form = [...document.querySelectorAll("form[data-keep]")].find((one) => one.dataset.keep === key);
    const place = form?.querySelector(".editor-said") ?? document.getElementById("refusals");
    if (place) place.textContent = what;
  });

  // The keys, for the page's list of them

  const listKeys = (words) => {
    if (document.getElementById("editor-keys")) return;
    const list = Object.assign(document.createElement("dl"), { id: "editor-keys", className: "key-list", hidden: true });
    list.dataset.keys = words["keys"];
    for (const [key, name] of KEYS) {
      const term = Object.assign(document.createElement("dt"), { textContent: key });
      list.append(term, Object.assign(document.createElement("dd"), { textContent: words[name] }));
    }
    document.querySelector("main")?.append(list);
  };
  const KEYS = [
    ["Ctrl B", "bold"], ["Ctrl I", "italic"], ["Ctrl Shift 8", "bulletList"], ["Ctrl Shift 7", "orderedList"],
    ["Tab", "keys:in"], ["Shift Tab", "keys:out"], ["Ctrl K", "keys:link"], ["Ctrl Shift V", "keys:plain"],
    ["Ctrl Z", "undo"], ["Alt F10", "keys:toolbar"], ["Esc", "keys:back"],
  ];

  // Life

  const dress = (editor, textarea) => {
    const words = JSON.parse(textarea.dataset.editorWords);
    const area = editor.view.dom;
    const frame = area.closest(".prose-editor");
    const tools = window.editorToolbar(editor, words);
    const said = Object.assign(document.createElement("p"), { className: "editor-said" });
    said.setAttribute("role", "status");
    const say = (sentences) => (said.textContent = sentences.join(" "));
    frame.prepend(tools.dom, tools.link.dom);
    frame.append(said);
    editor.setOptions({
      editorProps: {
        attributes: attributesOf(textarea),
        handleDOMEvents: { keydown: (_view, event) => isCommandKey(event) && !isLinkable(editor) },
        handleKeyDown: keys(editor, tools),
        ...pasting(editor, words, say),
      },
    });
    labelOf(textarea)?.addEventListener("click", () => editor.commands.focus());
    listKeys(words);
    textarea.editor = editor;
    editors.set(editor, textarea);
    // The editor is filled when it has been created, which may be now or a moment later.
    editor.on("create", () => focusNew(editor, textarea));
    textarea.dispatchEvent(new CustomEvent("editor:dressed", { bubbles: true, detail: { editor, toolbar: tools.dom } }));
  };

  /* A block that was just opened is to be written in; the focus was lost with the button that opened it. */
  const focusNew = (editor, textarea) => {
    const isLost = document.activeElement === document.body || document.activeElement === textarea;
    const isElsewhere = textarea.form?.querySelector("[autofocus]:not(textarea)");
    if (isLost && !isElsewhere && (textarea.autofocus || textarea.closest(".block.is-open"))) editor.commands.focus("end");
  };

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => dress(editor, textarea));

  const begin = async (root) => {
    const areas = [...root.querySelectorAll(SELECTOR)].filter((area) => !area.closest(".prose-editor") && !area.id.includes("__prefix__"));
    if (!areas.length) return;
    const { createEditor } = await import("django-prose-editor/configurable");
    for (const area of areas) createEditor(area);
  };

  /* An answer that was merged into the page may have taken the textarea out of its editor. */
  const sweep = () => {
    for (const [editor, textarea] of editors) {
      if (!editor.isDestroyed && editor.view.dom.isConnected && textarea.closest(".prose-editor")) continue;
      editors.delete(editor);
      if (!editor.isDestroyed) editor.destroy();
    }
  };

  for (const type of ["htmx:load", "htmx:afterSettle"]) {
    document.addEventListener(type, ({ target }) => {
      sweep();
      if (target.querySelectorAll) begin(document);
    });
  }
})();
