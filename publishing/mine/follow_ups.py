"""What the user, or the user's organisation, has promised to do, when it is due, and where one reports on it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigAutoField, DateField, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from boardroom.lib.prepared import prepared
from boards.models import Seat
from followups.models import CLOSED, Action, Responsible, Status
from followups.rules import readable
from publishing.desk.words import distance, level_of, near, on

PRESSING = timedelta(days=14)


@dataclass(frozen=True)
class Promise:
    pk: int
    text: str
    url: str
    report_url: str
    board: str
    due: date | None
    due_in_words: str
    state: str
    state_in_words: str
    level: str

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
    board, due = one.follow_up.board, _last_day(one)
    return Promise(
        one.pk,
        one.text,
        one.follow_up.get_absolute_url(),
        reverse("followups:own", args=[board.slug, one.follow_up_id]),
        board.name,
        due,
        _due_in_words(one, due, today),
        one.state,
        one.get_state_display(),
        "" if one.state == Status.REPORTED_DONE else level_of(due, today),
    )


def _last_day(one: Action) -> date | None:
    """The day it is due; of a month its last."""
    if one.due is None or one.due != one.due_month:
        return one.due
    return one.due.replace(day=monthrange(one.due.year, one.due.month)[1])


def _due_in_words(one: Action, due: date | None, today: date) -> str:
    """«Forfalt 5. november, 12 virkedager siden.»; a month by its name, and words that name no day as they were written."""
    if due is None:
        return _("Due: %(words)s.") % {"words": one.due_text} if one.due_text else _("No date is set.")
    is_late = due < today
    if abs((due - today).days) < 2:
        return (_("Was due %(day)s.") if is_late else _("Due %(day)s.")) % {"day": near(due, today)}
    if due != one.due:
        return (_("Past due %(date)s.") if is_late else _("Due %(date)s.")) % {"date": date_format(due, "F Y")}
    day = on(due) if due.year == today.year else date_format(due, "DATE_FORMAT")
    sentence = _("Past due %(date)s, %(far)s.") if is_late else _("Due %(date)s, %(far)s.")
    return sentence % {"date": day, "far": distance(due, today)}
