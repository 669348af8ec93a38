/* No press is lost to what htmx puts into the page. A press that begins on one element and ends on another is no click, so
   nothing moves while a button is held down or something is dragged: answers wait until the press has been delivered, and the
   page's own changes do with `afterPress(act)`. An answer whose place was replaced by another one meanwhile goes into the
   element that bears its name now. */
(() => {
  const LONGEST = 3000, AFTER_TOUCH = 120; // a touch is a click a moment after the finger is lifted
  let waiting = null; // what waits, while a button is held down
  let isDragged = false, timer = 0;

  const hold = () => {
    waiting ??= [];
    clearTimeout(timer);
    if (!isDragged) timer = setTimeout(deliver, LONGEST);
  };
  const release = (wait = 0) => {
    if (!waiting) return;
    isDragged = false;
    clearTimeout(timer);
    timer = setTimeout(deliver, wait);
  };
  const deliver = () => {
    const acts = waiting ?? [];
    waiting = null;
    for (const act of acts) queueMicrotask(act);
  };
  window.afterPress = (act) => { if (waiting) waiting.push(act); else act(); };

  const on = (type, act) => addEventListener(type, act, { capture: true, passive: true });
  on("pointerdown", ({ button, isPrimary }) => { if (isPrimary && button === 0) hold(); });
  on("pointerup", ({ pointerType }) => release(pointerType === "mouse" ? 0 : AFTER_TOUCH));
  on("pointercancel", () => { if (!isDragged) release(); });
  on("pointermove", ({ buttons, pointerType }) => { if (!buttons && pointerType === "mouse") release(); }); // let go elsewhere
  on("dragstart", () => { isDragged = true; hold(); });
  on("drop", () => release());
  on("dragend", () => release());
  on("blur", ({ target }) => { if (target === window) release(); });

  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const { xhr } = detail, take = xhr.onload;
    xhr.onload = () => window.afterPress(() => {
      const { target } = detail;
      if (!target.isConnected && target.id) detail.target = document.getElementById(target.id) ?? target;
      take.call(xhr);
    });
  });
})();
