"""The form in which people choose what they get by e-mail."""

from collections.abc import Iterator

from django import forms

from boards.models import Board, Person
from mail import choices, kinds
from mail.models import Choice


class ChoicesForm(forms.Form):
    """One field for each board and each kind that leaves a choice."""

    def __init__(self, data=None, *, person: Person | None, boards: list[Board]):
        chosen = {(one.board_id, one.kind): one.how for one in Choice.objects.filter(person=person)} if person else {}
        super().__init__(data)
        self.boards = boards
        self.places: dict[str, tuple[int, str]] = {}
        for board in boards:
            for kind in self.on_offer():
                self.add(board, kind, chosen.get((board.pk, kind.name)))

    @staticmethod
    def on_offer() -> list[kinds.Kind]:
        return [one for one in kinds.every() if len(choices.offered(one)) > 1]

    def add(self, board: Board, kind: kinds.Kind, chosen: str | None) -> None:
        name = f"{kind.name}-{board.pk}"
        offered = choices.offered(kind)
        words = [(value, label) for value, label in Choice.How.choices if value in offered]
        initial = chosen if chosen in offered else choices.usual(kind)
        self.fields[name] = forms.ChoiceField(label=kind.label, choices=words, initial=initial)
        self.places[name] = (board.pk, kind.name)

    def groups(self) -> Iterator[tuple[Board, list]]:
        for board in self.boards:
            yield board, [self[name] for name, place in self.places.items() if place[0] == board.pk]

    def wanted(self) -> dict[tuple[int, str], str]:
        return {self.places[name]: self.cleaned_data[name] for name in self.places}
