/* The fields inside an open block: wordings as chips, who voted what, follow-ups row by row. Without this script the same
   fields are sent as they are. */
(() => {
  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
  const named = (form, name) => form.elements.namedItem(name);
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

  /* --- Wordings of a decision: the kind at once, the text where none is written yet, or where a proposal stands untouched
     that is not decided after all --- */

  const NOT_DECIDED = ["postponed", "withdrawn", "rejected", "returned"];
  const isProposal = (chip, text) => {
    const bare = (words) => words.replace(/\s+/g, "");
    return NOT_DECIDED.includes(chip.dataset.kind) && bare(plain(chip.closest("[data-proposal]")?.dataset.proposal ?? "")) === bare(text);
  };

  const press = (chip) => {
    const form = chip.form;
    const all = [...form.querySelectorAll("[data-chips] .chip[data-kind]")];
    for (const one of all) one.setAttribute("aria-pressed", String(one === chip));
    const editor = named(form, "html").editor;
    const text = editor.getText().trim();
    if (!text || all.some((one) => plain(one.dataset.html) === text) || isProposal(chip, text)) editor.commands.setContent(chip.dataset.html, { emitUpdate: true });
    const kind = named(form, "kind");
    kind.value = chip.dataset.kind;
    const approves = named(form, "approves_minutes_of");
    if (chip.dataset.approvesOf && approves && !approves.value) {
      approves.value = chip.dataset.approvesOf;
      form.querySelector("[data-approves]").open = true;
    }
    tell(kind);
    editor.commands.focus("end");
  };

  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-chips] .chip[data-kind]");
    if (!chip || !named(chip.form, "html")?.editor) return;
    event.preventDefault();
    press(chip);
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-insert]");
    const editor = button?.closest(".block").querySelector("textarea[name=html]")?.editor;
    if (!editor) return;
    button.closest("[data-phrase-list]").hidden = true;
    editor.chain().focus().insertContent(button.dataset.insert).run();
  });

  // The toolbar says how the wordings are reached.
  document.addEventListener("editor:dressed", ({ target, detail: { toolbar } }) => {
    const list = target.closest(".block")?.querySelector("[data-phrase-list]");
    const room = list && toolbar.querySelector(".editor-extra");
    if (!room) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "editor-phrases", textContent: list.getAttribute("aria-label") });
    button.append(" ", Object.assign(document.createElement("kbd"), { textContent: "Alt F" }));
    button.addEventListener("click", () => window.blockWordings());
    room.append(button);
  });

  /* --- Who voted what: a row for everyone present, written into the lists of names --- */

  const SIDES = ["for", "against", "blank"];
  const lines = (area) => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const bare = (line) => line.replace(/\s*\([^()]*\)\s*$/, "");

  const fill = (call) => {
    const form = call.closest("form");
    call.hidden = false;
    for (const row of call.querySelectorAll("[data-voter]")) {
      const side = SIDES.find((one) => lines(named(form, `vote_${one}_by`)).some((line) => bare(line) === row.dataset.voter));
      for (const radio of row.querySelectorAll("input")) radio.checked = radio.value === side;
    }
  };

  const write = (call) => {
    const form = call.closest("form");
    const isNamed = form.querySelector("[name=vote_kind]:checked")?.value === "named";
    const rows = [...call.querySelectorAll("[data-voter]")];
    const present = new Set(rows.map((row) => row.dataset.voter));
    for (const side of SIDES) {
      const area = named(form, `vote_${side}_by`), number = named(form, `vote_${side}`), before = lines(area);
      const others = before.filter((line) => !present.has(bare(line)));
      const chosen = rows.filter((row) => row.querySelector("input:checked")?.value === side).map((row) =>
        before.find((line) => bare(line) === row.dataset.voter) ?? row.dataset.voter);
      area.value = [...chosen, ...others].join("\n");
      const count = chosen.length + others.length;
      if (isNamed || Number(number.value) === before.length) number.value = count || isNamed ? count : "";
    }
    tell(named(form, "vote_for_by"));
  };

  document.addEventListener("change", ({ target }) => {
    const call = target.closest("[data-roll-call]");
    if (call) write(call);
    if (target.name === "vote_kind" && target.value === "named") target.form.querySelector("[data-roll-call]")?.setAttribute("open", "");
  });

  document.addEventListener("click", ({ target }) => {
    const call = target.closest("[data-all-for]")?.closest("[data-roll-call]");
    if (!call) return;
    for (const row of call.querySelectorAll("[data-voter]:not(:has(:checked))")) row.querySelector("[value=for]").checked = true;
    write(call);
  });

  /* --- Follow-ups: Enter goes on to the next row, and makes it --- */

  const addRow = (form) => {
    const total = form.querySelector("[name$=TOTAL_FORMS]");
    const number = Number(total.value);
    const html = form.querySelector("template[data-row]").innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    const rows = form.querySelector("[data-rows]");
    rows.insertAdjacentHTML("beforeend", html);
    total.value = number + 1;
    return rows.lastElementChild;
  };

  const firstField = (row) => row.querySelector("textarea, input:not([type=hidden])");

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-promise]");
    if (!row || event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (!event.target.matches("textarea, input") || event.target.closest("details")) return;
    event.preventDefault();
    const next = row.nextElementSibling ?? (firstField(row).value.trim() ? addRow(row.closest("form")) : null);
    if (next) firstField(next).focus();
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-add-row]");
    if (button) firstField(addRow(button.form)).focus();
  });

  // Several names: each completes after the comma before it.
  document.addEventListener("input", ({ target }) => {
    const list = target.matches?.("[data-promise] [list]") && target.list;
    if (!list) return;
    const start = target.value.slice(0, target.value.lastIndexOf(",") + 1);
    for (const option of list.options) {
      option.dataset.name ??= option.value;
      option.value = start ? `${start} ${option.dataset.name}` : option.dataset.name;
    }
  });

  // The empty row that stands ready without this script is not needed after others.
  const tidy = (form) => {
    const rows = form.querySelectorAll("[data-promise]");
    const last = rows[rows.length - 1];
    if (rows.length < 2 || [...last.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value)) return;
    last.remove();
    form.querySelector("[name$=TOTAL_FORMS]").value = rows.length - 1;
  };

  const begin = (root) => {
    for (const form of root.querySelectorAll("[data-promises]:not([data-tidy])")) {
      form.dataset.tidy = "yes";
      tidy(form);
    }
    for (const call of root.querySelectorAll("[data-roll-call][hidden]")) fill(call);
    for (const button of root.querySelectorAll("[data-add-row][hidden]")) button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", () => begin(document));
})();
