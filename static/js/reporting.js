/* What is said of a follow-up: the sentence of the chosen way is written while the text is still that sentence, or empty.
   Without this script the server writes it when an empty text is saved. */
(() => {
  const wrap = (text, words) => {
    const paragraph = document.createElement("p");
    const [before, after] = text.split("{what}");
    paragraph.append(before);
    if (after !== undefined) paragraph.append(named(words), after);
    return paragraph.outerHTML;
  };

  const named = (words) => {
    if (!/^https?:\/\//.test(words)) return words;
    const link = document.createElement("a");
    link.href = words;
    link.textContent = words;
    return link;
  };

  // A case is named by its number, a meeting by its day: what stands first in the choice.
  const words = (field) => {
    if (!field) return "";
    if (field.tagName !== "SELECT") return field.value.trim();
    return field.value ? field.selectedOptions[0].text.split(field.name === "case_here" ? " " : " (")[0] : "";
  };

  const sentence = (ways) => {
    if (!ways.value) return "";
    const field = ways.form.querySelector(`.unfold-${ways.value} :is(input, select)`);
    const what = words(field);
    const text = (what && ways.getAttribute(`data-named-${ways.value}`)) || ways.getAttribute(`data-plain-${ways.value}`);
    return text.includes("{what}") && !what ? "" : wrap(text, what);
  };

  const bare = (text) => text.replace(/\s+/g, " ").trim();
  const plain = (html) => bare(new DOMParser().parseFromString(html, "text/html").body.textContent);
  const written = new WeakMap();
  const remember = (ways) => written.set(ways.form, plain(sentence(ways)));
  document.querySelectorAll("[data-ways]").forEach(remember);

  document.addEventListener("input", ({ target }) => {
    const ways = target.form?.querySelector("[data-ways]");
    const editor = ways?.form.elements.namedItem("resolution")?.editor;
    if (!editor || (target !== ways && !target.closest(".unfold"))) return;
    const said = bare(editor.getText());
    if (said && said !== written.get(ways.form)) return;
    remember(ways);
    editor.commands.setContent(sentence(ways), { emitUpdate: true });
  });
})();
