/* A menu is seen whole when it opens. It closes with Escape, which gives the focus back to its button, and when something else is pressed or reached. */
(() => {
  const open = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const had = menu.contains(document.activeElement);
      menu.open = false;
      if (had) menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches("details.menu[open]")) target.querySelector(".menu-body")?.scrollIntoView({ block: "nearest" });
  }, true);

  const closeOthers = ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
})();
