/* The agenda on one page. Every act is sent by htmx and answered with #agenda-page, which is morphed into the page:
     data-act          a link (GET), a button with formaction or a form (POST) that is answered in place
     data-still        on an element of the answer: what stands in the page is left as it is (the open row's form)
     data-focus        on #agenda-page: the element that has the focus after the act
   All requests of the page stand in one queue (hx-sync). Without this file the same links and forms load pages. */
(() => {
  const page = () => document.getElementById("agenda-page");
  if (!page()) return;

  const rowOf = (element) => element?.closest?.("tr[data-row]");
  const openRow = () => document.querySelector("tr[data-row][data-open]");
  const isField = (element) => element?.matches?.("input:not([type=checkbox], [type=file]), textarea, select, [contenteditable=true]") ?? false;
  const titleOf = () => document.getElementById("new-title");
  const say = (words) => { document.getElementById("agenda-said").textContent = words; };

  /* --- Sending --- */

  const send = (verb, url, values = {}) => {
    const open = openRow();
    const sent = open ? { ...values, open: open.dataset.row } : values;
    return window.htmx.ajax(verb, url, { source: page(), target: "#agenda-page", swap: "morph:outerHTML", values: sent });
  };

  const undone = []; // the ways back, the newest last

  const undo = () => {
    const way = undone.pop();
    if (!way) return say(page().dataset.nothing);
    return send("POST", way.url, { ...way.values, undoing: "1" });
  };

  const valuesOf = (form, submitter) => {
    const values = {};
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") values[name] = value;
    if (submitter?.name) values[submitter.name] = submitter.value;
    return values;
  };

  // What is typed between the key and the answer belongs to the next row, never to this one.
  const saveAndGo = (form, go) => {
    form.dataset.go = go;
    form.requestSubmit();
    form.inert = true;
    if (go === "new") titleOf().focus();
  };

  // A row that is being saved and left is not saved by itself too: that would wait in the queue for a form that is gone.
  document.addEventListener("htmx:confirm", (event) => {
    if (event.target.inert && event.detail.triggeringEvent?.type === "keep:save") event.preventDefault();
  });

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const form = detail.elt.closest?.(".row-form");
    if (!form || detail.verb !== "post" || !detail.path.endsWith(form.getAttribute("hx-post"))) return;
    if (detail.triggeringEvent?.type === "keep:save") {
      detail.parameters.seen = page().dataset.stamp;
    } else {
      detail.parameters.go = form.dataset.go ?? "";
      delete form.dataset.go;
    }
  });

  /* --- The answer: what is being written stays, the focus goes where the act ends --- */

  const { callbacks } = window.Idiomorph.defaults;
  const before = callbacks.beforeNodeMorphed;
  callbacks.beforeNodeMorphed = (old, fresh) => {
    if (fresh.nodeType === Node.ELEMENT_NODE) {
      if (fresh.hasAttribute("data-still")) {
        tell(old, fresh);
        return false;
      }
      // Editors and what is typed are the browser's; a refused row is answered with the same text.
      if (fresh.classList.contains("rich-still") && old.classList?.contains("rich-still")) return false;
      if (fresh.id === "new-title" && !fresh.hasAttribute("aria-invalid")) return false;
    }
    return before(old, fresh);
  };

  const tell = (row, fresh) => {
    for (const name of ["time", "label"]) {
      const place = row.querySelector?.(`#${name}-${fresh.dataset.row}`);
      if (place) place.textContent = fresh.dataset[name] ?? "";
    }
  };

  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    if (target.id !== "agenda-page" && detail?.target?.id !== "agenda-page") return;
    const way = document.getElementById("agenda-undo");
    if (way && !way.dataset.seen) {
      way.dataset.seen = "1";
      undone.push({ url: way.getAttribute("action"), values: valuesOf(way) });
    }
    goTo(page().dataset.focus);
    page().dataset.focus = "";
  });

  const goTo = (wanted) => {
    const element = wanted && document.getElementById(wanted);
    if (!element || element === document.activeElement) return;
    if (wanted === "new-title" && document.getElementById("add-row").contains(document.activeElement)) return; // the next is being written
    if (wanted.startsWith("open-") && openRow()?.contains(document.activeElement)) return;
    element.focus();
    if (element.matches("input[type=text], textarea, input[type=number]")) element.select();
    element.closest("tr, form")?.scrollIntoView({ block: "nearest" });
  };
  titleOf().removeAttribute("autofocus"); // done once; htmx would do it after every answer
  goTo(page().dataset.focus);

  const failed = ({ target, detail }) => {
    if (target.closest?.("[data-drop]") || [409, 422].includes(detail.xhr?.status)) return;
    const left = document.querySelector(".row-form[inert]");
    if (left) left.inert = false;
    if (detail.xhr?.status === 401 || (target.closest?.(".row-form") && detail.xhr?.status !== 404)) return; // keep.js says so
    putBack();
    const words = page().dataset.failed;
    if (!detail.xhr?.status) return say(words);
    window.htmx.ajax("GET", page().dataset.base, { source: page(), target: "#agenda-page", swap: "morph:outerHTML", values: openRow() ? { open: openRow().dataset.row } : {} })
      .then(() => say(words));
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);

  /* --- The add row: Enter adds, and the next title can be typed at once --- */

  const pending = []; // titles on their way
  const add = (form, kind, then) => {
    const field = titleOf();
    const title = field.value;
    if (kind !== "break" && kind !== "section" && !title.trim()) return field.focus();
    pending.push(title);
    field.value = "";
    field.focus();
    send("POST", form.getAttribute("action"), { title, ...(kind ? { kind } : {}), ...(then ? { then } : {}) });
  };
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr?.status && detail.pathInfo?.requestPath?.endsWith("/add/")) pending.shift();
  });
  const putBack = () => {
    const field = titleOf();
    const lost = pending.splice(0).filter(Boolean).join(" ");
    if (lost && field && !field.value) field.value = lost;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "add-row") {
      event.preventDefault();
      add(form, event.submitter?.value ?? "", "");
    } else if (form.matches("#agenda-page form[data-act]")) {
      event.preventDefault();
      if (form.id === "agenda-undo") undo();
      else send("POST", form.getAttribute("action"), valuesOf(form, event.submitter));
    }
  });

  /* --- Pressing: acts, and a row that is opened --- */

  const open = (url) => {
    const form = openRow()?.querySelector(".row-form");
    const pk = url.match(/rows\/(\d+)\/$/)?.[1];
    if (form && pk && !form.hasAttribute("data-keep-contested")) return saveAndGo(form, pk);
    return send("GET", url, {});
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const { target } = event;
    const close = target.closest("[data-close]");
    const act = target.closest("#agenda-page a[data-act], #agenda-page button[data-act]");
    if (close) {
      event.preventDefault();
      closeRow();
    } else if (act?.matches("a")) {
      event.preventDefault();
      if (/rows\/\d+\/$/.test(act.getAttribute("href"))) open(act.getAttribute("href"));
      else if (act.hasAttribute("data-cancel")) send("GET", page().dataset.base, { focus: `open-${act.closest("[data-ask]").dataset.ask}` });
      else leaveFor(act);
    } else if (act) {
      event.preventDefault();
      act.closest("details.menu")?.removeAttribute("open");
      send("POST", act.getAttribute("formaction"), act.name ? { [act.name]: act.value } : {});
    } else if (!target.closest("a, button, input, select, textarea, label, summary, details, .row-handle, .row-edit, .row-ask")) {
      const link = rowOf(target)?.querySelector(".row-open");
      if (link && !window.getSelection().toString()) open(link.getAttribute("href"));
    }
  });

  // A question about the open row is asked below the row as it is stored: what was typed goes first.
  const leaveFor = (link) => {
    link.closest("details.menu")?.removeAttribute("open");
    const form = link.closest(".row-form");
    const ask = () => window.htmx.ajax("GET", link.getAttribute("href"), { source: page(), target: "#agenda-page", swap: "morph:outerHTML" });
    if (!form) return send("GET", link.getAttribute("href"));
    saveAndGo(form, "");
    return ask(); // stands behind the save in the queue
  };

  const closeRow = () => {
    const row = openRow();
    if (!row) return;
    const form = row.querySelector(".row-form");
    if (form.hasAttribute("data-keep-contested")) window.htmx.ajax("GET", page().dataset.base, { source: page(), target: "#agenda-page", swap: "morph:outerHTML", values: { focus: `open-${row.dataset.row}` } });
    else saveAndGo(form, "close");
  };

  /* --- Keys --- */

  const move = (row, steps) => send("POST", `${page().dataset.base}rows/${row.dataset.row}/move/`, { steps });
  const links = () => [...document.querySelectorAll("#agenda-rows .row-open")];

  const keysInRow = (event, row) => {
    const { key, target } = event;
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) return move(row, key === "ArrowUp" ? -1 : 1) || true;
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const form = target.closest(".row-form");
    if (form && key === "Escape") return closeRow() || true;
    if (form && key === "Enter" && !event.shiftKey && target.matches('input:not([type=checkbox], [type=file]), textarea[name="title"], select')) {
      saveAndGo(form, form.elements.then.value === "new" ? "new" : "next");
      return true;
    }
    if (isField(target)) return false;
    if (key === "Delete") return row.querySelector("[data-remove]")?.click() ?? true;
    if (target.matches(".row-open") && (key === "ArrowUp" || key === "ArrowDown")) {
      const all = links();
      (all[all.indexOf(target) + (key === "ArrowUp" ? -1 : 1)] ?? (key === "ArrowDown" ? titleOf() : target)).focus();
      return true;
    }
    return false;
  };

  const keysInAdd = ({ key, altKey, target }) => {
    if (key === "Enter") return add(target.form, "", altKey ? "type" : "") || true;
    if (key === "ArrowUp" && !altKey) return links().at(-1)?.focus() ?? true;
    return false;
  };

  const takeQueued = (target) => {
    const chosen = target.closest?.("[data-case]") ?? document.querySelector("#agenda-queue [data-case]:hover");
    if (chosen) chosen.querySelector(".queue-take").click();
    else document.querySelector("#agenda-queue .queue-title")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || target.closest?.("dialog")) return;
    const row = rowOf(target);
    let isDone = false;
    if (row) isDone = keysInRow(event, row);
    else if (target.id === "new-title") isDone = keysInAdd(event);
    else if (key === "Escape" && target.closest?.(".row-ask")) isDone = target.closest(".row-ask").querySelector("[data-cancel]").click() ?? true;
    if (!isDone && !isField(target)) {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key.toLowerCase() === "z") isDone = undo() || true;
      else if (key.toLowerCase() === "a" && !event.ctrlKey && !event.metaKey && !event.altKey) isDone = takeQueued(target) ?? true;
    }
    if (isDone) event.preventDefault();
  });

  // Minutes and fixed times show their clock times while one types; keep.js saves, and the answer tells the times.
  let soon;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.(".row-form");
    if (!form || !target.matches('[name="minutes"]')) return;
    clearTimeout(soon);
    soon = setTimeout(() => {
      if (form.isConnected && target.checkValidity()) window.htmx.trigger(form, "keep:save");
    }, 350);
  });

  /* --- Dragging --- */

  const dragged = ({ item, oldIndex, newIndex }) => {
    if (oldIndex === newIndex) return;
    const above = previousRow(item), below = item.nextElementSibling?.closest("tr[data-row]");
    const place = above ? { after: above.dataset.row } : below ? { before: below.dataset.row } : { steps: 0 };
    send("POST", `${page().dataset.base}rows/${item.dataset.row}/move/`, place);
  };
  const previousRow = (item) => {
    let one = item.previousElementSibling;
    while (one && !one.dataset.row) one = one.previousElementSibling;
    return one;
  };
  const dropped = ({ item }) => {
    const above = previousRow(item), below = item.nextElementSibling?.closest("tr[data-row]");
    const place = above ? { after: above.dataset.row } : below ? { before: below.dataset.row } : {};
    const values = { case: item.dataset.case, ...place };
    item.remove();
    send("POST", `${page().dataset.base}take/`, values);
  };

  const held = new WeakSet();
  const prepare = () => {
    const rows = document.getElementById("agenda-rows"), queue = document.getElementById("agenda-queue");
    const shared = { handle: ".row-handle", animation: 120, direction: "vertical" };
    if (rows && !held.has(rows)) {
      held.add(rows);
      window.Sortable.create(rows, { ...shared, draggable: "tr[data-row]", group: { name: "agenda", put: true }, onUpdate: dragged, onAdd: dropped });
    }
    if (queue && !held.has(queue)) {
      held.add(queue);
      window.Sortable.create(queue, { ...shared, sort: false, group: { name: "agenda", pull: "clone", put: false } });
    }
  };
  document.addEventListener("htmx:afterSettle", prepare);
  prepare();

  /* --- Papers: dropped on the open row, or chosen --- */

  const upload = async (place, files) => {
    const papers = place.closest(".row-papers");
    for (const file of files) {
      const told = papers.isConnected ? papers : document.getElementById(papers.id);
      const words = `${page().dataset.uploading} ${file.name}`;
      const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
      bar.setAttribute("aria-label", words);
      const earlier = [...told.querySelectorAll(".paper-told .ds-validation-message")];
      told.querySelector(".paper-told").replaceChildren(...earlier, bar, ` ${words}`);
      await window.htmx.ajax("POST", place.dataset.drop, { source: told.querySelector("[data-drop]"), target: `#${papers.id}`, swap: "outerHTML", values: { upload: file } });
      const now = document.getElementById(papers.id)?.querySelector(".paper-told");
      if (now) now.prepend(...earlier);
    }
    document.getElementById(papers.id)?.querySelector("input")?.focus();
  };
  const notSent = ({ target }) => {
    const told = target.closest?.(".row-papers")?.querySelector(".paper-told");
    if (told) told.replaceChildren(Object.assign(document.createElement("p"), { className: "ds-validation-message", textContent: page().dataset.notSent }));
  };
  document.addEventListener("htmx:responseError", notSent);
  document.addEventListener("htmx:sendError", notSent);
  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    const bar = target.closest?.(".row-papers")?.querySelector("progress");
    if (bar && detail.lengthComputable && detail.total) bar.value = (100 * detail.loaded) / detail.total;
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.(".paper-upload") && target.files.length) upload(target.closest("[data-drop]"), [...target.files]);
  });

  const dropOf = (event) => event.dataTransfer?.types.includes("Files") && event.target.closest?.(".row-edit")?.querySelector("[data-drop]");
  document.addEventListener("dragover", (event) => {
    const place = dropOf(event);
    document.querySelectorAll("[data-drop].is-over").forEach((one) => one.classList.toggle("is-over", one === place));
    if (!place) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const place = dropOf(event);
    if (!place) return;
    event.preventDefault();
    place.classList.remove("is-over");
    upload(place, [...event.dataTransfer.files]);
  });
})();
