"""The user's next meetings: when, where, the papers, and what the user has answered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigAutoField, Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib.prepared import among, give, prepared
from boards.models import Seat
from boards.roles import roles_of
from meetings import rules
from meetings.answers import ASKED
from meetings.beginning import reasons_closed
from meetings.models import AgendaRow, DeputyCall, Meeting, MeetingDay, Paper, Reply
from meetings.standing_in import called_to
from minutes.register import SHIELDED
from publishing.desk.words import distance

State = Meeting.State
OFF = (State.CANCELLED, State.POSTPONED)
LONGEST = 40


@dataclass
class Ahead:
    """One meeting that is coming, or was to come and is put off."""

    meeting: Meeting
    today: date
    is_asked: bool
    closed: list[str]
    reads_agenda: bool
    reply: Reply | None = None
    stands_in_for: str = ""
    cases: int = 0
    papers: int = 0

    @property
    def waits(self) -> bool:
        """Whether the user's answer is waited for."""
        return self.is_asked and self.reply is None and not self.closed

    @property
    def is_off(self) -> bool:
        return self.meeting.state in OFF

    @property
    def is_tentative(self) -> bool:
        return self.meeting.state == State.TENTATIVE

    @property
    def distance(self) -> str:
        return distance(self.meeting.first_day, self.today)

    @property
    def day_in_words(self) -> str:
        """Torsdag 3. desember, with the year where it is another."""
        words = self._day
        return words[:1].upper() + words[1:]

    @property
    def when(self) -> str:
        """torsdag 3. desember kl. 12.00–15.00"""
        return " ".join(part for part in (self._day, self.hours) if part)

    @property
    def _day(self) -> str:
        day = self.meeting.first_day
        written = "MONTH_DAY_FORMAT" if day.year == self.today.year else "DATE_FORMAT"
        return f"{date_format(day, 'l')} {date_format(day, written)}"

    @property
    def hours(self) -> str:
        """kl. 12.00–15.00, of the first day."""
        first = next(iter(self.meeting.days.all()), None)
        if first is None or first.start is None:
            return ""
        start = _("at %(time)s") % {"time": time_format(first.start)}
        return f"{start}–{time_format(first.end)}" if first.end else start

    @property
    def when_and_where(self) -> str:
        return ", ".join(part for part in (self.hours, self.meeting.place) if part)

    @property
    def papers_in_words(self) -> str:
        """8 saker, 5 vedlegg"""
        cases = ngettext("%(number)s case", "%(number)s cases", self.cases) % {"number": self.cases}
        if not self.papers:
            return cases
        return f"{cases}, " + ngettext("%(number)s paper", "%(number)s papers", self.papers) % {"number": self.papers}


def meetings_ahead(user, at: datetime) -> list[Ahead]:
    """The meetings of the user's boards from today on, the nearest first; a deputy's own only, once called. Seven queries."""
    today = timezone.localdate(at)
    found = [one for one in _ahead(user=user.pk, today=today) if _is_mine(user, one)]
    keys = [one.pk for one in found]
    days: dict[int, list[MeetingDay]] = {key: [] for key in keys}
    for day in _days(meetings=keys):
        days[day.meeting_id].append(day)
    replies = {reply.meeting_id: reply for reply in _replies(user=user.pk, meetings=keys)}
    calls = {call.meeting_id: call for call in _calls(user=user.pk, meetings=keys)}
    cases, papers = dict(_cases(meetings=keys)), {key: counts for key, *counts in _papers(meetings=keys)}
    ahead = []
    for meeting in found:
        give(meeting, "days", days[meeting.pk])
        call, reads = calls.get(meeting.pk), rules.may_read_agenda(user, meeting)
        is_asked = rules.has_been_called(meeting) and (meeting.sits or call is not None)
        one = Ahead(meeting, today, is_asked, reasons_closed(meeting, at), reads, replies.get(meeting.pk))
        one.stands_in_for = call.stands_in_for.name if call and not call.ending else ""
        if reads:
            every, unshielded = papers.get(meeting.pk, (0, 0))
            one.cases = cases.get(meeting.pk, 0)
            one.papers = every if rules.may_read_exempt(user, meeting.board, meeting.pk) else unshielded
        ahead.append(one)
    return ahead


def _is_mine(user, meeting: Meeting) -> bool:
    """A deputy's meetings are those the deputy was called to; an archivist has none."""
    if rules.is_only_deputy(user, meeting.board):
        return meeting.pk in called_to(user) or meeting.declined
    return roles_of(user, meeting.board) != {Seat.Role.ARCHIVIST}


def _seats(user, role_in, day) -> QuerySet[Seat]:
    return Seat.objects.active_on(day).filter(board=OuterRef("board"), person__user=user, role__in=role_in)


@prepared(user=BigAutoField(), today=DateField())
def _ahead(user, today):
    called_off = Q(state__in=OFF, numbers_fixed_at__isnull=False)
    later = Exists(MeetingDay.objects.filter(meeting=OuterRef("pk"), date__gte=today))
    mine = Seat.objects.active_on(today).filter(person__user=user).order_by().values("board")
    declined = DeputyCall.objects.filter(meeting=OuterRef("pk"), person__user=user, ending=DeputyCall.Ending.DECLINED)
    meetings = Meeting.objects.filter(Q(first_day__gte=today) | later, board__in=mine)
    meetings = meetings.filter(Q(state__in=[State.TENTATIVE, State.PLANNED, State.CALLED]) | called_off)
    meetings = meetings.annotate(sits=Exists(_seats(user, ASKED, OuterRef("first_day"))), declined=Exists(declined))
    return meetings.select_related("board").order_by("first_day", "pk")[:LONGEST]


@prepared(meetings=[BigAutoField()])
def _days(meetings):
    return MeetingDay.objects.filter(among("meeting", meetings)).order_by("number")


@prepared(user=BigAutoField(), meetings=[BigAutoField()])
def _replies(user, meetings):
    return Reply.objects.filter(among("meeting", meetings), person__user=user).order_by()


@prepared(user=BigAutoField(), meetings=[BigAutoField()])
def _calls(user, meetings):
    calls = DeputyCall.objects.filter(among("meeting", meetings), person__user=user)
    return calls.exclude(ending=DeputyCall.Ending.RELEASED).select_related("stands_in_for").order_by("pk")


@prepared(meetings=[BigAutoField()])
def _cases(meetings):
    rows = AgendaRow.objects.filter(among("meeting", meetings), kind=AgendaRow.Kind.CASE).order_by()
    return rows.values_list("meeting").annotate(number=Count("pk"))


@prepared(meetings=[BigAutoField()])
def _papers(meetings):
    secret = Q(access_level__in=SHIELDED) | Q(row__access_level__in=SHIELDED) | Q(row__is_closed=True)
    papers = Paper.objects.filter(among("meeting", meetings), replaced_by=None).order_by()
    return (
        papers.values_list("meeting")
        .annotate(every=Count("pk"), secret=Count("pk", filter=secret))
        .annotate(unshielded=F("every") - F("secret"))
        .values_list("meeting", "every", "unshielded")
    )
