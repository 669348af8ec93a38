"""New meetings from the board's template (R2, R40), and what stands on their days and chairs."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import BigAutoField, DateField
from django.utils.text import slugify

from audit import trail
from boardroom.lib.dates import format_dates
from boardroom.lib.prepared import prepared
from boards.models import Board, Person, RowPurpose, Seat, StandingItem
from cases.models import Case
from jobs.queue import enqueue
from meetings import annual_plan, numbering, timing, topic_cases
from meetings.agenda import Named, set_presenters
from meetings.models import AgendaRow, Chair, Meeting, MeetingDay

PUT_OFF = (Meeting.State.CANCELLED, Meeting.State.POSTPONED)


@transaction.atomic
def create_next_meeting(
    board: Board,
    day: date,
    *,
    by,
    start: time | None = None,
    end: time | None = None,
    number: str | None = None,
    days: Sequence[date] = (),
    state: str = Meeting.State.PLANNED,
    **fields,
) -> Meeting:
    """A meeting with the board's next number, its standing items and the previous meeting's date filled in (R40).

    The annual plan's topics for its month stand at it; on the agenda of a meeting that is not tentative they are cases.
    `number` None takes the proposed one; `fields` are place, url, mode, name, is_extraordinary and the like. Open
    follow-ups are placed on it by a job that is in the table when the transaction is committed.
    """
    proposed, sequence = numbering.propose_number(board, day)
    if number is not None and number != proposed:
        proposed, sequence = number, numbering.read_sequence(number)
    usual = {"place": board.default_place, "prints_calendar": _prints_calendar(board, day)}
    meeting = Meeting.objects.create(
        board=board,
        slug=free_slug(board, proposed, day),
        number=proposed,
        sequence=sequence,
        first_day=day,
        state=state,
        **(usual | fields),
    )
    hours = {"start": start or board.default_start, "end": end or board.default_end}
    for place, one in enumerate([day, *sorted(set(days) - {day})], start=1):
        MeetingDay.objects.create(meeting=meeting, number=place, date=one, **hours)
    _seat_the_chair(meeting)
    add_standing_items(meeting)
    _bring_planned_topics(meeting, by)
    trail.record("meetings.create", meeting, by=by, board=board, number=proposed, date=day)
    place_follow_ups(meeting)
    return meeting


def place_follow_ups(meeting: Meeting) -> None:
    """A job carries the board's open follow-ups, now that this meeting is there or has moved."""
    key = f"carry:board:{meeting.board.slug}:{meeting.slug}"
    enqueue("carry", key, {"board": meeting.board_id}, again=True)


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The board's last meeting before this one that was not put off (R14)."""
    found = _before(board=meeting.board_id, day=meeting.first_day, besides=meeting.pk or 0)
    return next((_of_board(other, meeting) for other in found), None)


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The board's first meeting after this one that was not put off (R14)."""
    found = _after(board=meeting.board_id, day=meeting.first_day, besides=meeting.pk or 0)
    return next((_of_board(other, meeting) for other in found), None)


def _of_board(other: Meeting, meeting: Meeting) -> Meeting:
    other.board = meeting.board
    return other


@prepared(board=BigAutoField(), day=DateField(), besides=BigAutoField())
def _before(board, day, besides):
    others = Meeting.objects.filter(board=board, first_day__lt=day).exclude(state__in=PUT_OFF).exclude(pk=besides)
    return others.order_by("-first_day", "-pk")[:1]


@prepared(board=BigAutoField(), day=DateField(), besides=BigAutoField())
def _after(board, day, besides):
    others = Meeting.objects.filter(board=board, first_day__gt=day).exclude(state__in=PUT_OFF).exclude(pk=besides)
    return others.order_by("first_day", "pk")[:1]


def free_slug(board: Board, number: str, day: date) -> str:
    """An address nobody has on the board: of the number, else of the date, with -2 and on where it is taken."""
    base = slugify(number.replace("/", "-"))[:70] or day.isoformat()
    taken = set(board.meetings.filter(slug__startswith=base).values_list("slug", flat=True)) | {"new"}
    slug, count = base, 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    return slug


def add_standing_items(meeting: Meeting) -> None:
    """The board's template stands on the agenda, numbered and timed."""
    before = previous_meeting(meeting)
    items = list(meeting.board.standing_items.all())
    for order, item in enumerate(sorted(items, key=lambda item: item.is_last), start=1):
        _add_standing_item(meeting, item, order, before)
    numbering.renumber(meeting)
    timing.retime(meeting)


