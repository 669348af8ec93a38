"""Numbers and references: the same one twice, one that leads nowhere, one that leads to something else (R3, R10, R20, R21)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from boardroom.lib.richtext import plain_text
from cases import caseid
from publishing.consistency import places
from publishing.consistency.known import Finding, Known
from publishing.wording import same_text


def numbers(record: dict, known: Known) -> Iterator[Finding]:
    scheme = record["board"]["numbering"]["scheme"]
    seen: dict[str, list[tuple[str, dict]]] = {}
    for place, meeting in places.meetings(record):
        yield from _meeting_number(place, meeting, known)
        yield from _labels(place, meeting, scheme, seen, known)
        yield from _approvals(place, meeting, known)
        yield from _references(place, meeting, scheme, known)
        yield from _titles(place, meeting)
        yield from _papers(place, meeting)


def normal(label: str | None, scheme: str, meeting: dict | None) -> str | None:
    if not label:
        return None
    context = {"meeting": meeting.get("sequence"), "year": places.first_day(meeting).year} if meeting else {}
    number = caseid.parse(label, scheme, **context)
    return number.normal if number else None


def _meeting_number(place: str, meeting: dict, known: Known) -> Iterator[Finding]:
    day = places.first_day(meeting)
    others = [other for other in known.numbers.get(meeting.get("number", ""), []) if other < day]
    for other in others:
        sentence = _("The meetings of %(one)s and %(other)s both have the number %(number)s.")
        values = {"one": other.isoformat(), "other": day.isoformat(), "number": meeting["number"]}
        yield Finding("R3", f"{place}/number", sentence % values)


def _labels(place: str, meeting: dict, scheme: str, seen: dict, known: Known) -> Iterator[Finding]:
    """The same number on two rows that are not two parts of one case."""
    for at, row in places.cases(meeting, place):
        if not row.get("label"):
            continue
        key = normal(row["label"], scheme, meeting) or row["label"]
        mine = (row.get("part"), row.get("sub_label"))
        for other_at, other in seen.get(key, []):
            if mine == (None, None) or mine == (other.get("part"), other.get("sub_label")):
                sentence = _("The number %(label)s stands on %(other)s too.")
                yield Finding("R20", at, sentence % {"label": row["label"], "other": other_at})
        seen.setdefault(key, []).append((at, row))
        day = places.first_day(meeting)
        for stored in known.rows.get(key, []):
            if stored.day < day and not same_text(stored.title, row.get("title", "")):
                values = {"label": row["label"], "day": stored.day.isoformat(), "title": stored.title}
                yield Finding("R20", at, _("The number %(label)s stands for “%(title)s” on %(day)s too.") % values)


def _approvals(place: str, meeting: dict, known: Known) -> Iterator[Finding]:
    days = {day["date"] for day in meeting["days"] if day.get("date")}
    said = [
        (at, row["approves_minutes_of"]) for at, row in places.cases(meeting, place) if row.get("approves_minutes_of")
    ]
    for at, block, _item in places.blocks(meeting, place):
        if block.get("approves_minutes_of"):
            said.append((at, block["approves_minutes_of"]))
    for at, day in said:
        here = f"{at}/approves_minutes_of"
        if day in days:
            yield Finding("R10", here, _("The meeting approves the minutes of its own day, %(day)s.") % {"day": day})
        elif date.fromisoformat(day) not in known.days:
            sentence = _("There is no meeting on %(day)s whose minutes could be approved.")
            yield Finding("P43", here, sentence % {"day": day})


def _references(place: str, meeting: dict, scheme: str, known: Known) -> Iterator[Finding]:
    own = {normal(row.get("label"), scheme, meeting) for _at, row in places.cases(meeting, place)} - {None}
    for at, label in _labels_of_others(place, meeting):
        key = normal(label, scheme, None) or normal(label, scheme, meeting)
        if key is None or key not in known.rows:
            sentence = _("%(label)s leads to no case of this board; it is kept as text.")
            yield Finding("R21", at, sentence % {"label": label})
    for at, block, _item in places.blocks(meeting, place):
        if block["type"] == "follow-up-report":
            yield from _report(at, block, scheme, meeting, own, known)
    yield from _in_text(place, meeting, scheme, known)


def _labels_of_others(place: str, meeting: dict) -> Iterator[tuple[str, str]]:
    """Every reference to a case that is a field of its own."""
    minutes = meeting.get("minutes") or {}
    if label := (minutes.get("approval") or {}).get("in_case"):
        yield f"{place}/minutes/approval/in_case", label
    for at, one in places.each(minutes.get("review_rounds"), f"{place}/minutes/review_rounds"):
        for here, remark in places.each(one.get("remarks"), f"{at}/remarks"):
            if remark.get("label"):
                yield f"{here}/label", remark["label"]
    for at, paper in places.each(meeting.get("papers"), f"{place}/papers"):
        if paper.get("label"):
            yield f"{at}/label", paper["label"]
    for at, block, _item in places.blocks(meeting, place):
        for key in ("source_label", "resolves_to_label"):
            if block.get(key):
                yield f"{at}/{key}", block[key]


def _report(at: str, block: dict, scheme: str, meeting: dict, own: set, known: Known) -> Iterator[Finding]:
    title = block.get("title", "")
    source = normal(block.get("source_label"), scheme, None)
    if source and source in own:
        sentence = _("%(label)s is a case of this meeting; a follow-up comes from an earlier one.")
        yield Finding("R20", f"{at}/source_label", sentence % {"label": block["source_label"]})
    target = normal(block.get("resolves_to_label"), scheme, meeting)
    stored = known.rows.get(target or "", [])
    if stored and not any(same_text(row.title, title) for row in stored):
        sentence = _("%(label)s is called “%(title)s”, not “%(other)s”.")
        values = {"label": block["resolves_to_label"], "title": stored[0].title, "other": title}
        yield Finding("P43", f"{at}/resolves_to_label", sentence % values)


def _in_text(place: str, meeting: dict, scheme: str, known: Known) -> Iterator[Finding]:
    """References in running text that lead nowhere, once a text (R21, R22)."""
    for at, block, _item in places.blocks(meeting, place):
        fields = {block.get("resolves_to_label"), block.get("source_label")}
        done = {normal(label, scheme, meeting) for label in fields}
        for key in ("html", "resolution"):
            text = plain_text(block[key]) if block.get(key) else ""
            for _start, _end, number in caseid.find_all(text, scheme):
                if number.normal not in known.rows and number.normal not in done:
                    done.add(number.normal)
                    sentence = _("%(label)s leads to no case of this board; it is kept as text.")
                    yield Finding("R21", f"{at}/{key}", sentence % {"label": number.normal})


def _titles(place: str, meeting: dict) -> Iterator[Finding]:
    for at, item in places.items(meeting, place):
        row = places.row_of(meeting, item.get("label"), item.get("part"), item.get("sub_label"))
        if row and item.get("title") and not same_text(item["title"], row.get("title", "")):
            sentence = _("The minutes call %(label)s “%(title)s”, the agenda “%(other)s”.")
            values = {"label": item["label"], "title": item["title"], "other": row.get("title", "")}
            yield Finding("P43", f"{at}/title", sentence % values)
        elif item.get("label") and meeting.get("agenda") and row is None:
            sentence = _("%(label)s is in the minutes and not on the agenda.")
            yield Finding("P43", f"{at}/label", sentence % {"label": item["label"]})


def _papers(place: str, meeting: dict) -> Iterator[Finding]:
    titles: dict[str, str] = {}
    for at, paper in places.each(meeting.get("papers"), f"{place}/papers"):
        if paper.get("column_title") and not same_text(paper["column_title"], paper["title"]):
            sentence = _("The paper is called “%(one)s” beside the case and “%(other)s” in the list.")
            yield Finding(
                "P43", f"{at}/column_title", sentence % {"one": paper["column_title"], "other": paper["title"]}
            )
        number = paper.get("number")
        if number and not same_text(titles.setdefault(number, paper["title"]), paper["title"]):
            sentence = _("Paper %(number)s is “%(one)s” and “%(other)s”.")
            values = {"number": number, "one": titles[number], "other": paper["title"]}
            yield Finding("P43", f"{at}/number", sentence % values)
