"""A meeting of a record: the meeting itself, its days, people, agenda and papers."""

import re
from datetime import date

from django.db.models import Q
from django.utils.text import slugify

from boards.models import Board
from meetings.models import (
    Attendance,
    Chair,
    Interval,
    Meeting,
    MeetingDay,
    Paper,
    RepresentationChange,
)
from publishing.exchange import fields
from publishing.exchange.fields import made, read, read_access
from publishing.exchange.rows import Rows, add_agenda
from publishing.exchange.work import Work

TO_COME = {Meeting.State.TENTATIVE, Meeting.State.PLANNED}
CALL_IS_OUT = {Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED}


def new_meeting(work: Work, board: Board, data: dict, place: str, taken: set[str]) -> tuple[Meeting, Rows]:
    """An unsaved meeting with everything but its minutes, waiting in the batch; and its agenda rows."""
    attrs = read(fields.MEETING, data)
    first = first_day(data)
    slug = free_slug(attrs.get("number", ""), first, taken)
    fixed = work.now if data["state"] in CALL_IS_OUT else None
    meeting = made(
        Meeting,
        place,
        board=board,
        slug=slug,
        first_day=first,
        is_as_written=is_as_written(data),
        numbers_fixed_at=fixed,
        **attrs,
    )
    work.batch.add(meeting)
    rows = Rows(meeting, board.scheme)
    for section, build in SECTIONS.items():
        build(work, meeting, data.get(section, []), f"{place}/{section}", rows)
    return meeting, rows


def is_as_written(data: dict) -> bool:
    """Whether documents print what the file has: not for a coming meeting of which nothing is written yet."""
    return data["state"] not in TO_COME or bool(data.get("agenda") or data.get("minutes"))


def first_day(data: dict) -> date:
    return date.fromisoformat(data["days"][0]["date"])


def free_slug(number: str, first: date, taken: set[str]) -> str:
    """`39-2023` from the number, or the first day; where that is taken, with the date (R3). Notes it in `taken`."""
    slug = slugify(re.sub(r"[/.,:]+", "-", number))[:60] or first.isoformat()
    candidate, count = slug, 1
    while candidate in taken or candidate == "new":
        ending = first.isoformat() if count == 1 else f"{first.isoformat()}-{count}"
        candidate = f"{slug}-{ending}"
        count += 1
    taken.add(candidate)
    return candidate


def add_days(work: Work, meeting: Meeting, days: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(days, start):
        attrs = read(fields.DAY, data)
        work.batch.add(
            made(MeetingDay, f"{place}/{index}", needs=("date",), meeting=meeting, number=index + 1, **attrs)
        )


def add_chairs(work: Work, meeting: Meeting, chairs: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(chairs, start):
        attrs = read(fields.CHAIR, data)
        person = work.names.person(attrs.get("name", ""))
        work.batch.add(
            made(Chair, f"{place}/{index}", needs=("name",), meeting=meeting, order=index, person=person, **attrs)
        )


def add_changes(work: Work, meeting: Meeting, changes: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(changes, start):
        attrs = read(fields.CHANGE, data)
        work.batch.add(made(RepresentationChange, f"{place}/{index}", meeting=meeting, order=index, **attrs))


def add_attendance(
    work: Work, meeting: Meeting, attendance: list[dict], place: str, rows: Rows, start: int = 0
) -> None:
    for index, data in enumerate(attendance, start):
        here = f"{place}/{index}"
        attrs = read(fields.ATTENDANCE, data)
        organisation = attrs.get("organisation_name", "")
        attended = made(
            Attendance,
            here,
            needs=("name",),
            meeting=meeting,
            order=index,
            person=work.names.person(attrs.get("name", ""), organisation),
            organisation=work.names.organisation(organisation),
            seat=work.seat(meeting.board, attrs.get("name", ""), meeting.first_day),
            **attrs,
        )
        work.batch.add(attended)
        add_intervals(work, attended, data.get("intervals", []), here)


def add_intervals(work: Work, attended: Attendance, intervals: list[dict], place: str) -> None:
    for index, data in enumerate(intervals):
        attrs = read(fields.INTERVAL, data)
        work.batch.add(made(Interval, f"{place}/intervals/{index}", attendance=attended, order=index, **attrs))


def add_papers(work: Work, meeting: Meeting, papers: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(papers, start):
        attrs = read(fields.PAPER, data) | read_access(data)
        row = rows.find(attrs.get("label", ""))
        case = row.case if row else None
        work.batch.add(
            made(Paper, f"{place}/{index}", needs=("title",), meeting=meeting, order=index, row=row, case=case, **attrs)
        )


SECTIONS = {
    "days": add_days,
    "chairs": add_chairs,
    "representation_changes": add_changes,
    "attendance": add_attendance,
    "agenda": add_agenda,
    "papers": add_papers,
}


def same_meeting(board: Board, data: dict) -> Meeting | None:
    """The stored meeting that this is: board and first day agree, and the number where both have one."""
    number = data.get("number", "")
    there = Meeting.objects.filter(board=board, first_day=first_day(data)).order_by("pk")
    if number:
        there = there.filter(Q(number=number) | Q(number=""))
    found = list(there)
    return next((meeting for meeting in found if meeting.number == number), found[0] if found else None)
