"""The order and the words of the follow-ups on an agenda whose call is not sent (issue 5, 2)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from followups.carrying.inserting import PrintedActions
from followups.models import FollowUp, Report
from meetings import settling
from meetings.models import Meeting
from minutes.models import Minutes


@dataclass(frozen=True)
class Words:
    """Title and actions of a report as they are printed in its meeting."""

    title: str
    actions: list[dict]

    @classmethod
    def of(cls, report: Report) -> "Words":
        return cls(report.title, report.actions)


def move_by(report: Report, steps: int, *, by, at: datetime) -> int:
    """The report stands so many places further down (negative: up), at most at the end. Its place, from 1."""
    with transaction.atomic():
        reports = _held(report)
        place = max(0, min(len(reports) - 1, reports.index(report) + steps))
        return _move(report, reports, place, by=by, at=at)


def move_beside(report: Report, *, after: int | None = None, before: int | None = None, by, at: datetime) -> int:
    """The report stands right after, or before, the report of that key. Its place, from 1.

    Raises TransitionRefused where the other one is gone, and when the call is sent.
    """
    with transaction.atomic():
        reports = _held(report)
        others = [one.pk for one in reports if one.pk != report.pk]
        if (after or before) not in others:
            raise TransitionRefused([_("The follow-up it was to stand beside is gone from this meeting.")])
        place = others.index(after) + 1 if after else others.index(before)
        return _move(report, reports, place, by=by, at=at)


def neighbour(report: Report) -> dict[str, int]:
    """Where the report stands, as `move_beside` takes it; {} where it stands alone."""
    keys = [one.pk for one in _shown(report.meeting)]
    place = keys.index(report.pk) if report.pk in keys else 0
    if place:
        return {"after": keys[place - 1]}
    return {"before": keys[1]} if len(keys) > 1 else {}


def word(report: Report, words: Words, *, seen: Words, by, at: datetime) -> None:
    """The report has this title and these actions in its meeting, whatever the register says from now on.

    Raises TransitionRefused where it no longer says what the writer saw, and when the call is sent.
    """
    with transaction.atomic():
        _held(report)
        report.refresh_from_db()
        if Words.of(report) == words:
            return
        if Words.of(report) != seen:
            raise TransitionRefused([_("Someone else changed these words while you were writing. Open them again.")])
        now = {"title": words.title, "actions": words.actions, "is_worded": True}
        _write(report, now, "followups.word", by=by, at=at)


def use_register(report: Report, *, by, at: datetime) -> None:
    """The report says what the register says, and follows it from now on. Raises TransitionRefused when the call is sent."""
    with transaction.atomic():
        _held(report)
        report.refresh_from_db()
        if report.is_worded:
            of_register = FollowUp.objects.filter(pk=OuterRef("follow_up")).values("title")
            now = {"title": Subquery(of_register), "actions": PrintedActions(F("follow_up")), "is_worded": False}
            _write(report, now, "followups.unword", by=by, at=at)


def _write(report: Report, values: dict, act: str, *, by, at: datetime) -> None:
    before = {"title": report.title, "actions": report.actions}
    Report.objects.filter(pk=report.pk).update(**values)
    report.refresh_from_db()
    now = {"title": report.title, "actions": report.actions}
    trail.record(act, report, by=by, board=report.meeting.board, at=at, before=before, after=now)


def _held(report: Report) -> list[Report]:
    """What the meeting shows, in order, with nobody else changing it. Raises TransitionRefused once the call is sent."""
    settling.hold(report.meeting)
    meeting = Meeting.objects.get(pk=report.meeting_id)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise TransitionRefused([_("The minutes are begun. Order and words are changed there.")])
    if meeting.call_is_sent:
        raise TransitionRefused([_("The call of that meeting is sent, and its agenda stands as it was sent.")])
    reports = _shown(meeting)
    if report not in reports:
        raise TransitionRefused([_("It does not stand in this meeting.")])
    return reports


def _shown(meeting: Meeting) -> list[Report]:
    return list(Report.objects.filter(meeting=meeting, is_left_out=False).order_by("order", "pk"))


def _move(report: Report, reports: list[Report], place: int, *, by, at: datetime) -> int:
    before = reports.index(report)
    if place == before:
        return place + 1
    reports.insert(place, reports.pop(before))
    for order, one in enumerate(reports, start=1):
        one.order = order
    Report.objects.bulk_update(reports, ["order"], batch_size=500)
    told = {"from": before + 1, "to": place + 1, "meeting": report.meeting.slug}
    trail.record("followups.move_report", report, by=by, board=report.meeting.board, at=at, **told)
    return place + 1
