"""Content to one complete HTML document, and that HTML to its text (R111)."""

import re
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from .fragments import Markup, Setting
from .plaintext import render_text
from .words import word

__all__ = ["render_html", "render_text", "style_sheet"]

_SHEETS = ("document.css", "screen.css", "paper.css")


def render_html(content: dict) -> str:
    """A standalone HTML document; `<article id="document">` is the document, the rest is furniture.

    The same content gives the same bytes. Style stands inside, nothing is fetched from anywhere.
    """
    view = _View(content)
    return render_to_string(
        "print/document.html",
        {
            "content": content,
            "style": Markup(style_sheet()),
            "letterhead": [view.line(text) for text in content["letterhead"]],
            "heading": view.line(content["heading"]),
            "name": view.line(content["name"]),
            "head": [
                {"label": view.line(row["label"]), "value": view.linked(row["value"], row)} for row in content["head"]
            ],
            "page_word": word("page", content["language"]),
            "of_word": word("of", content["language"]),
            **view.parts(),
        },
    )


def style_sheet() -> str:
    """The style sheets as they are inlined; an answer that serves this HTML allows their hash and no other style."""
    folder = Path(settings.BASE_DIR) / "static" / "print"
    return "\n".join((folder / name).read_text(encoding="utf-8").strip() for name in _SHEETS)


