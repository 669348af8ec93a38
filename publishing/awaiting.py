"""What the approving case of a meeting knows of the earlier minutes: version, remarks, and what differs since the draft."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from boards.models import RowPurpose
from meetings.models import AgendaRow, Meeting
from minutes.models import Minutes, Remark
from publishing.models import Document

Status = Remark.Status
OPEN = [Minutes.State.DRAFT, Minutes.State.IN_REVIEW, Minutes.State.FINAL]


@dataclass
class Awaiting:
    """Earlier minutes that a case is to approve. `remarks` counts them by what became of each;
    `decided` is what the case has decided so far."""

    minutes: Minutes
    document: Document | None = None
    draft: Document | None = None
    remarks: dict[str, int] = field(default_factory=dict)
    decided: str = ""
    shows_draft: bool = False

    @property
    def is_final(self) -> bool:
        return self.minutes.state == Minutes.State.FINAL and not self.minutes.correction_reason

    @property
    def told_remarks(self) -> list[tuple[str, int]]:
        """(what became of them in words, how many), those taken in first"""
        return [(str(one.label).lower(), self.remarks[one]) for one in Status if one in self.remarks]

    @property
    def total(self) -> int:
        return sum(self.remarks.values())


def awaited_by(row: AgendaRow | None, *, with_approved: bool = False) -> list[Awaiting]:
    """The minutes that the case is to approve, oldest first; three queries, and none for any other case.

    Those of the day the agenda names, and every final one of an earlier meeting that no meeting has approved yet,
    unless another case of the same meeting names it.
    """
    if row is None or not (row.approves_minutes_of or row.purpose == RowPurpose.APPROVAL):
        return []
    meeting = row.meeting
    named = Q(meeting__days__date=row.approves_minutes_of) if row.approves_minutes_of else Q(pk__in=[])
    elsewhere = meeting.agenda_rows.exclude(pk=row.pk).filter(approves_minutes_of__isnull=False)
    taken = Meeting.objects.filter(board=meeting.board_id, days__date__in=elsewhere.values("approves_minutes_of"))
    left = Q(state=Minutes.State.FINAL, meeting__is_as_written=False) & ~Q(meeting__in=taken)
    waits = named | left if meeting.board.approves_in_meeting else named
    found = Minutes.objects.filter(waits, meeting__board=meeting.board_id, meeting__first_day__lt=meeting.first_day)
    if not with_approved:
        found = found.filter(Q(state__in=OPEN) | Q(approved_in=row))
    minutes = list(found.select_related("meeting__board").order_by("meeting__first_day", "pk").distinct())
    return _with_documents(minutes) if minutes else []


def _with_documents(minutes: list[Minutes]) -> list[Awaiting]:
    known = {one.meeting_id: Awaiting(one) for one in minutes}
    documents = Document.objects.filter(meeting__in=known, kind=Document.Kind.MINUTES)
    for one in documents.defer("content", "public_content").order_by("version"):
        place = known[one.meeting_id]
        if one.stage == Document.Stage.DRAFT:
            place.draft = one
        else:
            place.document = one
    remarks = Remark.objects.filter(round__minutes__in=minutes).exclude(status=Status.OUTSIDE).order_by()
    counted = remarks.values_list("round__minutes__meeting", "status").annotate(number=Count("pk"))
    for meeting, status, number in counted:
        known[meeting].remarks[status or Status.RECEIVED] = number
    return list(known.values())
