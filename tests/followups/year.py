"""A board living through its meetings by the product's own acts, and the little that a reader must remember of them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import time_machine
from django.db import transaction

from boardroom.lib.workflow import TransitionRefused
from boards.models import RowPurpose
from followups.carrying import placing
from followups.carrying.carry import carry, carry_boards
from followups.drafting import start_minutes
from followups.jobs import carry_next_boards
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Report, Status
from followups.owners import reporting
from followups.promises import Promise, save_promises
from followups.register import edits
from followups.resolutions import save_report
from followups.status import change_status
from meetings import planning, workflow
from meetings.models import Meeting
from minutes.models import Block, Minutes
from publishing import calling, issuing
from tests import factories

START = date(2026, 1, 5)
CRASH_POINTS = ("before_insert", "mid_insert", "before_done")
Place = tuple[int, int]  # follow-up, meeting


class Crashed(Exception):
    """The process was gone."""


@dataclass
class Remembered:
    """What was decided and written, in the plainest form there is."""

    out: set[Place] = field(default_factory=set)
    placed: dict[Place, str] = field(default_factory=dict)
    called: dict[int, set[int]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)  # what was written, and of which follow-up


class Year:
    """`step` does what it is told where the product lets it; a refusal leaves everything as it was."""

    def __init__(self, by):
        self.by, self.today, self.told = by, START, 0
        self.board = factories.make_board(f"ar-{Meeting.objects.count()}-{Action.objects.count()}")
        self.mind = Remembered()

    @property
    def at(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC)

    @property
    def stamps(self) -> dict:
        return {"by": self.by, "at": self.at}

    def step(self, what: str, which: int, other: int) -> None:
        try:
            with time_machine.travel(self.at, tick=False), transaction.atomic():
                getattr(self, what.replace(" ", "_"))(which, other)
        except TransitionRefused:
            pass
        self.carry(which, other)

    def carry(self, which: int, other: int) -> None:
        """By the job of the board, by the one of the night, by hand, twice, or after one that was killed in the middle."""
        with time_machine.travel(self.at, tick=False):
            if which % 3 == 0:
                self._crash(CRASH_POINTS[other % 3])
            if other % 4 == 0:
                with transaction.atomic():
                    carry_next_boards({}, None)
            elif other % 4 == 1:
                carry(self.board, at=self.at, by=self.by)
            else:
                carry_boards([self.board.pk], at=self.at)
        self._forget_what_is_over()

    def _crash(self, point: str) -> None:
        def reached(name: str) -> None:
            if name == point:
                raise Crashed

        with mock.patch("followups.carrying.carry.crash_point", reached):
            try:
                carry_boards([self.board.pk], at=self.at)
            except Crashed:
                return

    # What a board does

    def meet(self, which, other):
        day = self.today + timedelta(days=7 * (which + 1) + other)
        meeting = planning.create_next_meeting(self.board, day, by=self.by)
        factories.make_row(meeting, "Budsjett")
        if other % 2:
            factories.make_row(meeting, "Oppfølging", purpose=RowPurpose.FOLLOW_UPS)

    def wait(self, which, _other):
        self.today += timedelta(days=5 * (which + 1))

    def call(self, which, _other):
        meeting = self.meeting(which, "planned")
        calling.send_call(meeting, persons=[], **self.stamps)
        self.mind.called[meeting.pk] = set(standing(meeting))

    def cancel(self, which, other):
        put_off = workflow.cancel if other % 2 else workflow.postpone
        put_off(self.meeting(which, "planned", "called"), by=self.by, reason="Få saker")

    def move(self, which, other):
        meeting = self.meeting(which, "planned", "called", "cancelled", "postponed")
        workflow.move(meeting, self.today + timedelta(days=3 * other), by=self.by, reason="Lokalet er opptatt")

    def renumber(self, which, other):
        meeting = self.meeting(which, "planned")
        Meeting.objects.filter(pk=meeting.pk).update(number=f"{other + 90}/2026", sequence=other + 90)

    def hold(self, which, other):
        """The day comes, and there are minutes that promise something and say something of what was carried."""
        meeting = self.meeting(which, "called")
        self.today = max(self.today, meeting.first_day)
        workflow.hold(meeting, by=self.by)
        minutes = start_minutes(meeting, self.by)
        self.mind.called.pop(meeting.pk, None)
        block = Block.objects.create(item=minutes.items.exclude(row=None).first(), type=Block.Type.FOLLOW_UP, order=9)
        promises = [
            Promise(f"Gjøre {self.say()}", due_text=("", "neste møte", "mars")[other % 3]) for _ in range(other % 3)
        ]
        save_promises(block, promises, **self.stamps)
        self._report(meeting, other)
        if which % 2:
            self._finalise(minutes)

    def finalise(self, which, _other):
        minutes = list(Minutes.objects.filter(meeting__board=self.board, state=Minutes.State.DRAFT))
        if minutes:
            self._finalise(minutes[which % len(minutes)])

    def _finalise(self, minutes):
        issuing.finalise(minutes, reason="Ferdig.", **self.stamps)

    def correct(self, which, other):
        """What the minutes said of one follow-up is put right, and issued anew."""
        issued = list(Minutes.objects.filter(meeting__board=self.board, state=Minutes.State.FINAL).order_by("pk"))
        if issued:
            minutes = issued[which % len(issued)]
            issuing.open_correction(minutes, "Feil i referatet", by=self.by)
            self._report(minutes.meeting, other)
            issuing.issue_correction(minutes, **self.stamps)

    def _report(self, meeting, other):
        reports = list(Report.objects.filter(meeting=meeting, is_left_out=False).order_by("pk"))
        if reports:
            status = ("", Status.DONE, Status.WAITING)[other % 3]
            due = "neste møte" if other % 2 else ""
            said = {"resolution": f"<p>{self.say()}</p>", "status": status, "due_text": due}
            self._write(reports[other % len(reports)], said)

    def prepare(self, which, other):
        """The secretary writes for a meeting whose call is not sent; the words must never be lost while it is open."""
        self._write(self.report(which), {"resolution": f"<p>{self.say()}</p>"})

    def _write(self, report, said):
        self.mind.words.pop(report.resolution, None)
        save_report(report, said, version=None, **self.stamps)
        self.mind.words[said["resolution"]] = report.follow_up_id

    def from_before(self, _which, other):
        actions = [edits.ActionValues(text=f"Gjøre {self.say()}") for _ in range(other % 2 + 1)]
        edits.add_follow_up(self.board, f"Gammel sak {self.say()}", "", actions, **self.stamps)

    def split(self, which, _other):
        one = self.follow_up(which)
        edits.split(one, list(one.actions.order_by("-pk")[:1]), reason="To saker", **self.stamps)

    def retitle(self, which, _other):
        one = self.follow_up(which)
        kept = [edits.ActionValues(text=act.text, due_text=act.due_text, pk=act.pk) for act in one.actions.all()]
        edits.edit_follow_up(one, f"Ny tittel {self.say()}", one.source_label, kept, **self.stamps)

    def close(self, which, _other):
        change_status(self.follow_up(which), Status.DONE, text="Utført.", on=self.today, **self.stamps)

    def reopen(self, which, _other):
        closed = list(FollowUp.objects.filter(board=self.board, state__in=CLOSED).promised().order_by("pk"))
        if closed:
            change_status(closed[which % len(closed)], Status.OPEN, text="Likevel ikke.", on=self.today, **self.stamps)

    def owner_reports(self, which, other):
        kind = (OwnerReport.Kind.DONE, OwnerReport.Kind.PROGRESS, OwnerReport.Kind.WAITING)[other % 3]
        made = reporting.report(self.follow_up(which), kind, self.say(), user=self.by, at=self.at)
        if kind == OwnerReport.Kind.DONE:
            decide = reporting.confirm if which % 2 else reporting.decline
            decide(made, **({} if which % 2 else {"text": "Ikke ennå."}), **self.stamps)

    def take_out(self, which, _other):
        report = self.report(which)
        placing.take_out(report.follow_up, report.meeting, "Senere.", **self.stamps)
        self.mind.out.add((report.follow_up_id, report.meeting_id))

    def put_back(self, which, _other):
        left = Report.objects.filter(meeting__in=self.drafts(), is_left_out=True).order_by("pk")
        if left:
            report = left[which % len(left)]
            placing.put_back(report, **self.stamps)
            self.mind.out.discard((report.follow_up_id, report.meeting_id))

    def put_in(self, which, other):
        one, meeting = self.follow_up(which), self.further(which, other)
        placing.put_in(one, meeting, "Begge steder.", **self.stamps)
        self._remember(one, meeting, "in")

    def put_off(self, which, other):
        one, meeting = self.follow_up(which), self.further(which, other)
        placing.put_off_to(one, meeting, "Venter.", **self.stamps)
        for place in [place for place, how in self.mind.placed.items() if place[0] == one.pk]:
            there = Meeting.objects.get(pk=place[1])
            earlier = (there.first_day, there.pk) < (meeting.first_day, meeting.pk)
            if (self.mind.placed[place] == "instead" or earlier) and place not in self.mind.out and is_draft(there):
                del self.mind.placed[place]
        self._remember(one, meeting, "instead")

    def take_back(self, which, _other):
        placed = Report.objects.filter(meeting__in=self.drafts(), is_left_out=False).exclude(placed="").order_by("pk")
        if placed:
            report = placed[which % len(placed)]
            place = (report.follow_up_id, report.meeting_id)
            placing.take_back(report, **self.stamps)
            self.mind.placed.pop(place, None)

    # What it chooses among

    def say(self) -> str:
        self.told += 1
        return f"ord nummer {self.told}."

    def drafts(self):
        return [one for one in Meeting.objects.filter(board=self.board).order_by("first_day", "pk") if is_draft(one)]

    def meeting(self, which: int, *states: str) -> Meeting:
        return _one(Meeting.objects.filter(board=self.board, state__in=states).order_by("pk"), which)

    def further(self, which: int, other: int) -> Meeting:
        target, drafts = self.target(), self.drafts()
        return _one([one for one in drafts if one != target], which + other)

    def follow_up(self, which: int) -> FollowUp:
        return _one(FollowUp.objects.filter(board=self.board).promised().open().order_by("pk"), which)

    def report(self, which: int) -> Report:
        drafts = Report.objects.filter(meeting__in=self.drafts(), is_left_out=False, follow_up__isnull=False)
        return _one(drafts.select_related("follow_up", "meeting__board").order_by("pk"), which)

    def target(self) -> Meeting | None:
        """The earliest draft from today on; else the earliest after the last meeting that was called or held."""
        behind = Meeting.objects.filter(board=self.board, state__in=["called", "held"]).order_by("-first_day").first()
        last = behind.first_day if behind else date.min
        coming = [one for one in self.drafts() if one.first_day >= self.today]
        return next(iter([*coming, *(one for one in self.drafts() if one.first_day > last)]), None)

    def _remember(self, one: FollowUp, meeting: Meeting, how: str) -> None:
        self.mind.placed[one.pk, meeting.pk] = how
        self.mind.out.discard((one.pk, meeting.pk))

    def _forget_what_is_over(self) -> None:
        """A place lapses with a meeting that is put off or passed over; closing takes a follow-up off every draft."""
        target = self.target()
        states = dict(FollowUp.objects.values_list("pk", "state"))
        self.mind.words = {words: key for words, key in self.mind.words.items() if states[key] not in CLOSED}
        for key, meeting in [*self.mind.placed, *self.mind.out]:
            there = Meeting.objects.get(pk=meeting)
            is_closed = states[key] in CLOSED and is_draft(there)
            is_off = there.state in {"cancelled", "postponed"}
            is_behind = target and is_draft(there) and (there.first_day, there.pk) < (target.first_day, target.pk)
            if is_closed:
                self.mind.out.discard((key, meeting))
            if is_closed or ((is_off or is_behind) and target and (key, meeting) not in self.mind.out):
                self.mind.placed.pop((key, meeting), None)


def is_draft(meeting: Meeting) -> bool:
    begun = Minutes.objects.filter(meeting=meeting).exists()
    return meeting.state in {"planned", "tentative"} and meeting.numbers_fixed_at is None and not begun


def standing(meeting: Meeting) -> list[int]:
    reports = Report.objects.filter(meeting=meeting, is_left_out=False, follow_up__isnull=False)
    return sorted(reports.values_list("follow_up", flat=True))


def _one(found, which: int):
    found = list(found)
    if not found:
        raise TransitionRefused(["There is none."])
    return found[which % len(found)]
