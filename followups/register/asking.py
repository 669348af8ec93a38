"""What can be asked of follow-ups: who answers for them, what was reported since the last meeting, where they were closed."""

import json
from collections import Counter

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from boardroom.lib.conditions import any_of, containing, spellings
from boardroom.lib.matching import begins, folded_words
from boards.models import Seat
from followups.models import CLOSED, Action, OwnerReport, StatusChange
from followups.register.rows import HELD
from meetings.models import Meeting

# «The members» as boards write them: every one who sits on the board and votes.
MEMBERS = ("medlemmene", "medlemmer", "medlemmane", "medlemmar", "alle medlemmer", "alle medlemmene", "alle medlemmar")
MEMBERS += ("alle medlemmane", "members", "the members", "all members")


def named(word: str) -> Q:
    """Actions for which someone with this in the name answers, as written or as registered."""
    written = any_of(_written(one) for one in spellings(word))
    return written | containing("owners__person__name", word) | containing("owners__organisation__name", word)


def _written(word: str) -> Q:
    # SQLite keeps the names of a list as ASCII with escapes.
    return Q(responsible__icontains=word) | Q(responsible__icontains=json.dumps(word)[1:-1])


def owned_by(user) -> QuerySet[Action]:
    """Actions for which the user, the user's organisation, or «the members» the user is one of, answers."""
    seats = Seat.objects.filter(person__user=user, board=OuterRef("follow_up__board"))
    of_organisation = Q(owners__organisation__in=seats.values("organisation"))
    everybody = any_of(_named_exactly(one) for one in MEMBERS) & Exists(seats.filter(role__in=Seat.VOTING))
    return Action.objects.filter(Q(owners__person__user=user) | of_organisation | everybody)


def _named_exactly(name: str) -> Q:
    return Q(responsible__icontains=json.dumps(name))


def last_meeting_day() -> Subquery:
    """The day of the board's last meeting that was held."""
    held = Meeting.objects.filter(board=OuterRef(OuterRef("board")), state__in=HELD)
    return Subquery(held.order_by("-first_day").values("first_day")[:1])


def reported_since_the_last_meeting() -> Q:
    """Who answers for it said something, or its status was changed, since the board last met; else since ever."""
    said = OwnerReport.objects.filter(follow_up=OuterRef("pk")).annotate(
        day=TruncDate("said_at"), last=last_meeting_day()
    )
    changed = StatusChange.objects.filter(follow_up=OuterRef("pk")).exclude(before="").annotate(last=last_meeting_day())
    is_since = Q(last__isnull=True)
    return Q(Exists(said.filter(is_since | Q(day__gte=F("last"))))) | Q(
        Exists(changed.filter(is_since | Q(changed_on__gt=F("last"))))
    )


def closings(meeting: int | str) -> QuerySet[StatusChange]:
    """Changes that closed the follow-up asked about, or one of its actions, in the meeting, and that stand."""
    closed = StatusChange.objects.filter(follow_up=OuterRef("pk"), meeting=meeting, after__in=CLOSED)
    return closed.exclude(before="").filter(undone_by__isnull=True, undoes__isnull=True)


NAMES_AT_MOST, LOOKED_AT = 8, 400


def names_like(follow_ups: QuerySet, typed: str) -> list[str]:
    """Names that answer for one of the follow-ups, with a word that begins as typed; the ones named most come first."""
    asked = folded_words(typed)
    actions = Action.objects.filter(follow_up__in=follow_ups)
    if typed:
        actions = actions.filter(named(typed.split()[0]))
    named_in = actions.order_by("-pk").values_list("responsible", flat=True)[:LOOKED_AT]
    counted = Counter(name for names in named_in for name in names if begins(asked, name))
    return [name for name, _times in counted.most_common(NAMES_AT_MOST)]
