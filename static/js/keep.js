/* Nothing typed is lost (reliability.md F1, F2, F18-F21). Whatever is typed in a form with data-keep="<key>" is in this
   browser's storage at once, under who typed it, the form's address and the key. A form with «keep:save» in its hx-trigger
   is saved by itself: 1 s after the last key, at least every 5 s, when it is left and when the page is hidden; such a
   request carries autosave=1. Answers say how it went in HX-Trigger: kept, unsaved or contested (boardroom/lib/kept.py).
   Attributes: data-keep-what (what the text is, in words), data-keep-show (a page that shows the form, else the page it
   was typed on), data-keep-sends (sent by its button and not answered, it is sent again by itself, as long as nobody
   types in it), data-keep-read (what is fetched into #<key> after the text was sent without its form),
   data-keep-contested (both texts stand in the form; nothing is sent before one is chosen). */
(() => {
  const list = document.getElementById("kept-list");
  const user = document.body.dataset.user;
  if (!list || !user) return;

  const say = list.dataset;
  const OWN = `boardroom-kept:${user}:`;
  const PAUSE = 1000, AT_LEAST = 5000, SLOW = 10000, TIMEOUT = 15000;
  const LEFT = 30000;
  const BACKOFF = [1000, 2000, 5000, 10000];
  const NEVER = new Set(["csrfmiddlewaretoken", "version", "autosave", "unanswered", "keep_receipt", "base", "choice"]);
  const tab = tabName();

  /* --- The storage: one entry for each form. What finds no room there is held in memory, and the page says so. --- */

  const homeless = new Map();

  function tabName() {
    try {
      return (sessionStorage.keptTab ??= `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`);
    } catch {
      return `${Math.random()}`;
    }
  }

  const read = (id) => {
    if (homeless.has(id)) return homeless.get(id);
    try {
      return JSON.parse(localStorage.getItem(id));
    } catch {
      return null;
    }
  };

  const write = (id, entry) => {
    try {
      localStorage.setItem(id, JSON.stringify(entry));
      homeless.delete(id);
    } catch {
      homeless.set(id, entry);
    }
  };

  const forget = (id) => {
    homeless.delete(id);
    try {
      localStorage.removeItem(id);
    } catch { /* nothing was kept there */ }
  };

  const entries = () => {
    const ids = new Set(homeless.keys());
    try {
      for (const id of Object.keys(localStorage)) if (id.startsWith(OWN)) ids.add(id);
    } catch { /* no storage */ }
    return [...ids].map((id) => ({ id, entry: read(id) })).filter(({ entry }) => entry)
      .sort((one, other) => one.entry.since - other.entry.since);
  };

  /* --- Forms --- */

  const addressOf = (form) => {
    const address = form.getAttribute("hx-post") ?? form.getAttribute("data-hx-post") ?? form.getAttribute("action");
    const url = new URL(address || location.href, location.href);
    return url.pathname + url.search;
  };
  const idOf = (form) => `${OWN}${addressOf(form)}:${form.dataset.keep}`;
  const isSaved = (form) => /keep:save/.test(form.getAttribute("hx-trigger") ?? form.getAttribute("data-hx-trigger") ?? "");
  const isContested = (form) => form.hasAttribute("data-keep-contested");
  const formOf = (id) => [...document.querySelectorAll("form[data-keep]")].find((form) => idOf(form) === id);
  const versionOf = (form) => form.elements.namedItem("version")?.value ?? null;

  const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && !NEVER.has(name) && form.elements.namedItem(name)?.type !== "password");

  const isUntouched = (form) => [...form.elements].every((field) =>
    field.type === "hidden" || !("defaultValue" in field) || (field.value === field.defaultValue && field.checked === field.defaultChecked));

  const capture = (form) => {
    const id = idOf(form), earlier = read(id), now = Date.now();
    const entry = {
      ...earlier,
      key: form.dataset.keep, what: form.dataset.keepWhat || document.title, action: addressOf(form),
      show: form.dataset.keepShow || location.pathname + location.search, read: form.dataset.keepRead || "",
      isSaved: isSaved(form), fields: fieldsOf(form), seq: (earlier?.seq ?? 0) + 1,
      version: earlier ? earlier.version : versionOf(form), since: earlier?.since ?? now, at: now, tab,
      why: "", wanted: false, unanswered: earlier?.unanswered ?? [],
    };
    write(id, entry);
    return id;
  };

  const editors = new WeakMap();
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea, editor));

  const put = (form, entry) => {
    const given = new Map();
    for (const [name, value] of entry.fields) given.set(name, [...(given.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || NEVER.has(field.name) || ["file", "password", "submit", "button"].includes(field.type)) continue;
      const values = given.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = !!values?.includes(field.value);
      else if (field.tagName === "SELECT" && field.multiple) {
        for (const option of field.options) option.selected = !!values?.includes(option.value);
      } else if (values?.length) {
        const value = values.shift();
        if (field.value === value) continue;
        field.value = value;
        editors.get(field)?.commands.setContent(value, { emitUpdate: false });
      }
    }
    for (const [name, values] of given) {
      if (form.elements.namedItem(name)) continue;
      for (const value of values) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    const version = form.elements.namedItem("version");
    if (version && entry.version !== null && !isContested(form)) version.value = entry.version;
  };

  const met = new WeakMap(); // the forms that were seen, and whether they held two texts then
  const meet = () => {
    for (const form of document.querySelectorAll("form[data-keep]")) {
      if (met.get(form) === isContested(form)) continue;
      met.set(form, isContested(form));
      if (isContested(form)) hearOfConflict(form);
      const id = idOf(form), entry = read(id);
      if (!entry || flights.has(id)) continue;
      if (JSON.stringify(fieldsOf(form)) !== JSON.stringify(entry.fields)) put(form, entry);
      if (isContested(form)) continue;
      if (entry.contested) write(id, { ...entry, contested: false }); // sent again, it meets the other text again
      if (isSaved(form) && !entry.why) plan(id, 0);
    }
    draw();
  };

  // Who was writing in the form is led to the choice; keys pressed now must choose nothing.
  const hearOfConflict = (form) => {
    const focus = document.activeElement;
    if (!focus || focus === document.body || form.contains(focus)) form.querySelector("[data-conflict-heading]")?.focus();
  };

  /* --- Sending: one at a time, in the order they were typed --- */

  const flights = new Map(); // id -> what is on its way
  const timers = new Map();
  const due = new Set();
  let link = "ok"; // or: offline, signed-out, somebody-else
  let tries = 0, probe = null, isSlow = false, savedAt = "", isSending = false, isToldSignedOut = false;

  const plan = (id, pause) => {
    clearTimeout(timers.get(id)?.handle);
    const begun = timers.get(id)?.begun ?? Date.now();
    const wait = Math.min(pause, Math.max(0, begun + AT_LEAST - Date.now()));
    timers.set(id, { begun, handle: setTimeout(() => { timers.delete(id); due.add(id); pump(); }, wait) });
  };

  const pump = () => {
    if (isSending || link !== "ok" || flights.size) return;
    const [id] = [...due].sort((one, other) => (read(one)?.since ?? 0) - (read(other)?.since ?? 0));
    if (!id) return;
    due.delete(id);
    const entry = read(id), form = formOf(id);
    if (!entry || entry.contested || (form && isContested(form))) return pump();
    if (!form) return sendAlone(id, entry);
    if (!isSaved(form) && !entry.wanted) return pump();
    isSending = true;
    window.htmx.trigger(form, isSaved(form) ? "keep:save" : "submit");
    isSending = false;
    if (!flights.has(id)) pump(); // htmx held it back, for example behind a save of the same form
  };

  const began = (id, entry, request) => {
    const slow = setTimeout(() => { isSlow = true; draw(); }, SLOW);
    flights.set(id, { request, seq: entry.seq, fields: entry.fields, slow });
    draw();
  };

  // From here on `answer` is {status, header(name)}; status 0 is no answer at all.
  const ended = (id, request, answer) => {
    const flight = flights.get(id);
    if (flight?.request !== request) return;
    clearTimeout(flight.slow);
    flights.delete(id);
    isSlow = false;
    const told = triggersOf(answer), entry = read(id);
    if (entry) {
      if (answer.status >= 200 && answer.status < 400) saved(id, entry, flight, told.kept);
      else failed(id, entry, flight, answer.status, told);
    }
    draw();
    setTimeout(pump); // after the answer has been swapped in
  };

  const triggersOf = (answer) => {
    try {
      return JSON.parse(answer.header("HX-Trigger") ?? "{}");
    } catch {
      return {};
    }
  };

  const saved = (id, entry, flight, kept) => {
    link = "ok";
    tries = 0;
    savedAt = kept?.at ?? clock();
    const form = formOf(id), field = form?.elements.namedItem("version");
    if (field && kept?.version != null) field.value = kept.version;
    if (entry.seq === flight.seq) return forget(id);
    write(id, { ...entry, version: kept?.version ?? entry.version, since: Date.now(), why: "", contested: false, unanswered: [] });
    plan(id, PAUSE);
  };

  const failed = (id, entry, flight, status, told) => {
    if (!entry.isSaved && entry.seq === flight.seq && formOf(id)?.hasAttribute("data-keep-sends")) {
      entry = { ...entry, wanted: [0, 401, 403, 429].includes(status) || status >= 500 };
      write(id, entry);
    }
    if (told.contested) return write(id, { ...entry, contested: true });
    if (told.unsaved) return write(id, { ...entry, why: told.unsaved.why });
    if (status === 401) return away("signed-out");
    if (status === 403 && !entry.asked) { // the word that goes with every form was changed by signing in elsewhere
      write(id, { ...entry, asked: true });
      return away("offline", 0);
    }
    if (status === 0 || status === 429 || status >= 500) {
      const unanswered = [...entry.unanswered, flight.fields].slice(-5);
      write(id, { ...entry, unanswered: status === 0 || status >= 502 ? unanswered : entry.unanswered,
        why: status === 500 ? say.error : "" });
      return away("offline");
    }
    if (status === 409 || status === 422) return write(id, { ...entry, why: say.form });
    write(id, { ...entry, why: say.gone });
  };

  const clock = () => new Date().toTimeString().slice(0, 8).replaceAll(":", ".");

  const away = (how, wait = BACKOFF[Math.min(tries, BACKOFF.length - 1)]) => {
    link = how;
    tries += 1;
    clearTimeout(probe);
    probe = setTimeout(ask, wait);
  };

  const waits = () => entries().some(({ id, entry }) => isToSend(id, entry) && !entry.contested && isHere(entry));
  const isToSend = (id, entry) => entry.isSaved || !!entry.wanted && !!formOf(id);
  const isHere = (entry) => entry.tab === tab;

  // Is the server there, and who is signed in? Asked only while something waits.
  async function ask() {
    clearTimeout(probe);
    if (!waits() && !isToldSignedOut) { link = "ok"; return draw(); }
    try {
      const answer = await fetch(say.sessionUrl, { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(SLOW) });
      if (answer.status === 401) away("signed-out");
      else if (!answer.ok) away("offline");
      else back(await answer.json());
    } catch {
      away("offline");
    }
    draw();
  }

  const back = (session) => {
    if (String(session.user) !== user) return away("somebody-else");
    renew(session.token);
    link = "ok";
    isToldSignedOut = false;
    tries = 0;
    for (const { id, entry } of entries()) {
      if (isToSend(id, entry) && !entry.contested && isHere(entry)) {
        if (entry.why === say.error) write(id, { ...entry, why: "" });
        due.add(id);
      }
    }
    pump();
  };

  const renew = (token) => {
    const headers = JSON.parse(document.body.getAttribute("data-hx-headers") ?? "{}");
    document.body.setAttribute("data-hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": token }));
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  };

  const token = () => JSON.parse(document.body.getAttribute("data-hx-headers") ?? "{}")["X-CSRFToken"];

  // A text whose form is not on this page: sent as the form would have sent it.
  const sendAlone = async (id, entry) => {
    began(id, entry, entry);
    const body = new URLSearchParams(entry.fields);
    if (entry.version !== null) body.set("version", entry.version);
    body.set("autosave", "1");
    if (entry.unanswered.length) body.set("unanswered", JSON.stringify(entry.unanswered));
    try {
      const answer = await fetch(entry.action, {
        method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token() }, signal: AbortSignal.timeout(TIMEOUT),
      });
      ended(id, entry, { status: answer.status, header: (name) => answer.headers.get(name) });
      if (answer.ok) readAgain(entry);
    } catch {
      ended(id, entry, { status: 0, header: () => null });
    }
    draw();
  };

  const readAgain = (entry) => {
    const place = document.getElementById(entry.key);
    window.htmx.trigger(document.body, "kept", { key: entry.key });
    if (!entry.read || !place || place.querySelector("form[data-keep]")) return;
    window.htmx.ajax("GET", entry.read, { target: place, swap: "outerHTML" });
  };

  /* --- What htmx sends for a form that is kept --- */

  const keptForm = (element) => element?.closest?.("form[data-keep]");

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const form = keptForm(detail.elt);
    if (!form || detail.verb !== "post" || addressOf(form) !== pathOf(detail.path)) return;
    if (!form.querySelector("input[type=file]")) detail.timeout = TIMEOUT;
    if (detail.triggeringEvent?.type === "keep:save") detail.parameters.autosave = "1";
    const entry = read(idOf(form));
    if (entry?.unanswered.length) detail.parameters.unanswered = JSON.stringify(entry.unanswered);
  });

  const pathOf = (path) => { const url = new URL(path, location.href); return url.pathname + url.search; };

  document.addEventListener("htmx:beforeSend", ({ detail: { elt, xhr, requestConfig } }) => {
    const form = keptForm(elt);
    const isOwn = form && (addressOf(form) === pathOf(requestConfig.path) || elt.closest("[data-keep-choice]"));
    if (!isOwn || requestConfig.verb !== "post") return;
    const id = idOf(form);
    const entry = read(id) ?? { seq: 0, fields: fieldsOf(form) };
    clearTimeout(timers.get(id)?.handle);
    timers.delete(id);
    began(id, entry, xhr);
    answers.set(xhr, id);
    xhr.addEventListener("loadend", () => window.afterPress(() => answered(xhr))); // where the form is gone, or there is no answer
  });
  // Before htmx sends what it held back meanwhile, which builds on the version in this answer.
  document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => answered(xhr));

  const answers = new WeakMap();
  const answered = (xhr) => {
    const id = answers.get(xhr);
    answers.delete(xhr);
    if (id) ended(id, xhr, { status: xhr.status, header: (name) => xhr.getResponseHeader(name) });
  };

  // Somebody pressed something that needs a session: where nothing is written, to the sign-in page; else it is said.
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig } }) => {
    if (xhr.status !== 401 || link !== "ok") return;
    if (entries().some(({ entry }) => isHere(entry)) || isWrittenIn()) {
      isToldSignedOut = true;
      away("signed-out");
      return draw();
    }
    if (!["click", "submit"].includes(requestConfig.triggeringEvent?.type)) return;
    location.assign(`${say.signInPage}?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
  const isWrittenIn = () => [...document.querySelectorAll("main textarea, main input:not([type=hidden])")].some(
    (field) => field.value !== field.defaultValue);
  document.addEventListener("htmx:load", meet);
  document.addEventListener("htmx:afterSettle", meet);

  // A form that stays on the page after it was taken is a new one.
  document.addEventListener("taken", ({ detail }) => {
    for (const field of document.querySelectorAll("input[name=form_token]")) {
      if (field.value === detail.token) field.value = detail.next;
    }
  });

  /* --- What the writer does --- */

  document.addEventListener("input", ({ target }) => {
    const form = keptForm(target.form ?? target);
    if (!form || !met.has(form)) return;
    const id = capture(form);
    if (isSaved(form) && !isContested(form)) plan(id, PAUSE);
    if (!isSaved(form) && isUntouched(form)) forget(id);
    draw();
  });
  document.addEventListener("change", ({ target }) => {
    const form = keptForm(target.form ?? target);
    if (form && JSON.stringify(read(idOf(form))?.fields ?? null) !== JSON.stringify(fieldsOf(form)) && met.has(form) && read(idOf(form))) capture(form);
  });
  // A form that is sent as a page of its own: the server says by a cookie that it took what had this receipt.
  document.addEventListener("submit", ({ target: form }) => {
    if (!form.matches?.("form[data-keep]")) return;
    const id = idOf(form), entry = read(id);
    if (!entry) return;
    const receipt = `${tab}${entry.seq}`;
    const field = form.elements.namedItem("keep_receipt") ?? form.appendChild(
      Object.assign(document.createElement("input"), { type: "hidden", name: "keep_receipt" }));
    field.value = receipt;
    write(id, { ...entry, receipt });
  });
  // A form that is only sent by its button, and is left by its link «Cancel»: what was typed was not meant.
  document.addEventListener("click", ({ target }) => {
    const form = keptForm(target.closest?.(".form-actions a"));
    if (form && !isSaved(form)) forget(idOf(form));
  });
  // Signing out: with something waiting the page says so first; what is nobody's text is cleared.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname !== say.signOutUrl) return;
    if (event.submitter?.hasAttribute("data-discard-kept")) for (const { id } of entries()) forget(id);
    if (!leaving && entries().length) {
      event.preventDefault();
      return location.assign(say.signOutUrl);
    }
    try {
      for (const name of Object.keys(localStorage)) if (!name.startsWith("boardroom-kept:")) localStorage.removeItem(name);
    } catch { /* no storage */ }
  });
  const [, receipt] = document.cookie.match(/(?:^|; )(?:__Host-)?kept=([^;]*)/) ?? [];
  if (receipt) for (const { id, entry } of entries()) if (entry.receipt === receipt) forget(id);
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const form = keptForm(target);
    if (!form || form.contains(relatedTarget) || !timers.has(idOf(form))) return;
    plan(idOf(form), 0);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const id of [...timers.keys()]) plan(id, 0);
    else if (link !== "ok") ask();
  });
  window.addEventListener("online", () => link !== "ok" && ask());
  window.addEventListener("focus", () => link !== "ok" && ask());
  window.addEventListener("storage", () => draw());
  window.addEventListener("beforeunload", (event) => { if (homeless.size) event.preventDefault(); });

  /* --- What the page says --- */

  const place = document.getElementById("saved-state") ?? madePlace();
  const said = document.getElementById("saved-said");
  let lastKind = "", drawn = "";

  const state = () => {
    const all = entries();
    const mine = all.filter(({ entry }) => isHere(entry));
    if (homeless.size) return ["full", say.full];
    if ((mine.length || isToldSignedOut) && link === "signed-out") return ["signed-out", say.signedOut, signInLink()];
    if (mine.length && link === "somebody-else") return ["somebody-else", say.somebodyElse];
    const contested = mine.find(({ id, entry }) => entry.contested && formOf(id));
    const refused = mine.find(({ id, entry }) => entry.why && (formOf(id) || entry.isSaved && !entry.contested));
    if (refused) return ["refused", say.refused.replace("{why}", refused.entry.why), againButton()];
    if (link === "offline" || isSlow) return ["offline", say.offline];
    if (contested) return ["contested", say.contested];
    if ([...flights.values()].length) return ["saving", say.saving];
    if (mine.some(({ id, entry }) => !entry.isSaved && formOf(id))) return ["local", say.local];
    if (savedAt) return ["saved", say.saved.replace("{time}", savedAt)];
    return ["", ""];
  };

  function madePlace() {
    const made = Object.assign(document.createElement("p"), { id: "saved-state", className: "saved-state", hidden: true });
    made.append(Object.assign(document.createElement("span"), {}));
    made.firstChild.dataset.savedWords = "";
    document.querySelector(".page-actions")?.append(made);
    return made;
  }

  const signInLink = () => Object.assign(document.createElement("a"), {
    className: "ds-link", href: say.signInUrl, target: "_blank", textContent: say.signIn,
  });
  const againButton = () => Object.assign(document.createElement("button"), {
    className: "link-button", type: "button", textContent: say.again, onclick: again,
  });
  const again = () => {
    for (const { id, entry } of entries().filter(({ entry }) => isHere(entry))) write(id, { ...entry, why: "", asked: false });
    tries = 0;
    link = "offline";
    ask();
  };

  // What is said takes room: nothing moves under a press.
  let isDrawn = true;
  const draw = () => {
    if (!isDrawn) return;
    isDrawn = false;
    window.afterPress(drawNow);
  };

  const drawNow = () => {
    isDrawn = true;
    const [kind, words, more] = state();
    if (drawn !== kind + words) { // drawn only when it changes: a link in it may be about to be pressed
      drawn = kind + words;
      place.hidden = !kind;
      place.dataset.state = kind;
      place.querySelector("[data-saved-words]").replaceChildren(words, ...(more ? [" ", more] : []));
    }
    document.dispatchEvent(new CustomEvent("keep:said", { detail: { kind, words, more } }));
    // A reader hears when it changes, not every time of day.
    const isCalm = (one) => one === "" || one === "local" || one === "saved" || one === "saving";
    if (kind !== lastKind && said && kind !== "saving" && !(isCalm(kind) && isCalm(lastKind))) said.textContent = words;
    if (kind !== "saving") lastKind = kind;
    drawList();
  };

  const leaving = document.querySelector("[data-sign-out-page]");

  // Another tab may be writing it at this moment; and what is under way here says so itself.
  const isLeft = (id, entry) => isHere(entry) ? !flights.has(id) && link === "ok" : Date.now() - entry.at > LEFT;
  setInterval(() => draw(), LEFT);

  const drawList = () => {
    const others = entries().filter(({ id, entry }) => !formOf(id) && (leaving || isLeft(id, entry)));
    for (const one of leaving?.querySelectorAll("[data-when-waiting]") ?? []) one.hidden = !others.length;
    list.hidden = !others.length;
    const heading = others.length === 1 ? say.one : say.many.replace("{count}", others.length);
    list.querySelector("h2").textContent = heading;
    const rows = list.querySelector("ul"), shown = JSON.stringify(others.map(({ id, entry }) => [id, entry.at, entry.why, entry.contested]));
    if (rows.dataset.shown === shown) return;
    rows.dataset.shown = shown;
    rows.replaceChildren(...others.map(({ id, entry }) => {
      const row = list.querySelector("template").content.cloneNode(true);
      row.querySelector(".kept-what").textContent = entry.what;
      row.querySelector(".kept-when").textContent = new Date(entry.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
      row.querySelector(".kept-why").textContent = entry.contested ? say.contested : entry.why ? say.refused.replace("{why}", entry.why) : "";
      row.querySelector("[data-kept-act=show]").href = entry.show;
      const send = row.querySelector("[data-kept-act=send]");
      send.hidden = !entry.isSaved || !!entry.contested;
      send.addEventListener("click", () => { write(id, { ...entry, why: "", tab }); due.add(id); ask(); });
      row.querySelector("[data-kept-act=discard]").addEventListener("click", () => { forget(id); draw(); });
      return row;
    }));
  };

  /* --- The start: what this tab had not sent goes on by itself; the rest is listed --- */
  for (const { id, entry } of entries()) if (isHere(entry) && entry.isSaved && !entry.why && !entry.contested) due.add(id);
  if (due.size) setTimeout(ask, 300);
  draw();
})();
