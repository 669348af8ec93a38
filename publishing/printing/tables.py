"""Tables of rich text, regular and with heads, as PDF/UA-1 wants them."""

MAX_SPAN = 50


def set_table(node, walk, depth: int) -> str:
    """A table of rich text; `walk` sets what is in its cells."""
    rows, caption = [], ""
    for row in node.iter("tr", "caption"):
        if next(row.iterancestors("table")) is not node:
            continue
        if row.tag == "caption":
            caption = walk.inner(row, depth)
        elif cells := [cell for cell in row if cell.tag in ("td", "th")]:
            rows.append((row.getparent().tag == "thead", cells))
    if not rows:
        return f"<p>{caption}</p>" if caption.strip() else ""
    caption = f"<caption>{caption}</caption>" if caption.strip() else ""
    if not any(in_head for in_head, _cells in rows) and len(rows) > 1 and all(c.tag == "th" for c in rows[0][1]):
        rows[0] = (True, rows[0][1])
    set_rows = _set_rows(rows, walk, depth)
    head = "".join(markup for (in_head, _cells), markup in zip(rows, set_rows, strict=True) if in_head)
    body = "".join(markup for (in_head, _cells), markup in zip(rows, set_rows, strict=True) if not in_head)
    thead = f"<thead>{head}</thead>" if head else ""
    tbody = f"<tbody>{body}</tbody>" if body else ""
    return f'<table class="text-table">{caption}{thead}{tbody}</table>'


def _set_rows(rows: list[tuple[bool, list]], walk, depth: int) -> list[str]:
    """Rows of equal width, each with a head where the table has heads of rows only (PDF/UA-1)."""
    by_row = not any(in_head for in_head, _cells in rows) and any(c.tag == "th" for _head, cells in rows for c in cells)
    held: list[int] = []
    widths = []
    for _in_head, cells in rows:
        widths.append(sum(1 for left in held if left) + sum(_span(cell, "colspan") for cell in cells))
        held = [left - 1 for left in held if left > 1]
        held += [_span(cell, "rowspan") - 1 for cell in cells for _ in range(_span(cell, "colspan"))]
    out = []
    for (in_head, cells), width in zip(rows, widths, strict=True):
        first_is_head = by_row and all(cell.tag == "td" for cell in cells)
        markup = [_cell(cell, in_head, walk, depth, first_is_head and not at) for at, cell in enumerate(cells)]
        empty = '<th scope="col"></th>' if in_head else "<td></td>"
        out.append(f"<tr>{''.join(markup)}{empty * (max(widths) - width)}</tr>")
    return out


def _cell(node, in_head: bool, walk, depth: int, is_head: bool) -> str:
    spans = "".join(f' {name}="{_span(node, name)}"' for name in ("colspan", "rowspan") if _span(node, name) > 1)
    flow = walk.flow(node, depth + 1)
    if flow.count("<p>") == 1 and flow.startswith("<p>") and flow.endswith("</p>"):
        flow = flow[3:-4]
    if node.tag == "td" and not in_head and not is_head:
        return f"<td{spans}>{flow}</td>"
    scope = node.get("scope") if node.get("scope") in ("col", "row", "colgroup", "rowgroup") else None
    return f'<th{spans} scope="{scope or ("col" if in_head else "row")}">{flow}</th>'


def _span(cell, name: str) -> int:
    """The columns or rows of a cell: at least one, at most what print allows."""
    value = cell.get(name) or ""
    number = int(value[:4]) if value.isascii() and value.isdigit() else 1
    return number if 1 < number <= MAX_SPAN else 1
