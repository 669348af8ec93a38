"""Who a call goes to (P36, P39)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigAutoField, DateField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib.prepared import prepared
from boards.models import Person, Seat
from meetings.models import Attendance, DeputyCall, Meeting

CALLED_ROLES = (Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR, Seat.Role.MEMBER, Seat.Role.OBSERVER, Seat.Role.SECRETARY)


def recipients_of(meeting: Meeting, on: date) -> list[Person]:
    """Who a call goes to: everybody with a seat that day, deputies only when they stand in for somebody (P36)."""
    seats = Seat.objects.active_on(on).filter(board=meeting.board, person__isnull=False, role__in=CALLED_ROLES)
    persons = {seat.person_id: seat.person for seat in seats.select_related("person")}
    for called in meeting.deputy_calls.filter(ending="").select_related("person"):
        persons.setdefault(called.person_id, called.person)
    stand_ins = meeting.attendance.filter(person__isnull=False, role="deputy").exclude(stands_in_for="")
    for row in stand_ins.select_related("person"):
        persons.setdefault(row.person_id, row.person)
    return list(persons.values())


@dataclass(frozen=True)
class Counted:
    """Of those the call goes to: how many of each role get it by e-mail, in words, and who has no address."""

    words: list[str]
    without_address: list[str]


def counted(meeting: Meeting, on: date) -> Counted:
    """`recipients_of` in numbers, each person once; three queries."""
    persons: dict[int, tuple[str, str, str]] = {}
    for key, name, email, role in _seated(board=meeting.board_id, day=on):
        group = Seat.Role.MEMBER if role in {Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR} else role
        persons.setdefault(key, (name, email, group))
    for key, name, email in [*_deputies(meeting=meeting.pk), *_stand_ins(meeting=meeting.pk)]:
        persons.setdefault(key, (name, email, Seat.Role.DEPUTY))
    sent = [group for _name, email, group in persons.values() if email]
    words = [_words(role, count) for role in _ORDER if (count := sent.count(role))]
    return Counted(words, sorted(name for name, email, _group in persons.values() if not email))


_ORDER = (Seat.Role.MEMBER, Seat.Role.DEPUTY, Seat.Role.OBSERVER, Seat.Role.SECRETARY)


def _words(role: str, count: int) -> str:
    said = {
        Seat.Role.MEMBER: ngettext("%(count)s member", "%(count)s members", count),
        Seat.Role.DEPUTY: ngettext("%(count)s deputy", "%(count)s deputies", count),
        Seat.Role.OBSERVER: ngettext("%(count)s observer", "%(count)s observers", count),
        Seat.Role.SECRETARY: ngettext("%(count)s secretary", "%(count)s secretaries", count),
    }
    return said[role] % {"count": count}


def in_a_row(words: list[str]) -> str:
    """«9 members, 2 observers and 1 secretary»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


@prepared(board=BigAutoField(), day=DateField())
def _seated(board, day):
    seats = Seat.objects.active_on(day).filter(board=board, person__isnull=False, role__in=CALLED_ROLES)
    return seats.order_by("order", "pk").values_list("person", "person__name", "person__email", "role")


@prepared(meeting=BigAutoField())
def _deputies(meeting):
    calls = DeputyCall.objects.filter(meeting=meeting, ending="").order_by("pk")
    return calls.values_list("person", "person__name", "person__email")


@prepared(meeting=BigAutoField())
def _stand_ins(meeting):
    rows = Attendance.objects.filter(meeting=meeting, person__isnull=False, role=Attendance.Role.DEPUTY)
    return rows.exclude(stands_in_for="").order_by("pk").values_list("person", "person__name", "person__email")
