"""The board of a record, its seats and its calendar: made where they are missing, compared where they are not."""

from django.utils.translation import gettext as _

from boards.models import Board, CaseSeries, CaseType, Contact, Layout, Seat
from meetings.models import CalendarEntry
from publishing.exchange import fields
from publishing.exchange.fields import made, read
from publishing.exchange.validating import Problem, RecordRefused
from publishing.exchange.work import Work


def new_board(work: Work, record: dict) -> Board:
    """The board with everything the record says of it, stored."""
    data = record["board"]
    attrs = read(fields.BOARD, data) | read(fields.NUMBERING, data["numbering"])
    board = made(Board, "/board", needs=("slug", "name"), **attrs)
    board.save()
    work.batch.made["Board"] += 1
    for section, build in LISTS.items():
        build(work, board, section_of(record, section))
    if layout := data.get("layout"):
        work.batch.add(Layout(board=board, settings=layout))
    return board


def section_of(record: dict, section: str) -> list:
    """The record's list under the section's pointer."""
    value = record
    for step in section.strip("/").split("/"):
        value = value.get(step, {})
    return value or []


def add_series(work: Work, board: Board, series: list[dict], start: int = 0) -> None:
    keys = [one["key"] for one in series]
    for index, data in enumerate(series):
        if data["key"] in keys[:index]:
            raise RecordRefused([Problem(f"/board/numbering/series/{index}", _("This series stands twice."))])
        place = f"/board/numbering/series/{index}"
        attrs = read(fields.SERIES, data)
        work.batch.add(made(CaseSeries, place, needs=("key", "pattern"), board=board, order=start + index, **attrs))


def add_case_types(work: Work, board: Board, types: list[str], start: int = 0) -> None:
    for index, name in enumerate(types):
        place = f"/board/case_types/{index}"
        if name in types[:index]:
            work.warn("MERGE", place, _("The case type “%(name)s” stands twice; it is kept once.") % {"name": name})
            continue
        purpose = _purpose(name)
        work.batch.add(made(CaseType, place, board=board, order=start + index, name=name, purpose=purpose))


def _purpose(name: str) -> str:
    """What the common words mean; any other type is a type of its own (R32)."""
    purposes = {
        "tilslutning": CaseType.Purpose.FOR_ENDORSEMENT,
        "tilslutnad": CaseType.Purpose.FOR_ENDORSEMENT,
        "orientering": CaseType.Purpose.FOR_INFORMATION,
        "drøfting": CaseType.Purpose.FOR_DISCUSSION,
        "beslutning": CaseType.Purpose.FOR_DECISION,
        "vedtak": CaseType.Purpose.FOR_DECISION,
        "godkjenning": CaseType.Purpose.FOR_APPROVAL,
        "godkjenning av møtebok": CaseType.Purpose.FOR_APPROVAL,
    }
    return purposes.get(name.casefold(), CaseType.Purpose.OTHER)


def add_contacts(work: Work, board: Board, contacts: list[dict], start: int = 0) -> None:
    for index, data in enumerate(contacts):
        place = f"/board/contacts/{index}"
        attrs = read(fields.CONTACT, data)
        work.batch.add(made(Contact, place, needs=("name",), board=board, order=start + index, **attrs))


def add_memberships(work: Work, board: Board, memberships: list[dict], start: int = 0) -> None:
    for index, data in enumerate(memberships):
        work.batch.add(seat(work, board, data, f"/memberships/{index}", start + index))


def seat(work: Work, board: Board, data: dict, place: str, order: int) -> Seat:
    attrs = read(fields.SEAT, data)
    if attrs.get("starts_on") and attrs.get("ends_on") and attrs["ends_on"] < attrs["starts_on"]:
        raise RecordRefused([Problem(f"{place}/until", _("The seat ends before it begins."))])
    organisation = attrs.get("organisation_name", "")
    return made(
        Seat,
        place,
        board=board,
        order=order,
        person=work.names.person(attrs.get("name", ""), organisation),
        organisation=work.names.organisation(organisation),
        **attrs,
    )


def add_calendar(work: Work, board: Board, calendar: list[dict], start: int = 0) -> None:
    for index, data in enumerate(calendar):
        place = f"/calendar/{index}"
        attrs = read(fields.CALENDAR, data)
        work.batch.add(made(CalendarEntry, place, needs=("date",), board=board, order=start + index, **attrs))


LISTS = {
    "/board/numbering/series": add_series,
    "/board/case_types": add_case_types,
    "/board/contacts": add_contacts,
    "/memberships": add_memberships,
    "/calendar": add_calendar,
}
