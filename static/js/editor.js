/* What the rich text editor lacks: a name for the editing area, words in the reader's language, and life after htmx. */
(() => {
  const words = {};
  const before = window.gettext;
  window.gettext = (word) => words[word] ?? (before ? before(word) : word);

  const learn = (root) => {
    for (const textarea of root.querySelectorAll("textarea[data-editor-words]")) {
      Object.assign(words, JSON.parse(textarea.dataset.editorWords));
    }
  };

  const labelOf = (textarea) => textarea.id && document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);

  const nameButtons = (area) => {
    const toolbar = area.closest(".prose-editor")?.querySelector(".prose-menubar");
    if (!toolbar) return;
    for (const button of toolbar.querySelectorAll("[data-name]")) {
      const word = words[button.dataset.name];
      if (!word) continue;
      const text = button.firstElementChild;
      if (button.classList.contains("prose-menubar__option") && text) text.textContent = word;
      else if (button.classList.contains("material-icons")) button.setAttribute("aria-label", word);
      else button.textContent = word;
      button.title = word;
    }
    // The kind of paragraph that is chosen is shown by a copy, made before the buttons had their words.
    for (const shown of toolbar.querySelectorAll("[title]")) shown.title = words[shown.title] ?? shown.title;
  };

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    learn(document);
    const area = editor.view.dom;
    const label = labelOf(textarea);
    area.setAttribute("role", "textbox");
    area.setAttribute("aria-multiline", "true");
    area.setAttribute("aria-label", textarea.getAttribute("aria-label") || label?.firstChild.textContent.trim() || "");
    const described = textarea.getAttribute("aria-describedby");
    if (described) area.setAttribute("aria-describedby", described);
    label?.addEventListener("click", () => editor.commands.focus());
    // The toolbar is made when the editor has been created, which may be now or a moment later.
    nameButtons(area);
    editor.on("create", () => {
      nameButtons(area);
      // A block that was just opened is to be written in; the focus was lost with the button that opened it.
      if (document.activeElement === document.body && area.closest(".block.is-open")) editor.commands.focus("end");
    });
  });

  learn(document);

  document.addEventListener("htmx:load", async ({ detail: { elt } }) => {
    const areas = elt.querySelectorAll ? elt.querySelectorAll("textarea[data-django-prose-editor-configurable]") : [];
    if (!areas.length) return;
    learn(elt);
    const { createEditor } = await import("django-prose-editor/configurable");
    for (const textarea of areas) createEditor(textarea);
  });
})();
