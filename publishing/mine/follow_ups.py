"""What the user, or the user's organisation, has promised to do, and when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigAutoField, DateField, F, OuterRef, Q
from django.db.models.functions import Coalesce

from boardroom.lib.prepared import prepared
from boards.models import Seat
from followups.models import CLOSED, Action, Responsible, Status
from followups.rules import readable
from publishing.desk.words import level_of, on

PRESSING = timedelta(days=14)


@dataclass(frozen=True)
class Promise:
    pk: int
    text: str
    url: str
    board: str
    due: date | None
    state: str
    state_in_words: str
    level: str

    @property
    def when(self) -> str:
        return on(self.due)

    def is_pressing(self, today: date) -> bool:
        """Nothing is reported, and it is due within two weeks, or was."""
        return self.state == Status.OPEN and self.due is not None and self.due <= today + PRESSING


def promises_of(user, today: date) -> list[Promise]:
    """Open actions the user answers for, the nearest day first, those without one last; one query."""
    return [_told(one, today) for one in _open(user=user.pk, today=today)]


@prepared(user=BigAutoField(), today=DateField())
def _open(user, today):
    seats = Seat.objects.filter(person__user=user, board=OuterRef("action__follow_up__board"))
    owned = Responsible.objects.filter(Q(person__user=user) | Q(organisation__in=seats.values("organisation")))
    actions = Action.objects.filter(pk__in=owned.values("action"), follow_up__in=readable(user, today).open())
    dated = actions.exclude(state__in=CLOSED).annotate(due=Coalesce("due_on", "due_meeting__first_day", "due_month"))
    return dated.select_related("follow_up__board").order_by(F("due").asc(nulls_last=True), "pk")[:60]


def _told(one: Action, today: date) -> Promise:
    board = one.follow_up.board
    words = one.get_state_display()
    return Promise(
        one.pk,
        one.text,
        one.follow_up.get_absolute_url(),
        board.name,
        one.due,
        one.state,
        words,
        level_of(one.due, today),
    )
