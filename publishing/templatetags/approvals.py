"""Approval on any page: `{% load approvals %}`, `{% approval_state minutes %}`, `{% minutes_to_approve row %}` and, where minutes
are written, `{% approving_case item %}`; styles in css/approval.css."""

from django import template

from boards.roles import may
from meetings.models import AgendaRow
from minutes.approval_case import outcome_of
from minutes.models import Minutes, MinutesItem
from publishing import rules
from publishing.approval_state import stands
from publishing.awaiting import Awaiting, awaited_by

register = template.Library()


@register.inclusion_tag("publishing/_approval_state.html", takes_context=True)
def approval_state(context, minutes: Minutes | None) -> dict:
    """What final minutes wait for before they are approved, in a sentence with its link; nothing for others."""
    if minutes is None or minutes.state != Minutes.State.FINAL or minutes.correction_reason:
        return {}
    board = minutes.meeting.board
    may_follow, now = may(context["user"], "minutes.approve", board), stands(minutes)
    is_asked = context["user"].pk in now.get("open_for", [])
    return {"stands": now, "meeting": minutes.meeting, "may_follow": may_follow, "is_asked": is_asked}


@register.inclusion_tag("publishing/_minutes_to_approve.html", takes_context=True)
def minutes_to_approve(context, row: AgendaRow) -> dict:
    """Which earlier minutes the case approves, for its readers."""
    if not may(context["user"], "documents.read", row.meeting.board):
        return {}
    return {"awaited": [one for one in _awaited(row, context["user"]) if one.document]}


@register.inclusion_tag("publishing/_approving_item.html", takes_context=True)
def approving_case(context, item: MinutesItem) -> dict:
    """The earlier minutes of the case with their buttons, for who writes."""
    awaited = _awaited(item.row, context["user"])
    for one in awaited:
        one.decided = outcome_of(item, one.minutes.meeting.first_day).outcome
    return {"awaited": awaited, "item": item, "request": context["request"]}


def _awaited(row: AgendaRow | None, user) -> list[Awaiting]:
    """The minutes the case is to approve, each with whether the user may compare them with their draft."""
    awaited = awaited_by(row)
    for one in awaited:
        if one.draft:
            one.draft.meeting, one.draft.board = one.minutes.meeting, one.minutes.meeting.board
            one.shows_draft = rules.may_read(user, one.draft, one.minutes.state)
    return awaited
