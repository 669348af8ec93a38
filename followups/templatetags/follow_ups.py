"""What an agenda shows under its follow-up case: `{% load follow_ups %}` and `{% carried_follow_ups row %}`."""

from django import template
from django.utils import timezone

from boards.roles import may
from followups.models import CLOSED, ISSUED, Report
from followups.register.lineage import is_kept_back, lineage, reports_in
from followups.rules import readable
from meetings.models import AgendaRow
from minutes.models import Minutes

register = template.Library()


@register.inclusion_tag("followups/_agenda_list.html", takes_context=True)
def carried_follow_ups(context, row: AgendaRow) -> dict:
    """The follow-ups carried to the meeting of this row that the reader may know of, with their way; few queries."""
    reports = reports_in(row.meeting)
    known = set(
        readable(context["user"], timezone.localdate()).filter(reports__in=reports).values_list("pk", flat=True)
    )
    shown = [report for report in reports if report.follow_up_id is None or report.follow_up_id in known]
    if not may(context["user"], "followups.edit", row.meeting.board):
        _hide_unsaid(shown, row)
    return {"carried": lineage(shown)}


@register.inclusion_tag("followups/_carried_in_row.html", takes_context=True)
def carried_in_row(context, row: AgendaRow) -> dict:
    """The same, folded behind a flag with their number, for the row of the agenda that its secretary works on."""
    return {**carried_follow_ups(context, row), "row": row}


def _hide_unsaid(reports: list[Report], row: AgendaRow) -> None:
    """What is written in a draft of the minutes, or foretells what the board will decide, is nobody's yet.

    What was said behind closed doors, or is exempt, is read in the minutes by those who may.
    """
    state = Minutes.objects.filter(meeting=row.meeting_id).values_list("state", flat=True).first()
    for report in reports:
        is_foretold = state not in ISSUED and (state or report.status in CLOSED or report.due_text)
        if is_foretold or is_kept_back(report):
            report.resolution = ""
