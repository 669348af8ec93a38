"""Whatever a board does in whatever order, each open follow-up stands once in its next meeting and nowhere else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followups.carry import carry
from followups.models import FollowUp, Report, Status
from followups.status import change_status
from meetings.models import Meeting
from minutes.models import Minutes
from tests import factories
from tests.followups.build import follow_up

START = date(2026, 1, 5)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["meet", "call", "hold", "promise", "close", "reopen", "cancel", "move", "wait", "take out"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=25,
)


class Year:
    """A board living through its meetings, one step at a time."""

    def __init__(self):
        self.board, self.today, self.number = factories.make_board(), START, 0

    @property
    def at(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC)

    def step(self, what: str, which: int) -> None:
        getattr(self, what.replace(" ", "_"))(which)

    def meet(self, which):
        self.number += 1
        factories.make_meeting(self.board, self.today + timedelta(days=7 * (which + 1)), sequence=self.number)

    def wait(self, which):
        self.today += timedelta(days=5 * (which + 1))

    def call(self, which):
        self._update(which, {"planned"}, state="called", numbers_fixed_at=self.at)

    def cancel(self, which):
        self._update(which, {"planned", "called"}, state="cancelled", state_reason="Få saker")

    def move(self, which):
        self._update(which, {"planned"}, first_day=self.today + timedelta(days=3 * (which + 1)))

    def hold(self, which):
        meeting = self._pick(Meeting.objects.filter(state="called"), which)
        if meeting:
            Meeting.objects.filter(pk=meeting.pk).update(state="held")
            Minutes.objects.create(meeting=meeting, state=Minutes.State.FINAL)

    def promise(self, which):
        meeting = self._pick(Meeting.objects.filter(state="held"), which)
        if meeting:
            follow_up(meeting, f"Oppgave {FollowUp.objects.count()}", item=which + 1)

    def close(self, which):
        self._change(which, FollowUp.objects.open(), Status.DONE)

    def reopen(self, which):
        self._change(which, FollowUp.objects.filter(state=Status.DONE), Status.OPEN)

    def take_out(self, which):
        report = self._pick(Report.objects.filter(meeting__state="planned"), which)
        if report:
            Report.objects.filter(pk=report.pk).update(is_left_out=True, left_out_reason="Senere.")

    def _update(self, which, states, **values):
        if meeting := self._pick(Meeting.objects.filter(state__in=states), which):
            Meeting.objects.filter(pk=meeting.pk).update(**values)

    def _change(self, which, among, after):
        if promised := self._pick(among, which):
            change_status(promised, after, text="Slik ble det.", by=None, on=self.today, at=self.at)

    def _pick(self, among, which):
        found = list(among.order_by("pk"))
        return found[which % len(found)] if found else None


def expected_meeting(year: Year) -> Meeting | None:
    waiting = Meeting.objects.filter(state="planned", numbers_fixed_at__isnull=True).order_by("first_day", "pk")
    behind = Meeting.objects.filter(state__in=["called", "held"]).order_by("-first_day").first()
    ahead = waiting.filter(first_day__gte=year.today).first()
    return ahead or waiting.filter(first_day__gt=behind.first_day if behind else date.min).first()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_each_open_follow_up_stands_once_in_its_next_meeting(steps, django_db_blocker):
    from django.db import transaction

    with transaction.atomic():
        year = Year()
        for what, which in steps:
            year.step(what, which)
            carry(year.board, at=year.at)
            _check(year)
        transaction.set_rollback(True)


def _check(year: Year) -> None:
    target = expected_meeting(year)
    uncalled = Report.objects.filter(meeting__state="planned", is_left_out=False)
    placed = sorted(uncalled.values_list("meeting", "follow_up"))
    out = set()
    if target:
        out = set(Report.objects.filter(meeting=target, is_left_out=True).values_list("follow_up", flat=True))
    wanted = [
        (target.pk, promised.pk)
        for promised in FollowUp.objects.open().order_by("pk")
        if target
        and promised.pk not in out
        and (promised.source_meeting.first_day, promised.source_meeting.pk) < (target.first_day, target.pk)
    ]
    assert placed == wanted
    assert not Report.objects.filter(meeting__state="cancelled", is_left_out=False).exists()
