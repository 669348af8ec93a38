/* What is pasted, as plain paragraphs, headings, lists and tables: the ways of Word, Outlook, LibreOffice, Google Docs,
   spreadsheets, PDF readers and web pages undone. Plain functions on text; the server's sanitiser is the last wall.

   cleanPaste.fromHtml(html) and cleanPaste.fromText(text) answer {html, left}, where `left` names what was left out:
   "images", "deleted" (struck or deleted text), "comments", "embedded". */
(() => {
  const BULLETS = "·•▪●○◦‣⁃■□–—*➢➤❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d§ü";
  const BULLET_LINE = /^[\s\u00a0]*([·•▪●○◦‣⁃■□\uf0b7\uf0a7\uf0d8])[\s\u00a0]*/;
  const DASH_LINE = /^[\s\u00a0]*[-–—*][\s\u00a0]+/;
  const NUMBER_LINE = /^[\s\u00a0]*(\d{1,3})[.)][\s\u00a0]+/;
  const SAFE_LINK = /^(https?:\/\/|mailto:)/i;
  const DROPPED = "style,script,meta,link,title,xml,head,template,noscript,button,input,select,textarea,colgroup,hr";
  const EMBEDDED = "iframe,object,embed,video,audio,canvas,svg,math";
  const KEPT = {
    P: [], BR: [], STRONG: [], EM: [], SUP: [], SUB: [], A: ["href"], UL: [], OL: ["start"], LI: [], BLOCKQUOTE: [],
    TABLE: [], THEAD: [], TBODY: [], TR: [], TH: ["colspan", "rowspan", "scope"], TD: ["colspan", "rowspan"], H4: [], H5: [],
  };
  const BLOCKS = "p,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,div,section,article,pre,dl";

  // Style, read as text: a strict content policy lets even a document that is never shown apply none.

  const declarations = (text) => {
    const found = {};
    for (const one of (text ?? "").split(";")) {
      const at = one.indexOf(":");
      if (at > 0) found[one.slice(0, at).trim().toLowerCase()] = one.slice(at + 1).trim().toLowerCase();
    }
    return found;
  };

  const sheetOf = (html) => {
    const classes = {}, lists = {};
    for (const [, css] of html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)) {
      for (const [, list, level, body] of css.matchAll(/@list\s+(l\d+):level(\d+)[^{]*\{([^}]*)\}/g)) {
        lists[`${list} ${level}`] = declarations(body);
      }
      const plain = css.replace(/<!--|-->|\/\*[\s\S]*?\*\//g, "").replace(/@list[^{]*\{[^}]*\}/g, "");
      for (const [, selectors, body] of plain.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
        for (const [, name] of selectors.matchAll(/\.([\w-]+)\s*(?=,|$)/g)) {
          classes[name] = { ...classes[name], ...declarations(body) };
        }
      }
    }
    return { classes, lists };
  };

  /* The fragment with its style sheets gone and its style attributes under another name, so that nothing is applied. */
  const inert = (html) =>
    html
      .replace(/<style[^>]*>[\s\S]*?<\/style>/gi, "")
      .replace(/<[a-z][^\s>/]*(?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-css"));

  const styleOf = (element, sheet) => {
    const style = {};
    for (const name of element.classList ?? []) Object.assign(style, sheet.classes[name]);
    return Object.assign(style, declarations(element.dataset.css));
  };

  const rename = (element, tag) => {
    const other = element.ownerDocument.createElement(tag);
    other.append(...element.childNodes);
    for (const name of ["data-css", "class", "start", "colspan", "rowspan"]) {
      if (element.hasAttribute(name)) other.setAttribute(name, element.getAttribute(name));
    }
    element.replaceWith(other);
    return other;
  };

  const unwrap = (element) => element.replaceWith(...element.childNodes);
  const isBlank = (node) => !node.textContent.replace(/[\s\u00a0\u200b]/g, "");

  // What goes

  const withoutComments = (body, left) => {
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const one of comments) one.remove();
    for (const one of body.querySelectorAll(".MsoCommentReference,.msocomanchor,.msocomtxt,a[id^=_anchor_],a[href^='#_msocom']")) {
      left.add("comments");
      one.remove();
    }
    for (const one of body.querySelectorAll("[data-css*=mso-element]")) {
      if (/mso-element:\s*comment/i.test(one.dataset.css)) {
        left.add("comments");
        one.remove();
      }
    }
  };

  const withoutDropped = (body, sheet, left) => {
    withoutComments(body, left);
    for (const one of body.querySelectorAll("img,picture,v\\:imagedata")) {
      // A picture of one pixel is only a tracker.
      if (Number(one.getAttribute("width") ?? 9) > 1) left.add("images");
      one.remove();
    }
    for (const one of body.querySelectorAll(EMBEDDED)) {
      left.add("embedded");
      one.remove();
    }
    for (const one of body.querySelectorAll(`${DROPPED},span.EOP`)) one.remove();
    for (const one of body.querySelectorAll("del,s,strike,.msoDel,.MsoDel")) {
      if (!isBlank(one)) left.add("deleted");
      one.remove();
    }
    for (const one of [...body.querySelectorAll("[data-css],[class]")]) {
      const style = styleOf(one, sheet);
      if (style.display === "none" || style["mso-hide"] === "all") one.remove();
      else if (/line-through/.test(style["text-decoration"] ?? style["text-decoration-line"] ?? "")) {
        if (!isBlank(one)) left.add("deleted");
        one.remove();
      } else if (style["mso-spacerun"] || style["mso-tab-count"]) one.replaceWith(" ");
    }
  };

  // Word's lists: paragraphs that say their list, level and mark in their style

  const wordItem = (paragraph, sheet) => {
    const said = /(l\d+)\s+level(\d+)/.exec(styleOf(paragraph, sheet)["mso-list"] ?? "");
    const mark = [...paragraph.querySelectorAll("span")].find((one) => /mso-list:\s*ignore/i.test(one.dataset.css ?? ""));
    if (!said && !mark) return null;
    const text = (mark?.textContent ?? "").replace(/[\s\u00a0]/g, "");
    const format = sheet.lists[`${said?.[1]} ${said?.[2]}`]?.["mso-level-number-format"];
    mark?.remove();
    const isBullet = format ? format === "bullet" || format === "image" : !text || BULLETS.includes(text) || text === "o" || text === "Ø";
    return { level: Number(said?.[2] ?? 1), list: said?.[1] ?? "", isBullet, start: isBullet ? 1 : numberOf(text) };
  };

  const numberOf = (mark) => {
    const digits = /(\d+)\D*$/.exec(mark);
    if (digits) return Number(digits[1]);
    const letter = /^\(?([a-zæøå])[.)]/i.exec(mark);
    return letter && !/^[ivx]$/i.test(letter[1]) ? letter[1].toLowerCase().charCodeAt(0) - 96 : 1;
  };

  /* Paragraphs with {level, isBullet, start}, in a row, become lists inside each other. */
  const toLists = (items, document) => {
    const open = [];
    for (const { paragraph, item } of items) {
      while (open.length && (open.at(-1).level > item.level)) open.pop();
      const top = open.at(-1);
      const isOther = top && top.level === item.level && (top.isBullet !== item.isBullet || (top.list !== item.list && item.start === 1));
      if (isOther) open.pop();
      if (!open.length || open.at(-1).level < item.level) {
        const list = document.createElement(item.isBullet ? "ul" : "ol");
        if (!item.isBullet && item.start > 1) list.setAttribute("start", item.start);
        const inside = open.at(-1)?.dom.lastElementChild;
        if (inside) inside.append(list);
        else paragraph.before(list);
        open.push({ ...item, dom: list });
      }
      const entry = document.createElement("li");
      open.at(-1).dom.append(entry);
      entry.append(rename(paragraph, "p"));
    }
  };

  const rows = (body, read) => {
    let run = [];
    const found = [];
    const end = () => {
      if (run.length) found.push(run);
      run = [];
    };
    for (const paragraph of [...body.querySelectorAll("p,h1,h2,h3,h4,h5,h6,div")]) {
      if (paragraph.matches("div") && paragraph.querySelector(BLOCKS)) continue;
      if (paragraph.closest("li")) continue;
      const item = read(paragraph);
      const last = run.at(-1)?.paragraph;
      const isNext = !last || nextElement(last) === paragraph;
      if (!item || !isNext) end();
      if (item) run.push({ paragraph, item });
    }
    end();
    return found;
  };

  const nextElement = (element) => {
    let next = element.nextSibling;
    while (next && isBlank(next) && !(next.nodeType === 1 && next.matches("table,ul,ol"))) next = next.nextSibling;
    return next;
  };

  const wordLists = (body, sheet) => {
    for (const run of rows(body, (paragraph) => wordItem(paragraph, sheet))) toLists(run, body.ownerDocument);
  };

  // Paragraphs that only look like a list

  const cut = (node, length) => {
    const walker = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (length > 0 && walker.nextNode()) {
      const text = walker.currentNode;
      const taken = Math.min(length, text.data.length);
      text.data = text.data.slice(taken);
      length -= taken;
    }
  };

  const typedItem = (paragraph) => {
    if (!paragraph.matches("p,div")) return null;
    const text = paragraph.textContent;
    const bullet = BULLET_LINE.exec(text) ?? DASH_LINE.exec(text);
    if (bullet) return { level: 1, list: bullet[0].trim(), isBullet: true, start: 1, length: bullet[0].length, isSure: BULLET_LINE.test(text) };
    const number = NUMBER_LINE.exec(text);
    if (number) return { level: 1, list: "1", isBullet: false, start: Number(number[1]), length: number[0].length, isSure: false };
    return null;
  };

  const typedLists = (body) => {
    for (const run of rows(body, typedItem)) {
      // One line that begins with a dash or a number may be a remark or a date; two in a row are a list.
      if (!run[0].item.isSure && !isRow(run)) continue;
      for (const { paragraph, item } of run) cut(paragraph, item.length);
      toLists(run, body.ownerDocument);
    }
  };

  const isRow = (run) =>
    run.length > 1 && run.every(({ item }, at) => item.isBullet === run[0].item.isBullet && (item.isBullet || item.start === run[0].item.start + at));

  // Lists as browsers have them: nested without an item around, an item a list (Word on the web), tasks

  const mendLists = (body) => {
    for (const list of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
      const before = list.previousElementSibling;
      if (before?.matches("li")) before.append(list);
      else unwrap(list);
    }
    joinLists(body);
    for (const item of [...body.querySelectorAll("li")]) {
      if (item.parentElement.matches("ul,ol")) continue;
      const list = body.ownerDocument.createElement("ul");
      item.replaceWith(list);
      list.append(item);
    }
    for (const heading of body.querySelectorAll("li h1,li h2,li h3,li h4,li h5,li h6")) rename(heading, "p");
  };

  /* Word on the web writes every item as a list of its own, with its level said beside it. */
  const joinLists = (body) => {
    for (const wrapper of [...body.querySelectorAll(".ListContainerWrapper")]) unwrap(wrapper);
    let run = [];
    const end = () => {
      toLists(run, body.ownerDocument);
      run = [];
    };
    for (const list of [...body.querySelectorAll("ul,ol")]) {
      const entry = list.querySelector(":scope > li[data-aria-level],:scope > li[data-leveltext]");
      if (!entry || list.children.length > 1) continue;
      const level = Number(entry.dataset.ariaLevel ?? entry.getAttribute("aria-level") ?? 1);
      const item = { level, list: "", isBullet: list.matches("ul"), start: Number(list.getAttribute("start") ?? 1) };
      const paragraph = body.ownerDocument.createElement("p");
      const inner = entry.children.length === 1 && entry.firstElementChild.matches("p") ? entry.firstElementChild : entry;
      paragraph.append(...inner.childNodes);
      list.replaceWith(paragraph);
      if (run.length && nextElement(run.at(-1).paragraph) !== paragraph) end();
      run.push({ paragraph, item });
    }
    end();
  };

  // Headings: the highest that is pasted becomes the upper of our two levels

  const headings = (body) => {
    for (const title of body.querySelectorAll("p.MsoTitle,p.title")) rename(title, "h1");
    for (const title of body.querySelectorAll("p.MsoSubtitle,p.subtitle")) rename(title, "h2");
    const found = [...body.querySelectorAll("h1,h2,h3,h4,h5,h6")];
    const highest = Math.min(...found.map((one) => Number(one.tagName[1])));
    for (const one of found) {
      const heading = isBlank(one) ? rename(one, "p") : rename(one, Number(one.tagName[1]) === highest ? "h4" : "h5");
      heading.removeAttribute("data-css");
      heading.removeAttribute("class");
      for (const mark of heading.querySelectorAll("b,strong,i,em")) unwrap(mark);
    }
  };

  // Marks

  const marks = (body, sheet) => {
    for (const one of [...body.querySelectorAll("*")]) {
      const style = styleOf(one, sheet);
      const weight = style["font-weight"] ?? "";
      const isNormal = /^(normal|[1-4]00)$/.test(weight);
      if (one.matches("b,strong")) {
        if (isNormal) unwrap(one);
        else if (one.matches("b")) rename(one, "strong");
      } else if (one.matches("i,em,cite,dfn")) {
        if (style["font-style"] === "normal") unwrap(one);
        else if (!one.matches("em")) rename(one, "em");
      } else if (one.matches("span,font,p,td,th,a,li,ins,u") && !isBlank(one)) {
        wrapIn(one, "strong", /^(bold|bolder|[6-9]00)$/.test(weight) && !one.closest("h4,h5,th"));
        wrapIn(one, "em", style["font-style"] === "italic" && !one.closest("h4,h5"));
        wrapIn(one, "sup", style["vertical-align"] === "super");
        wrapIn(one, "sub", style["vertical-align"] === "sub");
      }
    }
  };

  const wrapIn = (element, tag, isWanted) => {
    if (!isWanted || element.matches("li")) return;
    const holders = [...element.querySelectorAll("p,div,li")].filter((one) => !one.querySelector("p,div,li"));
    for (const holder of holders.length ? holders : [element]) {
      const mark = element.ownerDocument.createElement(tag);
      mark.append(...holder.childNodes);
      holder.append(mark);
    }
  };

  // Tables

  const tables = (body) => {
    for (const table of [...body.querySelectorAll("table")].reverse()) {
      const cells = [...table.querySelectorAll("td,th")];
      if (!cells.length) table.remove();
      else if (cells.length === 1) table.replaceWith(...cells[0].childNodes);
      else tableHead(table);
    }
  };

  const tableHead = (table) => {
    const caption = table.querySelector("caption");
    if (caption) table.before(rename(caption, "p"));
    const first = table.rows[0];
    const isBold = (cell) => isBlank(cell) || [...cell.querySelectorAll("strong")].some((mark) => mark.textContent.trim() === cell.textContent.trim());
    const isHead = table.rows.length > 1 && first.cells.length > 1 && !isBlank(first) && [...first.cells].every(isBold);
    const heads = [...table.querySelectorAll("thead td"), ...(isHead ? first.querySelectorAll("td") : [])];
    for (const cell of new Set(heads)) {
      const head = rename(cell, "th");
      for (const mark of head.querySelectorAll("strong")) unwrap(mark);
    }
    for (const row of [...table.rows]) if (!row.cells.length) row.remove();
  };

  // Lines

  const beside = (node, side) => {
    let other = node[side];
    while (other?.nodeType === 3 && !other.data.trim()) other = other[side];
    return other;
  };

  const lines = (body) => {
    for (const one of body.querySelectorAll("pre")) {
      const made = body.ownerDocument.createElement("div");
      made.innerHTML = fromText(one.textContent).html;
      one.replaceWith(...made.childNodes);
    }
    for (const one of body.querySelectorAll("br")) {
      // Between blocks it is only air.
      const isBlock = (other) => other?.nodeType === 1 && other.matches(BLOCKS);
      if (isBlock(beside(one, "previousSibling")) || isBlock(beside(one, "nextSibling"))) one.remove();
    }
    for (const one of [...body.querySelectorAll("p,div")]) {
      if (!one.querySelector(BLOCKS)) splitAtEmptyLines(one);
    }
    for (const one of [...body.querySelectorAll("div,center,figure,figcaption,dt,dd")]) {
      if (!one.querySelector(BLOCKS) && !one.closest("li,p")) rename(one, "p");
    }
  };

  /* Two line breaks in a row, as web mail writes them, are a new paragraph. */
  const splitAtEmptyLines = (block) => {
    for (const br of [...block.querySelectorAll("br")]) {
      let next = br.nextSibling;
      while (next && next.nodeType === 3 && !next.data.trim()) next = next.nextSibling;
      if (next?.nodeName !== "BR" || br.parentElement !== block) continue;
      const rest = block.cloneNode(false);
      while (br.nextSibling) rest.append(br.nextSibling);
      br.remove();
      rest.firstChild?.nodeName === "#text" && !rest.firstChild.data.trim() && rest.firstChild.remove();
      rest.querySelector(":scope > br")?.remove();
      block.after(rest);
      splitAtEmptyLines(rest);
      return;
    }
    while (block.lastChild?.nodeName === "BR") block.lastChild.remove();
  };

  // Only our own tags and attributes

  const strip = (body) => {
    for (const one of [...body.querySelectorAll("*")].reverse()) {
      if (one.matches("a") && !SAFE_LINK.test(one.getAttribute("href") ?? "")) unwrap(one);
      else if (!(one.tagName in KEPT)) unwrap(one);
      else if (one.matches("p,h4,h5,li,strong,em,a,sup,sub,blockquote") && isBlank(one) && !one.querySelector("br,table")) {
        if (one.matches("strong,em,a,sup,sub")) unwrap(one);
        else if (!one.closest("td,th")) one.remove();
      } else {
        for (const { name } of [...one.attributes]) if (!KEPT[one.tagName].includes(name)) one.removeAttribute(name);
      }
    }
    for (const list of body.querySelectorAll("ul,ol")) if (!list.querySelector("li")) list.remove();
    // The same mark inside itself, or twice in a row, is one mark.
    for (const one of body.querySelectorAll("strong strong,em em")) unwrap(one);
    for (const cell of body.querySelectorAll("[colspan],[rowspan]")) {
      for (const name of ["colspan", "rowspan"]) {
        const count = Number(cell.getAttribute(name));
        if (!(count > 1)) cell.removeAttribute(name);
      }
    }
  };

  const fromHtml = (html) => {
    const left = new Set();
    const sheet = sheetOf(html);
    const body = new DOMParser().parseFromString(inert(html), "text/html").body;
    withoutDropped(body, sheet, left);
    lines(body);
    wordLists(body, sheet);
    mendLists(body);
    headings(body);
    marks(body, sheet);
    tables(body);
    typedLists(body);
    strip(body);
    return { html: body.innerHTML.trim(), left: [...left] };
  };

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  /* Plain text: an empty line parts paragraphs, «- » and «1. » in a row are lists, a line break stays one. */
  const fromText = (text) => {
    const body = new DOMParser().parseFromString("", "text/html").body;
    const isItem = (line) => BULLET_LINE.test(line) || DASH_LINE.test(line) || NUMBER_LINE.test(line);
    for (const part of text.replace(/\r\n?/g, "\n").replace(/\f/g, "\n\n").split(/\n[ \t\u00a0]*\n\s*/)) {
      let last = null;
      for (const line of part.split("\n")) {
        if (!line.trim()) continue;
        const isMore = last && !isItem(line) && (!last.dataset.item || /^(\s|\p{Ll})/u.test(line));
        if (isMore) last.innerHTML += (last.dataset.item ? " " : "<br>") + escaped(line.trim());
        else {
          last = body.ownerDocument.createElement("p");
          last.innerHTML = escaped(line.trim());
          if (isItem(line)) last.dataset.item = "yes";
          body.append(last);
        }
      }
    }
    typedLists(body);
    strip(body);
    return { html: body.innerHTML, left: [] };
  };

  window.cleanPaste = { fromHtml, fromText };
})();
