"""A meeting as facts: the exchange format's own shape, with what only a document needs beside it.

    board          the record's board: name, language, letterhead, contacts …
    layout         the layout in force on the day, with the meeting's own over it
    memberships    the seats held on the first day of the meeting
    calendar       the dates of the board's calendar: what the source had, or what is planned from this meeting on
    meeting        the record's meeting; an agenda row also has `outcome_reason` and the carried `reports`,
                   an item of the minutes `agenda_index`, the place of its row; items and blocks have their `place`
    as_written     imported: print what the source has, and nothing of our own

The number of queries is the same for every meeting.
"""

from boards.models import Seat
from cases import caseid
from followups.models import Report
from followups.rules import shield_of
from meetings.models import CalendarEntry, Meeting, MeetingDay
from meetings.planning import PUT_OFF
from minutes.models import Minutes
from publishing.exchange import exporting, fields

from .composition import case_numbers_in
from .content import compose
from .exempting import public
from .places import taken_out
from .rendering import anchor

FULL, PUBLIC = "full", "public"


def assemble(meeting: Meeting, kind: str, *, variant: str = FULL, version: dict | None = None) -> dict:
    """The content of a document of the meeting as it is now (`content.compose`).

    `kind` is call, agenda, minutes or review; `version` names what is being issued and is left out for a preview.
    The public variant holds no byte of what is exempt (P11).
    """
    return with_places(meeting, kind, variant=variant, version=version)[0]


def with_places(
    meeting: Meeting, kind: str, *, variant: str = FULL, version: dict | None = None
) -> tuple[dict, list[dict]]:
    """As `assemble`, with the places that its cases and blocks were written from (`places`)."""
    facts = gather(meeting)
    if variant == PUBLIC:
        facts = public(facts)
    content = compose(facts, kind, version=version or _present_version(facts, kind))
    places = taken_out(content)
    content["links"] = _links(content, facts)
    return content, places


def gather(meeting: Meeting) -> dict:
    """The facts of the meeting from the live tables."""
    found = exporting.with_everything(Meeting.objects.filter(pk=meeting.pk)).get()
    board = found.board
    seats = Seat.objects.active_on(found.first_day).filter(board=board).exclude(role=Seat.Role.ARCHIVIST)
    return {
        "board": exporting.board_record(board, {}),
        "layout": found.effective_layout(),
        "memberships": [fields.write(fields.SEAT, seat) for seat in seats.order_by("order", "pk")],
        "calendar": _calendar(found),
        "meeting": _meeting(found),
        "as_written": found.is_as_written,
    }


def _calendar(meeting: Meeting) -> list[dict]:
    """Imported: the dates as written. Else the board's dates from this meeting on, where the call prints them (R8).

    A date of the imported calendar stands there as long as no meeting has it. This meeting alone is no calendar.
    """
    entries = meeting.board.calendar.order_by("date", "order")
    if meeting.is_as_written:
        return [fields.write(fields.CALENDAR, entry) for entry in meeting.board.calendar.all()]
    if not meeting.prints_calendar:
        return []
    days = MeetingDay.objects.filter(meeting__board=meeting.board, number=1, date__gte=meeting.first_day)
    days = days.exclude(meeting__state__in=PUT_OFF).select_related("meeting").order_by("date", "pk")
    planned = [
        CalendarEntry(
            date=day.date, start=day.start, end=day.end, is_tentative=day.meeting.state == Meeting.State.TENTATIVE
        )
        for day in days
    ]
    known = {entry.date for entry in planned}
    further = [entry for entry in entries.filter(date__gte=meeting.first_day) if entry.date not in known]
    if not further and known <= {meeting.first_day}:
        return []
    dates = sorted([*planned, *further], key=lambda entry: entry.date)
    return [fields.write(fields.CALENDAR, entry) for entry in dates]


def _meeting(meeting: Meeting) -> dict:
    said = exporting.meeting_record(meeting, {})
    rows = list(meeting.agenda_rows.all())
    reports: dict[int | None, list[dict]] = {}
    carried = Report.objects.filter(meeting=meeting, block=None, is_left_out=False)
    for report in carried.select_related("follow_up__source_row", "follow_up__source_block"):
        reports.setdefault(report.row_id, []).append(_report(report))
    for row, written in zip(rows, said["agenda"], strict=True):
        written["outcome_reason"] = row.outcome_reason
        written["reports"] = reports.get(row.pk, [])
    said["minutes"] = _minutes(meeting, {row.pk: index for index, row in enumerate(rows)})
    return said


def _report(report: Report) -> dict:
    """A carried follow-up, with the access level of the case it came from: what is exempt there is exempt here."""
    shield = shield_of(report.follow_up)
    access = {"level": shield["access_level"], "basis": shield["access_basis"]} if shield else None
    return fields.write(fields.REPORT, report) | {"access": access}


def _minutes(meeting: Meeting, places: dict[int, int]) -> dict | None:
    """The minutes with their approval, also where it was read from another meeting's decision."""
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    if minutes is None:
        return None
    said = fields.write(fields.MINUTES, minutes)
    said["approval"] = fields.write(fields.APPROVAL, minutes) if minutes.approval_how else None
    said["review_rounds"] = [exporting.round_record(one) for one in minutes.review_rounds.all()]
    said["items"] = [_item(item, places) for item in minutes.items.all()]
    return said


def _item(item, places: dict[int, int]) -> dict:
    said = exporting.item_record(item) | {"agenda_index": places.get(item.row_id), "place": item.pk}
    for block, written in zip(item.blocks.all(), said["blocks"], strict=True):
        written["place"] = block.pk
    return said


def _present_version(facts: dict, kind: str) -> dict | None:
    """What a preview calls itself: the state the minutes are in."""
    minutes = facts["meeting"].get("minutes")
    if kind != "minutes" or not minutes:
        return None
    state = minutes["state"]
    if state == Minutes.State.APPROVED:
        return {"kind": "approved", "on": (minutes["approval"] or {}).get("on")}
    return {"kind": "final", "on": minutes["final_on"]} if state == Minutes.State.FINAL else {"kind": "draft"}


def _links(content: dict, facts: dict) -> dict[str, str]:
    """References in the text to a case of the same minutes, as written (R22)."""
    if not content.get("cases"):
        return {}
    meeting, numbering = facts["meeting"], facts["board"]["numbering"]
    context = {"meeting": meeting.get("sequence"), "year": int(meeting["days"][0]["date"][:4])}
    targets = {}
    for item in content["cases"]["items"]:
        if item["kind"] == "case" and item["label"]:
            label = item["label"][0]
            number = caseid.parse(label, numbering["scheme"], **context)
            if number:
                targets.setdefault((number.prefix, number.item, number.meeting, number.year), f"#{anchor(label)}")
    return case_numbers_in(content, numbering["scheme"], targets)
