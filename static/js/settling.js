/* Settling remarks by key: from one to the next, what becomes of it, its answer, and the text beside (blocks.js).
   Keys: J and K next and previous, N the next unsettled, 1 to 4 what becomes of it, A its answer, E the text. With Alt, 1 to 4
   also while one writes. What is sent goes through the remark's own form, so every act is there without this script. */
(() => {
  const page = document.querySelector("[data-settling]");
  if (!page) return;

  const FIELD = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
  const offered = document.getElementById("answers-offered");
  const said = document.getElementById("settling-said");
  const all = () => [...page.querySelectorAll(".settle")];
  const isUnsettled = (remark) => remark.hasAttribute("data-unsettled");
  let currentId = "";

  const current = () => {
    const focused = document.activeElement;
    const here = focused?.closest?.(".settle");
    if (here) return here;
    const known = document.getElementById(currentId);
    const place = focused?.closest?.("[data-place]");
    if (place && !place.contains(known)) return place.querySelector(".settle[data-unsettled]") ?? place.querySelector(".settle");
    return known;
  };

  const mark = (remark) => {
    if (!remark || remark.id === currentId) return;
    currentId = remark.id;
    for (const one of all()) one.classList.toggle("is-current", one === remark);
  };

  const go = (remark) => {
    if (!remark) return;
    mark(remark);
    remark.classList.add("is-current");
    remark.focus({ preventScroll: true });
    remark.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const list = all(), at = list.indexOf(current());
    go(at < 0 ? list[0] : list[Math.min(Math.max(at + by, 0), list.length - 1)]);
  };

  // The next one that waits, after where one is, else from the top.
  const nextUnsettled = (from = current()) => {
    const list = all(), at = list.indexOf(from);
    return [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find(isUnsettled) ?? (from && isUnsettled(from) ? from : null);
  };

  const settle = (number) => {
    const button = current()?.querySelectorAll(".settle-act")[number - 1];
    if (!button) return false;
    const again = button.closest("details.settle-again");
    if (again) again.open = true;
    button.click();
    return true;
  };

  const answer = () => {
    const remark = current(), again = remark?.querySelector("details.settle-again"), fold = remark?.querySelector("details.answer-fold");
    if (!fold) return false;
    if (again) again.open = true;
    fold.open = true;
    fold.querySelector("textarea").focus();
    return true;
  };

  const edit = () => {
    const place = current()?.closest("[data-place]");
    mark(current());
    const fold = place?.querySelector(".settling-text details.more-fields");
    const link = place?.querySelector(".settling-text [data-edit][hx-get]");
    if (!link) return false;
    if (fold?.contains(link)) fold.open = true;
    link.closest(".block").focus(); // from where blocks.js takes it into the editor
    link.click();
    return true;
  };

  const PRESSES = { j: () => step(1) ?? true, k: () => step(-1) ?? true, n: () => go(nextUnsettled()) ?? true, a: answer, e: edit };

  document.addEventListener("keydown", (event) => {
    const { target, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.defaultPrevented || event.isComposing || ctrlKey || metaKey || shiftKey || event.getModifierState("AltGraph")) return;
    if (event.repeat && !/^[jk]$/.test(event.key)) return;
    if (document.querySelector("dialog:modal") || target.closest?.("details.menu[open]")) return;
    const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
    const isOff = document.documentElement.dataset.singleKeys === "off";
    const isWriting = Boolean(target.closest?.(FIELD) || target.isContentEditable);
    if (!altKey && (isOff || isWriting)) return;
    const done = digit ? settle(Number(digit)) : !altKey && PRESSES[event.key.toLowerCase()]?.();
    if (done) event.preventDefault();
  });

  page.addEventListener("focusin", ({ target }) => mark(target.closest(".settle")));

  document.addEventListener("click", (event) => {
    const next = nextUnsettled();
    if (!event.target.closest("[data-next-unsettled]") || !next) return;
    event.preventDefault();
    go(next);
  });

  // One press settles and leads on. What an answer refused stays where it is.
  document.addEventListener("settled", ({ detail }) => {
    const done = document.getElementById(`remark-${detail.remark}`);
    const state = document.getElementById("settling-state");
    if (said) said.textContent = state?.querySelector(".settling-count")?.textContent ?? "";
    const next = nextUnsettled(done);
    if (next && next !== done) return go(next);
    mark(done);
    state?.focus({ preventScroll: true });
    state?.scrollIntoView({ block: "nearest" });
  });

  // What was changed since the draft is read anew when the form of the text was closed.
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const block = target.id?.startsWith("block-") ? document.getElementById(target.id) : null;
    if (!block || block.matches(".is-open")) return;
    const changed = block.closest("[data-place]")?.querySelector("[data-changed]");
    if (changed) window.htmx.trigger(changed, "settling:read");
  });

  /* --- Answers often used, offered where one answers --- */

  document.addEventListener("toggle", ({ target }) => {
    if (!offered?.children.length || !target.matches?.("details.answer-fold") || !target.open) return;
    offered.hidden = false;
    target.append(offered);
  }, true);

  offered?.addEventListener("click", ({ target }) => {
    const chip = target.closest("[data-answer]"), field = chip?.closest(".answer-fold")?.querySelector("textarea");
    if (!field) return;
    field.value = [field.value.trim(), chip.textContent.trim()].filter(Boolean).join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // What the browser kept of an answer is seen.
  const unfold = () => {
    for (const fold of page.querySelectorAll("details.answer-fold:not([open])")) if (fold.querySelector("textarea").value) fold.open = true;
  };
  addEventListener("load", () => {
    setTimeout(unfold);
    const named = location.hash.startsWith("#remark-") && document.getElementById(location.hash.slice(1));
    if (named) go(named);
  });
})();
