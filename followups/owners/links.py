"""The link by which one person reports on one follow-up without signing in (issue 5, 4; reliability.md 2.4, A7, A18).

The link is signed and nothing of it is stored: follow-up, person, last day, and a mark of the e-mail address it was sent to.
It works while all of this holds: the day has not passed, the address is the person's still, the person answers for something
that is open, the board lets links be used, and no word of the follow-up is kept from anybody.
See docs/decisions/0013-a-link-for-one-follow-up.md.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from boards.models import Person
from followups.models import CLOSED, Action, FollowUp
from followups.rules import is_shielded, owned_by
from mail import post
from mail.addresses import absolute

SALT = "followups.owner"
LONGEST = timedelta(weeks=26)


@dataclass(frozen=True)
class Link:
    """What a link that was made here says, whether it still works or not."""

    follow_up: FollowUp
    person: Person
    until: date
    mark: str

    def is_open(self, today: date) -> bool:
        if today > self.until or self.mark != _mark(self.person):
            return False
        return may_have_one(self.follow_up, self.person, today)


def address_for(follow_up: FollowUp, person: Person, at: datetime) -> str:
    """The address for the person's mail; empty where none may be given."""
    today = timezone.localdate(at)
    if not may_have_one(follow_up, person, today):
        return ""
    return absolute(reverse("followups:link", args=[token_for(follow_up, person, today)]))


def may_have_one(follow_up: FollowUp, person: Person, today: date) -> bool:
    """Whether the person may report on it by a link that day."""
    if not (person.email and follow_up.board.owner_links) or follow_up.state in CLOSED or is_shielded(follow_up):
        return False
    if not owned_by(person, follow_up, today).exclude(state__in=CLOSED).exists():
        return False
    return FollowUp.objects.promised().filter(pk=follow_up.pk).exists()


def token_for(follow_up: FollowUp, person: Person, today: date) -> str:
    """Until some weeks after the last of the person's due times, as the installation says; half a year at most."""
    own = owned_by(person, follow_up, today).exclude(state__in=CLOSED).select_related("due_meeting")
    last = max([today, *(due for one in own if (due := _due(one)))])
    until = min(last + timedelta(weeks=settings.OWNER_LINK_WEEKS), today + LONGEST)
    return _signer().sign(f"{follow_up.pk}-{person.pk}-{until:%Y%m%d}-{_mark(person)}")


def read(token: str) -> Link | None:
    """What the link says; None for one that was not made here, or whose follow-up or person is gone."""
    try:
        follow_up, person, until, mark = _signer().unsign(token).split("-")
        day = datetime.strptime(until, "%Y%m%d").date()
    except (BadSignature, ValueError):
        return None
    found = FollowUp.objects.select_related("board", "source_meeting", "source_row__case", "source_block")
    follow_up, person = found.filter(pk=follow_up).first(), Person.objects.filter(pk=person).first()
    return Link(follow_up, person, day, mark) if follow_up and person else None


@transaction.atomic
def send_a_new_one(link: Link, at: datetime) -> None:
    """A new link is on its way to the same person, once a day at most; none where none may be given any more."""
    today = timezone.localdate(at)
    if may_have_one(link.follow_up, link.person, today):
        key = f"owner-link:{link.follow_up.pk}:{link.person.pk}:{today.isoformat()}"
        board = link.follow_up.board
        post.send("owner-link", key, at=at, person=link.person, board=board, about=link.follow_up.pk)


def _due(action: Action) -> date | None:
    if action.due_on or action.due_meeting:
        return action.due_on or action.due_meeting.first_day
    month = action.due_month
    return month.replace(day=monthrange(month.year, month.month)[1]) if month else None


def _mark(person: Person) -> str:
    return salted_hmac(SALT, person.email.casefold(), algorithm="sha256").hexdigest()[:10]


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
