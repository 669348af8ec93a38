"""What stands on the page of a follow-up of the reports between meetings: `{% include "followups/_owner_reports.html" %}`."""

from django import template
from django.utils import timezone

from boards.roles import may
from followups.models import CLOSED, FollowUp
from followups.owners.page import Told, reports_of, tell_all
from followups.rules import owned_by

register = template.Library()


@register.simple_tag
def owner_reports(follow_up: FollowUp) -> list[Told]:
    """All of them, the newest first; one query. Whoever may read the follow-up may read them."""
    return tell_all(reports_of(follow_up))


@register.simple_tag(takes_context=True)
def may_own(context, follow_up: FollowUp) -> dict[str, bool]:
    """Whether the reader answers the reports (`keeps`), and may report (`reports`)."""
    user = context["request"].user
    keeps = may(user, "followups.edit", follow_up.board)
    person = getattr(user, "person", None)
    answers = bool(person) and owned_by(person, follow_up, timezone.localdate()).exists()
    return {"keeps": keeps, "reports": (keeps or answers) and follow_up.state not in CLOSED}
