"""Agenda rows of a record: their numbers read, their cases made, and the ways to find a row again."""

from django.utils.translation import gettext as _

from boards.models import Board, RowPurpose
from cases import caseid
from cases.models import Case
from meetings.models import AgendaRow, GivenNumber, Meeting, Presenter
from publishing.exchange import fields
from publishing.exchange.fields import made, read, read_access, read_closed
from publishing.exchange.validating import Problem, RecordRefused
from publishing.exchange.work import Work
from publishing.wording import same_text


class Rows:
    """The agenda rows of one meeting, to be found by label or heading."""

    def __init__(self, meeting: Meeting, scheme: str, rows: list[AgendaRow] | None = None):
        self.meeting = meeting
        self.scheme = scheme
        self.rows = rows if rows is not None else []
        self._sections_taken: set[int] = set()

    def number_of(self, label: str) -> caseid.CaseNumber | None:
        """The label read with the board's scheme; a bare number takes this meeting's sequence and year (1.2)."""
        if not label:
            return None
        return caseid.parse(label, self.scheme, meeting=self.meeting.sequence, year=self.meeting.first_day.year)

    def find(self, label: str, part: int | None = None, sub_label: str = "") -> AgendaRow | None:
        """The case row with this label (as written, else as read), of several the one with that part."""
        if not label:
            return None
        found = [row for row in self.rows if row.kind == AgendaRow.Kind.CASE and row.label == label]
        if not found and (number := self.number_of(label)):
            found = [row for row in self.rows if _is_number(row, number)]
        exact = [row for row in found if row.part == part and row.sub_label == sub_label]
        return next(iter(exact or found), None)

    def find_heading(self, title: str) -> AgendaRow | None:
        """The next section or break row of this title that no item has taken yet."""
        for index, row in enumerate(self.rows):
            if row.kind != AgendaRow.Kind.CASE and index not in self._sections_taken and same_text(row.title, title):
                self._sections_taken.add(index)
                return row
        return None


def _is_number(row: AgendaRow, number: caseid.CaseNumber) -> bool:
    return (row.item, row.number_meeting, row.number_year) == (number.item, number.meeting, number.year)


def add_agenda(work: Work, meeting: Meeting, agenda: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    """The rows with their presenters, numbers and cases wait in the batch, and stand in `rows`."""
    for index, data in enumerate(agenda, start):
        add_row(work, data, f"{place}/{index}", rows, index)


def add_row(work: Work, data: dict, place: str, rows: Rows, order: int) -> AgendaRow:
    attrs = read(fields.ROW, data) | read_access(data) | read_closed(data)
    number = rows.number_of(attrs.get("label", "")) if attrs["kind"] == AgendaRow.Kind.CASE else None
    if attrs["kind"] != AgendaRow.Kind.CASE and attrs.get("outcome") in {"postponed", "withdrawn"}:
        raise RecordRefused([Problem(f"{place}/outcome", _("Only a case can be postponed or withdrawn."))])
    row = made(AgendaRow, place, meeting=rows.meeting, order=order, purpose=purpose_of(data), **attrs)
    set_number(row, number)
    if row.kind == AgendaRow.Kind.CASE:
        row.case = _case(work, row, number, rows)
        _give(work, row, number)
    rows.rows.append(work.batch.add(row))
    add_presenters(work, row, data.get("presenters", []), place)
    return row


def set_number(row: AgendaRow, number: caseid.CaseNumber | None) -> None:
    row.item = number.item if number else None
    row.number_meeting = number.meeting if number else None
    row.number_year = number.year if number else None


def add_presenters(work: Work, row: AgendaRow, presenters: list[dict], place: str) -> None:
    for index, data in enumerate(presenters):
        attrs = read(fields.PRESENTER, data)
        organisation = attrs.get("organisation_name", "")
        work.batch.add(
            made(
                Presenter,
                f"{place}/presenters/{index}",
                row=row,
                order=index,
                person=work.names.person(attrs.get("name", ""), organisation),
                organisation=work.names.organisation(organisation),
                **attrs,
            )
        )


def _case(work: Work, row: AgendaRow, number: caseid.CaseNumber | None, rows: Rows) -> Case:
    """The row's case: parts of one number share it, and so does the same number and title in another meeting."""
    known = _cases(work, rows.meeting.board)
    key = (row.series, number.prefix, number.item, number.meeting, number.year) if number else None
    for meeting, other in known.get(key, []) if key else []:
        shares_number = meeting is rows.meeting and (row.part or row.sub_label)
        if shares_number or (meeting is not rows.meeting and same_text(other.title, row.title)):
            return other
    case = Case(
        board=rows.meeting.board,
        title=row.title,
        type=row.type,
        archive_reference=row.archive_reference,
        access_level=row.access_level,
        access_basis=row.access_basis,
        public_title=row.public_title,
    )
    if key:
        known.setdefault(key, []).append((rows.meeting, case))
    return work.batch.add(case)


def _cases(work: Work, board: Board) -> dict:
    """The board's cases by number, read once an import."""
    memory = work.touched.setdefault("cases", {})
    if board.pk not in memory:
        memory[board.pk] = {}
        rows = AgendaRow.objects.filter(meeting__board=board, item__isnull=False, case__isnull=False)
        for row in rows.select_related("case", "meeting"):
            number = caseid.parse(row.label, board.scheme, meeting=row.number_meeting, year=row.number_year)
            key = (row.series, number.prefix if number else "", row.item, row.number_meeting, row.number_year)
            memory[board.pk].setdefault(key, []).append((row.meeting, row.case))
    return memory[board.pk]


def _give(work: Work, row: AgendaRow, number: caseid.CaseNumber | None) -> None:
    """A number of a called or held meeting is given, so that it is never given again (R24)."""
    if number is None or row.meeting.numbers_fixed_at is None:
        return
    board = row.meeting.board
    taken = work.touched.setdefault("given", {})
    if board.pk not in taken:
        taken[board.pk] = set(board.given_numbers.values_list("series", "year", "meeting_sequence", "item"))
    key = (row.series, number.year, number.meeting or 0, number.item)
    if key not in taken[board.pk]:
        taken[board.pk].add(key)
        series, year, sequence, item = key
        work.batch.add(
            GivenNumber(board=board, series=series, year=year, meeting_sequence=sequence, item=item, row=row)
        )


def purpose_of(data: dict, blocks: list[dict] = ()) -> str:
    """What a standing case is for, read from its blocks and its title."""
    if data["kind"] != AgendaRow.Kind.CASE:
        return RowPurpose.NONE
    title = data.get("title", "").casefold()
    if data.get("approves_minutes_of") or any(block.get("approves_minutes_of") for block in blocks):
        return RowPurpose.APPROVAL
    if any(block["type"] == "follow-up-report" for block in blocks) or "oppfølg" in title or "follow-up" in title:
        return RowPurpose.FOLLOW_UPS
    if any(word in title for word in ("godkjen", "approv")) and any(
        word in title for word in ("referat", "protokoll", "møtebok", "innkalling", "minutes")
    ):
        return RowPurpose.APPROVAL
    if title.strip(" .:") in {"eventuelt", "ymse", "any other business", "other business"}:
        return RowPurpose.OTHER_BUSINESS
    return RowPurpose.EVALUATION if "evaluering av møte" in title else RowPurpose.NONE