def standing_title(item: StandingItem, before: Meeting | None) -> str:
    """The item's title with `{date}` as the previous meeting's date in the board's language.

    Where there is no earlier meeting, or other ways than the meeting approve the minutes, the part of the title that
    speaks of it, from its comma on, is left out.
    """
    if "{date}" not in item.title:
        return item.title
    told, comma, _part = item.title[: item.title.index("{date}")].rpartition(",")
    elsewhere = item.purpose == RowPurpose.APPROVAL and not item.board.approves_in_meeting
    if comma and (before is None or elsewhere):
        return told
    if before is None:
        return " ".join(item.title.replace("{date}", "").split())
    dates = [day.date for day in before.days.all()] or [before.first_day]
    return item.title.replace("{date}", format_dates(dates, before.board.language))


@transaction.atomic
def set_chairs(meeting: Meeting, chairs: Sequence[tuple[str, time | None, time | None]], *, by) -> None:
    """The meeting is chaired by these in turn, each from and until (R12)."""
    meeting.chairs.all().delete()
    people = {person.name: person for person in Person.objects.filter(name__in=[name for name, *_ in chairs])}
    Chair.objects.bulk_create(
        Chair(meeting=meeting, order=order, name=name, person=people.get(name), start=start, end=end)
        for order, (name, start, end) in enumerate(chairs)
        if name
    )
    trail.record("meetings.set_chairs", meeting, by=by, board=meeting.board, chairs=[name for name, *_ in chairs])


@transaction.atomic
def set_days(meeting: Meeting, days: Sequence[tuple[date, time | None, time | None, str]], *, by) -> None:
    """The meeting is held on these days, in order of date; times of the agenda follow (R5)."""
    meeting.days.all().delete()
    MeetingDay.objects.bulk_create(
        MeetingDay(meeting=meeting, number=number, date=day, start=start, end=end, agenda_heading=heading)
        for number, (day, start, end, heading) in enumerate(sorted(days, key=lambda one: one[0]), start=1)
    )
    Meeting.objects.filter(pk=meeting.pk).update(first_day=min(day for day, *_ in days))
    meeting.refresh_from_db(fields=["first_day"])
    meeting._prefetched_objects_cache = {}
    annual_plan.follow_meeting(meeting)
    numbering.renumber(meeting)
    timing.retime(meeting)
    trail.record("meetings.set_days", meeting, by=by, board=meeting.board, days=[day.isoformat() for day, *_ in days])


def _prints_calendar(board: Board, day: date) -> bool:
    """As the board's meeting before did; a board's first call prints it (R8)."""
    before = board.meetings.filter(first_day__lt=day, is_as_written=False).order_by("-first_day", "-pk").first()
    return before is None or before.prints_calendar


def _bring_planned_topics(meeting: Meeting, by) -> None:
    annual_plan.repeat_topics(meeting.board, meeting.first_day.year, by=by)
    annual_plan.seat_topics(meeting)
    if meeting.state == Meeting.State.PLANNED:
        own = annual_plan.untaken(meeting.planned_topics.order_by("order", "pk"))
        topic_cases.take_topics(meeting, list(own), by=by)


def _seat_the_chair(meeting: Meeting) -> None:
    seats = Seat.objects.active_on(meeting.first_day).filter(board=meeting.board, role=Seat.Role.CHAIR)
    for seat in seats.exclude(name="")[:1]:
        Chair.objects.create(meeting=meeting, person=seat.person, name=seat.name)


def minutes_approved_by(item: StandingItem, before: Meeting | None) -> date | None:
    """The day whose minutes the standing case approves; none on a board that approves them outside its meetings."""
    approves = before and item.purpose == RowPurpose.APPROVAL and item.board.approves_in_meeting
    return before.first_day if approves else None


def _add_standing_item(meeting: Meeting, item: StandingItem, order: int, before: Meeting | None) -> None:
    title = standing_title(item, before)
    is_case = item.kind == StandingItem.Kind.CASE
    case = Case.objects.create(board=meeting.board, title=title, type=item.type) if is_case else None
    approves = minutes_approved_by(item, before)
    row = AgendaRow.objects.create(
        meeting=meeting,
        order=order,
        kind=item.kind,
        title=title,
        type=item.type,
        purpose=item.purpose,
        minutes=item.minutes,
        case=case,
        approves_minutes_of=approves,
    )
    if item.presenter:
        name, _comma, organisation = item.presenter.rstrip(")").partition(" (")
        set_presenters(row, [Named(name, organisation)])