class _View:
    """The content as templates read it: markup instead of text, and heading levels without a gap."""

    def __init__(self, content: dict):
        self.content = content
        self.setting = Setting(content.get("links") or {})
        self.line = self.setting.line
        self.anchors: set[str] = set()

    def parts(self) -> dict:
        if self.content["kind"] == "review":
            return {"review": self._lined(self.content["review"])}
        get = self.content.get
        return {
            "officers": [self.line(text) for text in get("officers") or []],
            "members": self._lined(get("members")),
            "changes": self._lined(get("changes")),
            "calendar": self._lined(get("calendar")),
            "contacts": self._lined(get("contacts")),
            "attendance": self._attendance(get("attendance")),
            "treatment_order": self.line(get("treatment_order")),
            "agenda": self._agenda(get("agenda"), 2),
            "details": [self._detail(detail) for detail in get("details") or []],
            "cases": self._cases(get("cases")),
            "papers": self._papers(get("papers")),
            "approval": self._lined(get("approval")),
            "correction": self.line(get("correction")),
        }

    def _lined(self, value):
        """Every text in a part of plain lists and dictionaries as a line."""
        if isinstance(value, dict):
            return {key: self._lined(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._lined(inner) for inner in value]
        return self.line(value) if isinstance(value, str) else value

    def _attendance(self, part: dict | None) -> dict | None:
        """Tables of leaf groups under the headings of the groups that hold them."""
        if not part:
            return None
        top = 3 if part["heading"] else 2
        tables: list[dict] = []
        for group in part["groups"]:
            if group["groups"]:
                tables.append({"heading": self.line(group["heading"]), "level": top, "rows": []})
                if group["rows"]:
                    tables[-1]["rows"].append({"label": None, "names": self._lined(group["rows"])})
                self._groups(group["groups"], tables[-1]["rows"])
                tables.append({"rows": []})
            else:
                if not tables:
                    tables.append({"rows": []})
                self._groups([group], tables[-1]["rows"])
        return {"heading": self.line(part["heading"]), "tables": [one for one in tables if one["rows"]]}

    def _groups(self, groups: list[dict], rows: list[dict]) -> None:
        for group in groups:
            rows.append({"label": self.line(group["heading"]), "names": self._lined(group["rows"])})
            self._groups(group["groups"], rows)

    def _agenda(self, part: dict | None, level: int) -> dict | None:
        if not part:
            return None
        below = level + 1 if part["heading"] else level
        days = []
        for day in part["days"]:
            rows = [
                {
                    "kind": row["kind"],
                    "cells": [self._cell(cell, key) for cell, key in zip(row["cells"], day["keys"], strict=True)],
                }
                for row in day["rows"]
            ]
            heads = [
                {"text": self.line(text), "key": key} for text, key in zip(day["columns"], day["keys"], strict=True)
            ]
            days.append({"heading": self.line(day["heading"]), "level": min(below, 6), "heads": heads, "rows": rows})
        return {"heading": self.line(part["heading"]), "level": min(level, 6), "days": days}

    def _cell(self, lines: list[dict], key: str) -> dict:
        return {"key": key, "lines": [self._set(line, 0) for line in lines]}

    def _set(self, line: dict, level: int) -> dict:
        """One line as markup; `level` is where headings inside rich text may start (0: nowhere)."""
        out = {"as": line["as"]}
        if line["as"] == "html":
            out["markup"] = self.setting.fragment(line["html"], level)
        elif line["as"] == "list":
            out["style"] = line["style"]
            out["items"] = [self.line(item) for item in line["items"]]
        elif "parts" in line:
            out["parts"] = [self.line(part) for part in line["parts"]]
        else:
            out["text"] = self.line(line["text"])
            out["number"] = self.line(line.get("number"))
        return out

    def _blocks(self, blocks: list[dict], level: int) -> list[dict]:
        return [self._block(block, level) for block in blocks]

    def _block(self, block: dict, level: int) -> dict:
        """A block's first label is a heading; one that comes later in it is set as a line."""
        lines, headed = [], False
        for line in block["lines"]:
            out = self._set(line, level + 1 if headed else level)
            if line["as"] in ("label", "report"):
                out["level"] = level if level <= 6 and not headed else 0
                headed = True
            lines.append(out)
        return {"type": block["type"], "lines": lines}

    def _detail(self, detail: dict) -> dict:
        return {
            "label": [self.line(text) for text in detail["label"]],
            "title": self.line(detail["title"]),
            "level": 2 if not self.content.get("agenda") else 3 if self.content["agenda"]["heading"] else 2,
            "blocks": self._blocks(detail["blocks"], 4 if (self.content.get("agenda") or {}).get("heading") else 3),
        }

    def _cases(self, part: dict | None) -> dict | None:
        if not part:
            return None
        base = 3 if part["heading"] else 2
        items, in_section = [], False
        for item in part["items"]:
            if item["kind"] != "case":
                in_section = in_section or item["kind"] == "section"
                items.append({"kind": item["kind"], "title": self.line(item["title"]), "level": base})
            else:
                items.append(self._case(item, base + 1 if in_section else base))
        return {
            "style": part["style"],
            "heading": self.line(part["heading"]),
            "columns": self._lined(part["columns"]),
            "beside": part["beside"],
            "items": items,
            "bodies": _bodies(items),
        }

    def _case(self, item: dict, level: int) -> dict:
        return {
            "kind": "case",
            "id": self._anchor(item["label"]),
            "bookmark": " ".join([*item["label"], item["title"]]).strip(),
            "label": [Setting().line(text) for text in item["label"]],
            "title": self.line(item["title"]),
            "level": level,
            "presenters": self.line(item["presenters"]),
            "notes": [self._set(line, 0) for line in item["notes"]],
            "blocks": self._blocks(item["blocks"], level + 1),
            "papers": [self._paper(paper) for paper in item["papers"]],
            "papers_label": self.line(item.get("papers_label")),
            "agenda": self._agenda(item.get("agenda"), level + 1),
            "has_text": bool(item["blocks"] or item["papers"] or item.get("agenda")),
        }

    def _anchor(self, label: list[str]) -> str:
        """The address of a case within its document; the first case with a number has it."""
        name = anchor(label[0]) if label else ""
        if name in self.anchors:
            return ""
        self.anchors.add(name)
        return name

    def _paper(self, paper: dict) -> dict:
        """The title, which is a link where the paper has an address."""
        title = self.linked(paper["title"], paper)
        if paper.get("url") and title == self.line(paper["title"]):
            title = Markup(f"{title} {self.line(paper['url'])}")
        return {**{key: self.line(paper[key]) for key in ("label", "number") if key in paper}, "title": title}

    def linked(self, text: str, thing: dict) -> Markup:
        """The text, which is a link where the thing has an address of the web."""
        if not (thing.get("url") or "").lower().startswith(("http://", "https://")):
            return self.line(text)
        return Markup(Setting().text(text, href=thing["url"]))

    def _papers(self, part: dict | None) -> dict | None:
        if not part:
            return None
        rows = []
        for paper in part["rows"]:
            shown = self._paper(paper)
            rows.append({"cells": [shown[key] for key in part["keys"]], "title": shown["title"]})
        return {"heading": self.line(part["heading"]), "rows": rows, "is_table": bool(part["keys"])}


def _bodies(items: list[dict]) -> list[list[dict]]:
    """The rows of a table in bodies: a case, with the section headings and breaks right above it."""
    bodies: list[list[dict]] = [[]]
    for item in items:
        bodies[-1].append(item)
        if item["kind"] == "case":
            bodies.append([])
    return [body for body in bodies if body]


def anchor(label: str) -> str:
    """The address of a case within its document."""
    return "case-" + re.sub(r"[^0-9a-z]+", "-", label.casefold()).strip("-")
