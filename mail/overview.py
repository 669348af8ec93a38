"""What became of letters, as the secretary sees it: per recipient, in plain words, with a way to send again (F25)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.models import Board
from mail import kinds, words
from mail.models import Letter

State = Letter.State
KEPT_DAYS = 90
COLOURS = {State.SENT: "success", State.REFUSED: "danger", State.RETURNED: "danger"}
AGAIN = [State.SENT, State.REFUSED, State.RETURNED, State.DROPPED]


@dataclass(frozen=True)
class Delivery:
    """One letter as a row: whose, how it stands, why, and whether it can be sent again."""

    letter: Letter

    @property
    def name(self) -> str:
        return self.letter.person.name if self.letter.person else self.letter.user.display_name

    @property
    def address(self) -> str:
        """Where it went, or where it is to go."""
        owner = self.letter.person or self.letter.user
        return self.letter.address or owner.email

    @property
    def word(self) -> str:
        """The state; one that failed and is to be tried again says when."""
        if self.letter.tries_at and self.letter.state in {State.WAITING, State.GATHERED}:
            moment = timezone.localtime(self.letter.tries_at)
            return _("Tried again at %(time)s") % {"time": f"{moment:%H.%M}"}
        return self.letter.get_state_display()

    @property
    def colour(self) -> str:
        return "warning" if self.letter.tries_at else COLOURS.get(self.letter.state, "neutral")

    @property
    def problem(self) -> str:
        return words.in_words(self.letter.problem)

    @property
    def kind(self) -> str:
        known = {one.name: one.label for one in kinds.every()}
        return str(known.get(self.letter.kind, self.letter.kind))

    @property
    def did_not_arrive(self) -> bool:
        return self.letter.state in {State.REFUSED, State.RETURNED} or bool(self.letter.tries_at)

    @property
    def can_be_sent_again(self) -> bool:
        return self.letter.state in AGAIN or bool(self.letter.tries_at)


def deliveries(kind: str, about: int) -> list[Delivery]:
    """Every letter of this kind about this thing, by name: one row a recipient, whatever became of it."""
    letters = Letter.objects.filter(kind=kind, about=about).select_related("person", "user")
    return sorted((Delivery(letter) for letter in letters), key=lambda row: (not row.did_not_arrive, row.name))


def not_arrived(board: Board, at: datetime) -> list[Delivery]:
    """The board's letters of the last 90 days that came back, were refused or are still being tried, newest first."""
    troubled = Q(state__in=[State.REFUSED, State.RETURNED]) | Q(tries_at__isnull=False)
    letters = Letter.objects.filter(troubled, board=board, made_at__gte=at - timedelta(days=KEPT_DAYS))
    return [Delivery(letter) for letter in letters.select_related("person", "user").order_by("-made_at", "-pk")]
