/* Keys that do what an element does, and the list of them at «?».

`data-key="Alt+N"` (or `F6`, `Ctrl+K`, `?`, or one after the other: `G D`) presses the element, or focuses it where it is a
field; the first one that can be seen. `data-key-scope="#queue"` asks for the focus to be inside. Keys without Ctrl or Alt do
nothing while one writes, and nothing at all where the reader turned single keys off: then `<html data-single-keys="off">`,
which a page's own script must heed too. Keys that such a script handles are told of in
`<dl hidden data-keys="Heading"><dt>Alt+↑</dt><dd>Move the row up</dd></dl>`. `data-key-label` names an element in the list. */
(() => {
  const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
  const NAMES = { "↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight", Esc: "Escape", Del: "Delete", Space: " " };
  const ON_MAC = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };
  const FIELD = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select";
  const STORE = "single-keys";
  const WAIT = 1500;
  let typed = [];
  let last = 0;

  const steps = (text) => text.trim().split(/\s+/);
  const parts = (step) => (step === "+" ? ["+"] : step.split("+"));
  const isSingle = (text) => steps(text).some((step) => parts(step).length === 1 && step.length === 1);
  const isOff = () => document.documentElement.dataset.singleKeys === "off";
  const isWriting = (target) => Boolean(target.closest?.(FIELD) || target.isContentEditable);

  const fits = (event, step) => {
    const wanted = parts(step);
    const key = wanted.pop();
    const ctrl = event.ctrlKey || (IS_MAC && event.metaKey);
    if (wanted.includes("Ctrl") !== ctrl || wanted.includes("Alt") !== event.altKey) return false;
    const isLetter = /^[A-ZÆØÅ]$/.test(key);
    if ((isLetter || key.length > 1) && wanted.includes("Shift") !== event.shiftKey) return false;
    if (isLetter) return event.key.toUpperCase() === key || (event.altKey && event.code === `Key${key}`);
    return event.key === (NAMES[key] ?? key) || (event.altKey && event.code === `Digit${key}`);
  };

  const canBePressed = (element) => {
    const modal = document.querySelector("dialog:modal");
    if (modal && !modal.contains(element)) return false;
    if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) return false;
    const scope = element.dataset.keyScope;
    return !scope || Boolean(document.activeElement?.closest(scope));
  };

  const press = (element) => {
    if (element.matches(FIELD)) element.focus();
    else element.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    if (event.timeStamp - last > WAIT) typed = [];
    last = event.timeStamp;
    typed = [...typed.slice(-1), event];
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key));
    if (isPlain && isWriting(event.target)) return (typed = []);
    for (const element of document.querySelectorAll("[data-key]")) {
      const wanted = steps(element.dataset.key);
      const were = typed.slice(-wanted.length);
      if (were.length < wanted.length || !wanted.every((step, place) => fits(were[place], step))) continue;
      if ((isOff() && isSingle(element.dataset.key)) || !canBePressed(element)) continue;
      event.preventDefault();
      typed = [];
      return press(element);
    }
  });

  /* The list */
  const make = (tag, values = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const keys = (text) =>
    steps(text).flatMap((step, place) => [
      ...(place ? [" "] : []),
      ...parts(step).flatMap((part) => [make("kbd", { className: "key" }, (IS_MAC && ON_MAC[part]) || part)]),
    ]);
  const nameOf = (element) =>
    element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent.trim().replace(/\s+/g, " ");

  const plain = (key) => steps(key.replaceAll("+", " ")).join(" ");

  const group = (heading, rows) => {
    const list = make("dl", { className: "keys-list" });
    const seen = new Set();
    for (const [key, name] of rows) {
      if (seen.has(key + name)) continue;
      seen.add(key + name);
      list.append(make("div", {}, make("dt", {}, ...keys(key)), make("dd", {}, name)));
    }
    return [make("section", {}, make("h3", { className: "ds-heading" }, heading), list)];
  };

  const fill = (dialog) => {
    const lists = document.getElementById("keys-lists");
    const all = [...document.querySelectorAll("[data-key]")].filter((one) => !one.closest("dialog") && one.checkVisibility());
    const rows = (those) => those.map((one) => [one.dataset.key, nameOf(one)]);
    const isFrame = (one) => Boolean(one.closest("header.bar"));
    const own = [...document.querySelectorAll("dl[data-keys]")];
    const listed = new Set(own.flatMap((list) => [...list.querySelectorAll("dt")].map((dt) => plain(dt.textContent))));
    const here = rows(all.filter((one) => !isFrame(one) && !listed.has(plain(one.dataset.key))));
    const told = own.flatMap((list) =>
      group(list.dataset.keys, [...list.querySelectorAll("dt")].map((dt) => [dt.textContent, dt.nextElementSibling.textContent.trim()])));
    const nothing = here.length || told.length ? [] : [make("p", { className: "second-line" }, lists.dataset.nothing)];
    lists.replaceChildren(...told, ...(here.length ? group(dialog.dataset.here, here) : []), ...nothing,
      ...group(dialog.dataset.everywhere, rows(all.filter(isFrame))));
    document.getElementById("keys-single").checked = !isOff();
  };

  document.addEventListener("click", ({ target }) => {
    const dialog = document.getElementById("keys-dialog");
    if (target === dialog) dialog.close(); // beside the box
    if (!target.closest?.("#keys-button") || !dialog) return;
    fill(dialog);
    dialog.showModal();
  });

  const remember = (choice) => {
    document.documentElement.dataset.singleKeys = choice;
    try { localStorage.setItem(STORE, choice); } catch { /* Kept until the page is left. */ }
  };
  document.addEventListener("change", ({ target }) => {
    if (target.id === "keys-single") remember(target.checked ? "on" : "off");
  });
  try { document.documentElement.dataset.singleKeys = localStorage.getItem(STORE) ?? "on"; } catch { /* As if on. */ }

  const tell = (root) => {
    for (const element of root.querySelectorAll("[data-key]:not([data-key-scope])")) {
      if (steps(element.dataset.key).length === 1)
        element.setAttribute("aria-keyshortcuts", element.dataset.key.replace("Ctrl", IS_MAC ? "Meta" : "Control"));
    }
    for (const shown of root.querySelectorAll("[data-key-shown]")) if (IS_MAC) shown.replaceChildren(...keys(shown.dataset.keyShown));
  };
  document.getElementById("keys-button")?.removeAttribute("hidden");
  tell(document);
  document.addEventListener("htmx:load", ({ detail: { elt } }) => elt.querySelectorAll && tell(elt));
})();
