/* The command box of Ctrl+K (components/command_box.html). What it finds is shown by combobox.js; here it opens and closes. */
(() => {
  const box = () => document.getElementById("command");
  let before;

  // On a phone the box lies over the bar while it is used.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(".command-open");
    if (!opener || !box() || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    box().classList.add("is-open");
    box().q.focus();
  });

  document.addEventListener("focusin", ({ target, relatedTarget }) => {
    if (target !== box()?.q) return;
    if (relatedTarget && !box().contains(relatedTarget)) before = relatedTarget;
    target.select();
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target === box()?.q) box().classList.remove("is-open");
  });

  // Escape with the list closed (combobox.js takes the first one) leads back to where one was.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target !== box()?.q) return;
    event.target.value = "";
    event.target.blur();
    if (before?.isConnected) before.focus();
  });
})();
