"""A board's decisions as one list over all its meetings (R76)."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from boards.models import AccessFields, Board
from boards.roles import may
from minutes.models import Block, Decision, Minutes

SHIELDED = (AccessFields.Level.INTERNAL, AccessFields.Level.EXEMPT)


def open_blocks(blocks: QuerySet[Block]) -> QuerySet[Block]:
    """Those that neither their own access level nor their case shields."""
    shielded = Q(item__row__access_level__in=SHIELDED) | Q(item__row__is_closed=True)
    return blocks.exclude(access_level__in=SHIELDED).exclude(shielded)


def decisions_for(user, board: Board) -> QuerySet[Block]:
    """Decision blocks of the board's minutes the user may read, newest first; shielded ones only with the right to them."""
    minutes = Minutes.objects.visible_to(user, timezone.localdate()).filter(meeting__board=board)
    blocks = Block.objects.filter(type=Block.Type.DECISION, item__minutes__in=minutes, decision__isnull=False)
    if not may(user, "documents.read_exempt", board):
        blocks = open_blocks(blocks)
    return (
        blocks.exclude(decision__kind=Decision.Kind.NONE)
        .select_related("decision", "vote", "item__row", "item__minutes__meeting__board")
        .order_by("-item__minutes__meeting__first_day", "item__minutes__meeting", "item__order", "order")
    )
