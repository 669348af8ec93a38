"""People and organisations: names that may be one, and who could not have been there (R54, R55, P4, P43)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from boardroom.lib.richtext import plain_text
from publishing.consistency import places
from publishing.consistency.known import Finding, Known
from publishing.consistency.likeness import are_like_organisations, are_like_persons, like_pairs
from publishing.consistency.times import shown

VOTING = {"chair", "deputy-chair", "member", "deputy"}


def people(record: dict, known: Known) -> Iterator[Finding]:
    sentence = _("“%(name)s” and “%(other)s” may be one person.")
    yield from _like("R54", _first(_persons(record)), known.persons, are_like_persons, known, sentence)


def organisations(record: dict, known: Known) -> Iterator[Finding]:
    sentence = _("“%(name)s” and “%(other)s” may be one organisation; if so, make one an alias of the other.")
    yield from _like(
        "R55", _first(_organisations(record)), known.organisations, are_like_organisations, known, sentence
    )


def _like(
    code: str, named: dict[str, str], register: list[str], are_like, known: Known, sentence: str
) -> Iterator[Finding]:
    """Each pair once, at the name that comes later in the record."""
    order = {name: number for number, name in enumerate(named)}
    seen = set()
    for name, other in like_pairs(named, [*named, *register], are_like):
        pair = frozenset((name, other))
        if pair in seen or known.are_joined(name, other):
            continue
        seen.add(pair)
        if order.get(other, -1) > order[name]:
            name, other = other, name
        yield Finding(code, named[name], sentence % {"name": name, "other": other})


def _first(pairs: Iterator[tuple[str, str | None]]) -> dict[str, str]:
    named: dict[str, str] = {}
    for at, name in pairs:
        if name:
            named.setdefault(name, at)
    return named


def _persons(record: dict) -> Iterator[tuple[str, str | None]]:
    for at, seat in places.each(record.get("memberships"), "/memberships"):
        yield f"{at}/person", seat.get("person")
        yield f"{at}/replaces", seat.get("replaces")
    for at, contact in places.each(record["board"].get("contacts"), "/board/contacts"):
        yield f"{at}/person", contact.get("person")
    for place, meeting in places.meetings(record):
        for at, row in places.each(meeting.get("attendance"), f"{place}/attendance"):
            yield f"{at}/person", row.get("person")
            yield f"{at}/stands_in_for", row.get("stands_in_for")
        for at, chair in places.each(meeting.get("chairs"), f"{place}/chairs"):
            yield f"{at}/person", chair.get("person")
        yield f"{place}/minute_taker", meeting.get("minute_taker")
        for at, change in places.each(meeting.get("representation_changes"), f"{place}/representation_changes"):
            yield f"{at}/incoming", change.get("incoming")
            yield f"{at}/outgoing", change.get("outgoing")
        for at, row in places.rows(meeting, place):
            for here, presenter in places.each(row.get("presenters"), f"{at}/presenters"):
                yield f"{here}/person", presenter.get("person")


def _organisations(record: dict) -> Iterator[tuple[str, str | None]]:
    yield "/board/owner", record["board"].get("owner")
    for at, seat in places.each(record.get("memberships"), "/memberships"):
        yield f"{at}/organisation", seat.get("organisation")
    for place, meeting in places.meetings(record):
        for at, row in places.each(meeting.get("attendance"), f"{place}/attendance"):
            yield f"{at}/organisation", row.get("organisation")
        for at, row in places.rows(meeting, place):
            for here, presenter in places.each(row.get("presenters"), f"{at}/presenters"):
                yield f"{here}/organisation", presenter.get("organisation")


def presence(record: dict, known: Known) -> Iterator[Finding]:
    """What the attendance list contradicts. A meeting without a list contradicts nothing."""
    for place, meeting in places.meetings(record):
        if not meeting.get("attendance"):
            continue
        there = {row["person"] for row in meeting["attendance"] if row["status"] in {"present", "partial"}}
        yield from _presenters(place, meeting, there, known)
        for at, item in places.items(meeting, place):
            yield from _votes(at, item, meeting, there, known)
            yield from _welcomes(at, item, meeting)


def _is_there(name: str, there: set[str], known: Known) -> bool:
    return name in there or any(known.are_joined(name, other) for other in there)


def _presenters(place: str, meeting: dict, there: set[str], known: Known) -> Iterator[Finding]:
    """Each name once, at the first case: one line in the attendance list mends them all."""
    told = set()
    for at, row in places.cases(meeting, place):
        for here, presenter in places.each(row.get("presenters"), f"{at}/presenters"):
            name = presenter.get("person")
            if name and name not in told and not _is_there(name, there, known):
                told.add(name)
                yield Finding("P43", here, _("%(name)s presents and is not among those present.") % {"name": name})


def _votes(place: str, item: dict, meeting: dict, there: set[str], known: Known) -> Iterator[Finding]:
    blocks = item.get("blocks", [])
    away = {
        block.get("person")
        for block in blocks
        if block["type"] == "disqualification" and block.get("outcome") != "not-disqualified"
    }
    for index, block in enumerate(blocks):
        vote = block.get("vote")
        at = f"{place}/blocks/{index}/vote"
        if not vote:
            continue
        for here, name in _voters(vote, at):
            if name in away:
                yield Finding("P43", here, _("%(name)s was disqualified and votes.") % {"name": name})
            elif not _is_there(name, there, known):
                yield Finding("P43", here, _("%(name)s votes and is not among those present.") % {"name": name})
        yield from _sums(at, vote, meeting, away)


def _voters(vote: dict, place: str) -> Iterator[tuple[str, str]]:
    lists = [(f"{place}/{side}_by", vote.get(f"{side}_by", [])) for side in ("for", "against", "blank")]
    for at, alternative in places.each(vote.get("alternatives"), f"{place}/alternatives"):
        lists.append((f"{at}/by", alternative.get("by", [])))
    for at, voters in lists:
        for index, voter in enumerate(voters):
            yield f"{at}/{index}", voter if isinstance(voter, str) else voter["person"]


def _sums(place: str, vote: dict, meeting: dict, away: set[str]) -> Iterator[Finding]:
    for side in ("for", "against", "blank"):
        names, count = vote.get(f"{side}_by", []), vote.get(side)
        if names and count is not None and len(names) != count:
            sentence = _("%(count)s votes are given, and %(names)s names.")
            yield Finding("P43", f"{place}/{side}", sentence % {"count": count, "names": len(names)})
    figures = [vote.get(side) for side in ("for", "against", "blank")]
    figures += [alternative.get("votes") for alternative in vote.get("alternatives", [])]
    cast = sum(figure for figure in figures if figure is not None)
    rows = meeting["attendance"]
    if sum(bool(row.get("role")) for row in rows) * 2 < len(rows):
        return  # The list does not say who may vote.
    voters = [row for row in rows if row.get("role") in VOTING and row["person"] not in away]
    least = sum(row["status"] == "present" for row in voters)
    most = sum(row["status"] in {"present", "partial"} for row in voters)
    if cast and most and not least <= cast <= most:
        sentence = _("%(cast)s votes were cast, and %(present)s who may vote were present.")
        present = str(most) if least == most else f"{least}–{most}"
        yield Finding("P43", place, sentence % {"cast": cast, "present": present})


def _welcomes(place: str, item: dict, meeting: dict) -> Iterator[Finding]:
    """Welcomed in a case that was over before the person came."""
    row = places.row_of(meeting, item.get("label"), item.get("part"), item.get("sub_label")) or {}
    for index, block in enumerate(item.get("blocks", [])):
        text = plain_text(block["html"]) if block["type"] == "text" and block.get("html") else ""
        if not row.get("end") or not any(word in text.casefold() for word in ("velkommen", "velkomen", "welcome")):
            continue
        for attended in meeting["attendance"]:
            starts = [interval["from"] for interval in attended.get("intervals", []) if interval.get("from")]
            if starts and min(starts) >= row["end"] and attended["person"] in text:
                sentence = _("%(name)s is welcomed in %(label)s, which ends at %(end)s, and came at %(start)s.")
                values = {"name": attended["person"], "label": item["label"]}
                values |= {"end": shown(row["end"]), "start": shown(min(starts))}
                yield Finding("P43", f"{place}/blocks/{index}", sentence % values)
