"""Which issuing acts a person may do with a meeting as it stands now, as buttons."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from boards.roles import may
from meetings.models import Meeting
from minutes.models import Minutes
from publishing.calling import supplementary_obstacles


@dataclass(frozen=True)
class Act:
    """A word and an address; `is_page` opens a page of its own, else it is done at a press; `is_next` moves things on."""

    words: str
    url: str
    is_page: bool = True
    is_next: bool = True


def acts(meeting: Meeting, minutes: Minutes | None, user) -> list[Act]:
    """The most likely act first. What each needs is told on its own page."""
    names = [*_of_call(meeting), *(_of_minutes(minutes) if minutes else [])]
    address = [meeting.board.slug, meeting.slug]
    return [
        Act(
            words, reverse(f"publishing:{name}", args=address), is_page, name not in {"correct", "issue-review-summary"}
        )
        for act, name, words, is_page in names
        if may(user, act, meeting.board)
    ]


def _of_call(meeting: Meeting) -> list[tuple[str, str, str, bool]]:
    if meeting.state == Meeting.State.PLANNED:
        return [("meetings.send_call", "send-call", _("Send the call"), True)]
    if meeting.state == Meeting.State.CALLED and not supplementary_obstacles(meeting):
        return [("meetings.send_call", "send-supplementary-call", _("Send a supplementary call"), True)]
    return []


def _of_minutes(minutes: Minutes) -> list[tuple[str, str, str, bool]]:
    finalise = ("minutes.finalise", "finalise", _("Finalise the minutes"), True)
    summary = ("minutes.settle_remarks", "issue-review-summary", _("Issue the summary of the remarks"), False)
    correct = ("minutes.correct", "correct", _("Correct the minutes"), True)
    rounds = [summary] if minutes.review_rounds.exists() else []
    if minutes.state == Minutes.State.DRAFT:
        return [("minutes.send_for_review", "send-for-review", _("Send for remarks"), True), finalise, *rounds]
    if minutes.state == Minutes.State.IN_REVIEW:
        return [finalise, *rounds]
    if minutes.correction_reason:
        return rounds
    if minutes.state == Minutes.State.FINAL:
        return [("minutes.approve", "approval", _("Approval of the minutes"), True), correct, *rounds]
    return [correct, *rounds]
