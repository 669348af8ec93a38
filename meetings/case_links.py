"""Case numbers in running text lead to their case, for whoever may read it (R22)."""

import html as entities
import re

from django.db.models import Q
from django.urls import reverse

from boardroom.lib.fragments import PIECE
from boards.models import Board
from boards.roles import may
from cases import caseid
from meetings import rules
from meetings.models import AgendaRow

# Without a digit before a hyphen or slash there is no number to look for.
_MAY_HOLD_ONE = re.compile(r"\d\s?[-/\u2010-\u2015\u2212]\s?\d")


class CaseLinks:
    """The addresses of the board's cases by number, read in one query when the first number is met."""

    def __init__(self, board: Board, user):
        self.board, self.user = board, user
        self._addresses: dict[tuple, str] | None = None

    @property
    def addresses(self) -> dict[tuple, str]:
        if self._addresses is None:
            self._addresses = {}
            rows = AgendaRow.objects.filter(meeting__board=self.board, item__isnull=False, number_year__isnull=False)
            if not may(self.user, "meetings.read_plan", self.board):
                rows = rows.filter(Q(meeting__numbers_fixed_at__isnull=False) | Q(meeting__state__in=rules.CALLED))
            fields = ("item", "number_meeting", "number_year", "case_id", "meeting__slug")
            for *number, case, meeting in rows.order_by("meeting__first_day").values_list(*fields):
                self._addresses[tuple(number)] = self._address(case, meeting)
        return self._addresses

    def _address(self, case: int | None, meeting: str) -> str:
        if case:
            return reverse("cases:case", args=[self.board.slug, case])
        return reverse("meetings:meeting", args=[self.board.slug, meeting])

    def linked(self, html: str) -> str:
        """The sanitised fragment with its references as links; what is a link already, or leads nowhere, stays as it is."""
        if not _MAY_HOLD_ONE.search(html):
            return html
        out, inside = [], 0
        for piece in PIECE.finditer(html):
            if piece["tag"] == "a":
                inside += -1 if piece["close"] else 1
            is_text = piece["tag"] is None and not inside
            out.append(self._linked_text(piece[0]) if is_text and _MAY_HOLD_ONE.search(piece[0]) else piece[0])
        return "".join(out)

    def _linked_text(self, piece: str) -> str:
        text, out, done = entities.unescape(piece), [], 0
        for start, end, number in caseid.find_all(text, self.board.scheme):
            address = None if number.prefix else self.addresses.get((number.item, number.meeting, number.year))
            if address and start >= done:
                link = f'<a class="case-link" href="{entities.escape(address)}">{_escaped(text[start:end])}</a>'
                out += [_escaped(text[done:start]), link]
                done = end
        return piece if not out else "".join(out) + _escaped(text[done:])


def _escaped(text: str) -> str:
    return entities.escape(text, quote=False).replace("\u00a0", "&nbsp;")
