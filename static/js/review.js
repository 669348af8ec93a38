/* The draft on a member's telephone: a remark is written under its block, kept at every key (keep.js), and all that is
   written is sent together from the bar. Without this file the fields open as any details element, and the bar sends them. */
(() => {
  const review = () => document.getElementById("review");
  const bar = () => document.getElementById("answer");
  const spots = () => [...(review()?.querySelectorAll("details.spot") ?? [])];
  const fieldOf = (spot) => spot.querySelector("textarea");
  const written = () => spots().filter((spot) => fieldOf(spot).value.trim());
  const counted = (one, many, count) => (count === 1 ? one : many.replace("{count}", count));
  let told = { kind: "", words: "" };

  /* --- Fields --- */

  const ready = () => {
    const root = review();
    if (!root || root.dataset.live) return;
    root.dataset.live = "yes";
    for (const button of root.querySelectorAll("[data-spot-delete], [data-spot-done]")) button.hidden = false;
    draw();
  };

  const close = (spot) => {
    spot.open = false;
    spot.querySelector("summary").focus();
  };

  const show = (spot) => {
    spot.open = true;
    fieldOf(spot).focus();
    spot.closest("[data-spot]").scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const { target } = event;
    const spot = target.closest?.("details.spot");
    if (target.closest?.("summary.spot-open") && !spot.open) { // at once: a telephone shows its keys for nothing later
      event.preventDefault();
      show(spot);
    }
    if (target.closest?.("[data-spot-done]")) close(spot);
    if (target.closest?.("[data-spot-delete]")) {
      empty(spot);
      close(spot);
    }
    if (target.closest?.("[data-see-all]")) seeAll();
    const link = target.closest?.("[data-show-spot]");
    if (link) show(document.getElementById(link.dataset.showSpot).closest("details.spot"));
    // What is deleted here is deleted here: the browser keeps it no longer.
    if (target.closest?.("[data-drop]")) for (const one of written()) empty(one);
    if (target.closest?.("[data-go-on]")) location.reload();
  }, { capture: true });

  document.addEventListener("keydown", (event) => {
    const spot = event.target.closest?.("details.spot");
    if (event.key === "Escape" && spot?.open && event.target.matches("textarea")) close(spot);
  });

  const empty = (spot) => {
    fieldOf(spot).value = "";
    fieldOf(spot).dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("input", ({ target }) => target.form && target.form === bar() && draw());
  document.addEventListener("toggle", ({ target }) => target.matches?.("details.spot") && draw(), { capture: true });

  /* --- What the page says of them --- */

  const draw = () => {
    for (const spot of spots()) {
      const text = fieldOf(spot).value.trim(), draft = spot.nextElementSibling;
      spot.closest("[data-spot]").classList.toggle("is-writing", spot.open);
      spot.querySelector(".spot-kept").hidden = !text || told.kind === "full";
      draft.hidden = !text || spot.open;
      draft.querySelector("[data-spot-text]").textContent = text;
    }
    drawBar();
  };

  const drawBar = () => {
    const form = bar();
    if (!form) return;
    const list = written(), count = list.length, say = form.dataset, words = form.querySelector("[data-bar-words]");
    const none = form.querySelector("[data-no-remarks]"), send = form.querySelector("[data-send]");
    if (words) {
      words.textContent = count ? counted(say.oneWritten, say.manyWritten, count) : "";
      words.parentElement.hidden = !words.textContent;
      send.hidden = !count;
      send.textContent = counted(say.sendOne, say.sendMany, count);
      if (none) none.toggleAttribute("data-variant", false);
      if (none && count) none.dataset.variant = "secondary";
      form.querySelector("[data-see-all]").hidden = !count;
      form.querySelector("[data-bar-late]")?.toggleAttribute("hidden", !count);
      if (!count) closeAll();
      else if (!form.querySelector("#written-list").hidden) fill(list);
    }
    const isAway = ["offline", "signed-out", "somebody-else", "full", "refused"].includes(told.kind);
    const said = form.querySelector("[data-bar-said]");
    said.hidden = !isAway || !count;
    said.replaceChildren(told.words, ...(told.more?.matches?.("a") ? [" ", told.more.cloneNode(true)] : []));
    form.hidden = !count && !none && !form.querySelector(".bar-question");
  };

  const closeAll = () => {
    bar().querySelector("#written-list").hidden = true;
    bar().querySelector("[data-see-all]").setAttribute("aria-expanded", "false");
  };

  const seeAll = () => {
    const list = bar().querySelector("#written-list");
    list.hidden = !list.hidden;
    bar().querySelector("[data-see-all]").setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) fill(written());
  };

  const fill = (found) => bar().querySelector("#written-list").replaceChildren(...found.map((spot) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
    button.dataset.showSpot = fieldOf(spot).id;
    button.textContent = `${spot.dataset.where}: «${fieldOf(spot).value.trim().slice(0, 60)}»`;
    const row = document.createElement("li");
    row.append(button);
    return row;
  }));

  document.addEventListener("keep:said", ({ detail }) => {
    told = detail;
    draw();
  });

  /* --- After an answer --- */

  document.addEventListener("htmx:afterSettle", () => {
    const root = review();
    if (!root || root.dataset.live) return;
    ready();
    if (root.dataset.said) document.getElementById("review-said").textContent = root.dataset.said;
    const place = root.querySelector("[data-focus], [aria-invalid=true]");
    place?.focus();
    place?.scrollIntoView({ block: "center" });
  });

  addEventListener("DOMContentLoaded", ready);
  addEventListener("pageshow", () => setTimeout(draw));
  ready();
})();
