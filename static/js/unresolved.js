/* Case numbers that lead nowhere get a wavy line where they stand, read or being written. The numbers come from the
   warnings at the side ([data-unresolved]); the line is the browser's, never in the text. Older browsers show none. */
(() => {
  if (!window.CSS?.highlights || !window.Highlight) return;
  const NAME = "unresolved-number";
  let waiting = 0;

  const numbers = () => {
    const found = [...document.querySelectorAll("[data-unresolved]")].map((one) => one.dataset.unresolved).filter(Boolean);
    return [...new Set(found)].sort((one, other) => other.length - one.length);
  };

  const mark = () => {
    waiting = 0;
    const known = numbers();
    CSS.highlights.delete(NAME);
    if (!known.length) return;
    const escaped = known.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`(?<![\\p{L}\\d/-])(?:${escaped.join("|")})(?![\\d/])`, "gu");
    const highlight = new Highlight();
    for (const place of document.querySelectorAll("main .rich-text, main .ProseMirror")) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        for (const match of walker.currentNode.data.matchAll(pattern)) {
          const range = new StaticRange({
            startContainer: walker.currentNode, startOffset: match.index,
            endContainer: walker.currentNode, endOffset: match.index + match[0].length,
          });
          highlight.add(range);
        }
      }
    }
    CSS.highlights.set(NAME, highlight);
  };

  const soon = (delay) => {
    clearTimeout(waiting);
    waiting = setTimeout(mark, delay);
  };

  document.addEventListener("DOMContentLoaded", () => soon(0));
  document.addEventListener("htmx:afterSettle", () => soon(50));
  document.addEventListener("editor:dressed", ({ detail: { editor } }) => {
    soon(50);
    editor.on("update", () => soon(300));
  });
})();
