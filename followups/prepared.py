"""Words prepared for meetings to come outlive a closing: the trail keeps them, and what is open again has them back."""

from datetime import datetime

from django.db.models import Max

from audit.models import Entry
from followups import sources
from followups.models import FollowUp, Report
from meetings.models import Meeting

WORDS = ("title", "actions", "is_worded", "kind", "resolution_label", "resolution", "status", "due_text", "waits_for")
WORDS += ("resolves_to_label", "resolves_to_url", "resolves_to_meeting_id")


def take_off_agendas(follow_up: FollowUp) -> list[dict]:
    """The follow-up stands on no agenda whose call is not sent and whose minutes are not begun; what stood and was written."""
    reports = _undecided().filter(follow_up=follow_up)
    taken = [
        {
            "meeting": report.meeting_id,
            "was_left_out": report.is_left_out,
            "words": {name: getattr(report, name) for name in WORDS} if report.is_written else {},
        }
        for report in reports
    ]
    reports.delete()
    return taken


def bring_back(follow_up: FollowUp, at: datetime) -> None:
    """What was written for a meeting when the follow-up was closed last stands there again, where its agenda is a draft still.

    The carry-forward takes it on from there.
    """
    closings = Entry.objects.about(follow_up).filter(payload__has_key="taken_off")
    last = closings.order_by("-seq").first()
    for one in last.payload["taken_off"] if last else []:
        meeting = _drafts().filter(pk=one["meeting"]).first()
        if one.get("words") and meeting and not Report.objects.filter(follow_up=follow_up, meeting=meeting).exists():
            _write(follow_up, meeting, dict(one["words"]), at)


def _write(follow_up: FollowUp, meeting: Meeting, words: dict, at: datetime) -> None:
    named = words.pop("resolves_to_meeting_id")
    words["resolves_to_meeting"] = Meeting.objects.filter(pk=named, board=meeting.board_id).first()
    words["resolves_to_row"] = sources.find_source(words["resolves_to_label"], meeting.board, meeting).row
    words["source_label"] = follow_up.source_label
    words["source_printed"] = follow_up.source_normal or follow_up.source_label
    last = Report.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
    Report.objects.create(follow_up=follow_up, meeting=meeting, order=last + 1, carried_at=at, **words)


def _drafts():
    """Meetings nobody has been told of yet: the call is not sent and the minutes are not begun."""
    planned = Meeting.objects.filter(state__in=[Meeting.State.TENTATIVE, Meeting.State.PLANNED])
    return planned.filter(numbers_fixed_at__isnull=True, minutes__isnull=True).select_related("board")


def _undecided():
    return Report.objects.filter(meeting__in=_drafts(), block__isnull=True, follow_up__isnull=False)
