"""Letters about who comes: to a deputy who is called or released, and to whoever has not answered (P40, reliability.md A8).

They name board, day and persons, never a case. `letters.py` makes them known.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.addresses import absolute
from mail.kinds import Content, kind
from mail.models import Letter
from meetings import occasions
from meetings.beginning import begins_at, reasons_closed
from meetings.discretion import discreet
from meetings.models import DeputyCall, Meeting, Notice


@kind("deputy-called", label=gettext_lazy("Being called as a deputy"), essential=True, order=15)
def deputy_called(letter: Letter, at: datetime) -> Content | None:
    """To the deputy, as long as the call stands and is not answered."""
    made = _calls().filter(pk=letter.about, ending="").first()
    if made is None or reasons_closed(made.meeting, at) or made.meeting.replies.filter(person=made.person).exists():
        return None
    told = _named(made.meeting) | {"absent": made.stands_in_for.name}
    return Content(
        _("%(board)s: you are called as a deputy on %(date)s") % told,
        [
            _("%(absent)s is not coming to the meeting of %(board)s on %(date)s. You are called in that place.") % told,
            _("Answer whether you are coming. Agenda and papers are there too."),
        ],
        rows=_rows(made.meeting),
        address=_answer_page(made.meeting),
        action=_("Answer whether you are coming"),
        **_calendar(made, {}),
    )


@kind("deputy-released", label=gettext_lazy("Not being needed as a deputy after all"), essential=True, order=16)
def deputy_released(letter: Letter, at: datetime) -> Content | None:
    """To the deputy who was released, unless called anew meanwhile."""
    made = _calls().filter(pk=letter.about, ending=DeputyCall.Ending.RELEASED).first()
    if made is None or made.meeting.deputy_calls.filter(person=made.person, ending="").exists():
        return None
    told = _named(made.meeting)
    return Content(
        _("%(board)s: you are not needed on %(date)s after all") % told,
        [
            _("You were called as a deputy to the meeting of %(board)s on %(date)s. That call is withdrawn.") % told,
            _("There is nothing you have to do."),
        ],
        address=absolute(reverse("my_page")),
        action=_("Go to my page"),
        **_calendar(made, {"state": Meeting.State.CANCELLED}),
    )


@kind("answer-reminder", label=gettext_lazy("Reminders to answer the call"), order=14)
def answer_reminder(letter: Letter, at: datetime) -> Content | None:
    """To one who has not answered, while answers are taken."""
    meeting = Meeting.objects.select_related("board").filter(pk=letter.about).first()
    if meeting is None or reasons_closed(meeting, at) or meeting.replies.filter(person=letter.person).exists():
        return None
    told = _named(meeting)
    return Content(
        _("%(board)s: are you coming on %(date)s?") % told,
        [
            _("The secretariat would like to know whether you are coming to the meeting of %(board)s on %(date)s.")
            % told
        ],
        rows=_rows(meeting),
        address=_answer_page(meeting),
        action=_("Answer whether you are coming"),
    )


def _calls():
    return DeputyCall.objects.select_related("meeting__board", "person", "stands_in_for")


def _calendar(made: DeputyCall, over: dict) -> dict:
    """The invitation as it was told last, or with the state of a meeting that is off what takes it out of the calendar."""
    last = made.meeting.notices.order_by("sequence").last()
    if last is None:
        return {}
    at = made.ended_at or last.told_at
    told = Notice(meeting=made.meeting, sequence=last.sequence, facts=last.facts | over, told_at=at)
    method, data = occasions.invitation(told, made.person)
    return {"calendar": data, "method": method}


def _named(meeting: Meeting) -> dict[str, str]:
    return {"board": meeting.board.name, "date": date_format(meeting.first_day)}


def _rows(meeting: Meeting) -> list[str]:
    """When and where."""
    start = timezone.localtime(begins_at(meeting))
    has_time = any(day.start for day in meeting.days.all()[:1])
    day = f"{date_format(meeting.first_day, 'l')} {date_format(meeting.first_day)}".capitalize()
    when = _("%(day)s at %(time)s") % {"day": day, "time": time_format(start.time())} if has_time else day
    return [line for line in (when, discreet(meeting, meeting.place)) if line]


def _answer_page(meeting: Meeting) -> str:
    return absolute(reverse("meetings:answer", args=[meeting.board.slug, meeting.slug]))
