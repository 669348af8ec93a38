"""People as a document prints them: attendance rows and groups, presenters, chairs, members.

Everything here reads the exchange format's own fields. `printed` wins over all of them; where there
is no printed form the defaults of `print-and-exchange` write one, in the document's language.
"""

from itertools import groupby

from .words import clock, joined, span, word

# role of an attendance row -> the default group of one who was there (R46)
_ROLE_GROUPS = {
    "deputy": "deputies",
    "observer": "observers",
    "secretary": "secretariat",
    "administration": "administration",
    "guest": "guests",
}
_GROUP_ORDER = ("present", "partial", "deputies", "absent", "apologies", "observers")


def interval(value: dict, language: str, separator: str) -> str:
    """`kl. 12.00-13.00`, `fra kl. 13.30`, `unntatt sak 4/21`, `dag 1 kl. 10.00-12.00` (R47, R48)."""
    start, end = value.get("from"), value.get("until")
    parts = []
    if value.get("day"):
        parts.append(word("on-day", language, day=value["day"]))
    if start and end:
        parts.append(word("at", language, time=span(start, end, separator)))
    elif start:
        parts.append(word("from-time", language, time=clock(start, separator)))
    elif end:
        parts.append(word("until-time", language, time=clock(end, separator)))
    for key in ("from_case", "until_case", "not_case", "only_case"):
        if value.get(key):
            parts.append(word(key.replace("_", "-"), language, label=value[key]))
    return " ".join(parts)


def attendance_row(row: dict, language: str, separator: str) -> str:
    """One attendance row: `printed`, else name, organisation, title, stand-in, interval and note."""
    if row.get("printed"):
        return row["printed"]
    parts = [row["person"], row.get("organisation"), row.get("title")]
    if row.get("stands_in_for"):
        parts.append(word("stands-in-for", language, name=row["stands_in_for"]))
    note = (row.get("note") or "").strip()
    for value in row.get("intervals") or []:
        text = interval(value, language, separator)
        if text not in note:
            parts.append(text)
    days = [word("on-day", language, day=day) for day in row.get("days") or []]
    if days and not any(value.get("day") for value in row.get("intervals") or []):
        parts.append(joined(days, language))
    text = ", ".join(part for part in parts if part)
    if row.get("remote"):
        text += f" ({row['remote']})"
    if not note:
        return text
    return f"{text} {note}" if note[0] in "(–—-,;:" else f"{text}, {note}"


def default_group(row: dict) -> str:
    """The label key of the group that status and role put an ungrouped row in."""
    status = row.get("status")
    if status in ("absent", "apologies"):
        return status
    role = _ROLE_GROUPS.get(row.get("role") or "")
    return role or ("partial" if status == "partial" else "present")


def attendance_groups(rows: list[dict], labels, *, as_written: bool, language: str, separator: str) -> list[dict]:
    """Groups in print order, nested at ` / `: `{"heading", "rows", "groups"}`.

    An imported record prints its rows in the order of its file; a record of our own gathers each
    group in one place. Ungrouped rows come in the default groups.
    """
    placed = []
    ungrouped_only = not any(row.get("group") for row in rows)
    for row in rows:
        if row.get("group"):
            path = [part.strip() for part in row["group"].split(" / ") if part.strip()]
        else:
            key = default_group(row)
            given = labels.given(key) or (labels.given("absent") if key == "apologies" else None)
            path = [given or word(key, language)]
        placed.append((path, row))
    if ungrouped_only or not as_written:
        order: dict[tuple, int] = {}
        if ungrouped_only and not as_written:
            order = {tuple([labels.given(k) or word(k, language)]): i for i, k in enumerate(_GROUP_ORDER)}
        for path, _row in placed:
            for prefix in _prefixes(path):
                order.setdefault(prefix, len(order) + len(_GROUP_ORDER))
        placed.sort(key=lambda pair: [order[prefix] for prefix in _prefixes(pair[0])])
    top: dict = {"groups": []}
    for path, row in placed:
        node = top
        for depth, heading in enumerate(path, 1):
            last = node["groups"][-1] if node["groups"] else None
            if not last or last["heading"] != heading or (depth == len(path) and last["groups"]):
                last = {"heading": heading, "rows": [], "groups": []}
                node["groups"].append(last)
            node = last
        node["rows"].append(attendance_row(row, language, separator))
    return top["groups"]


def _prefixes(path: list[str]) -> list[tuple[str, ...]]:
    return [tuple(path[:depth]) for depth in range(1, len(path) + 1)]


def presenters(row: dict, language: str) -> str | None:
    """`presenters_printed`, else `A og B, Org` by the shared organisation (R33, R42)."""
    if row.get("presenters_printed"):
        return row["presenters_printed"]
    groups = []
    for organisation, members in groupby(row.get("presenters") or [], key=lambda one: one.get("organisation")):
        names = [one["person"] for one in members if one.get("person")]
        groups.append((names, organisation))
    if not groups:
        return None
    return ", ".join(
        ", ".join(part for part in (joined(names, language), organisation) if part) for names, organisation in groups
    )


def chair_line(label: str, chair: dict, language: str, separator: str) -> str:
    """`Møteleder: N til kl 13.55`, `… fra 13.55 til 14.30` (R12)."""
    start, end = chair.get("from"), chair.get("until")
    text = f"{label} {chair['person']}"
    if start and end:
        return f"{text} {word('chair-both', language, start=clock(start, separator), end=clock(end, separator))}"
    if start:
        return f"{text} {word('chair-from', language, time=clock(start, separator))}"
    return f"{text} {word('chair-until', language, time=clock(end, separator))}" if end else text


def change_line(change: dict, language: str) -> str:
    """`X erstatter Y (Organisasjon)` (R44), with its note."""
    incoming, outgoing = change.get("incoming"), change.get("outgoing")
    if incoming and outgoing:
        text = word("replaces", language, incoming=incoming, outgoing=outgoing)
    elif incoming:
        text = word("joins", language, incoming=incoming)
    else:
        text = word("leaves", language, outgoing=outgoing) if outgoing else ""
    if change.get("organisation"):
        text = f"{text} ({change['organisation']})" if text else change["organisation"]
    note = (change.get("note") or "").strip()
    if note:
        text = f"{text}{'' if note[0] in ',;' else ', ' if note[0] not in '(–—-' else ' '}{note}" if text else note
    return text


def members(memberships: list[dict], labels, language: str) -> list[dict]:
    """Those who hold a seat, grouped by role, in the record's order; a vacant seat says so (R44)."""
    groups: dict[str, list] = {}
    for seat in memberships:
        key = {"deputy": "deputies", "observer": "observers", "secretary": "secretariat"}.get(seat["role"], "members")
        name = seat.get("person") or word("vacant", language)
        groups.setdefault(key, []).append([name, seat.get("title") or "", seat.get("organisation") or ""])
    return [
        {"heading": labels.get(key), "rows": groups[key]}
        for key in ("members", "deputies", "observers", "secretariat")
        if key in groups
    ]
