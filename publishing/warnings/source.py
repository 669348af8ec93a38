"""One meeting as the consistency checks read it, each part with the object it was made from."""

from meetings.models import Meeting
from publishing.exchange.exporting import meeting_record, with_everything
from publishing.exchange.shape import pruned


class Source:
    """The meeting in the shape of the exchange format; `at` finds what a pointer of a finding is about."""

    def __init__(self, meeting: Meeting):
        self.meeting = with_everything(Meeting.objects.filter(pk=meeting.pk)).get()
        self.meeting.board = meeting.board
        self.minutes = getattr(self.meeting, "minutes", None)
        if self.minutes:
            self.minutes.meeting = self.meeting
        said = meeting_record(self.meeting, self.meeting.effective_layout())
        self._name_parts(said)
        board = {"numbering": {"scheme": meeting.board.scheme}}
        self.record = {"board": board, "meetings": [pruned(said)]}

    def _name_parts(self, said: dict) -> None:
        """Every row, item and block gets its key, which pruning keeps, so that its place is known afterwards."""
        self.rows = {row.pk: row for row in self.meeting.agenda_rows.all()}
        self.items, self.blocks = {}, {}
        for data, row in zip(said["agenda"], self.meeting.agenda_rows.all(), strict=True):
            data["pk"] = row.pk
        if not said["minutes"]:
            return
        for data, item in zip(said["minutes"]["items"], self.minutes.items.all(), strict=True):
            data["pk"] = item.pk
            item.minutes = self.minutes
            item.row = self.rows.get(item.row_id)
            self.items[item.pk] = item
            for block_data, block in zip(data["blocks"], item.blocks.all(), strict=True):
                block_data["pk"] = block.pk
                block.item = item
                self.blocks[block.pk] = block

    def at(self, pointer: str):
        """The row, item or block that the pointer is in, or None; and the part of the meeting it is in."""
        steps = pointer.split("/")[3:]
        place, part = self.record["meetings"][0], steps[0] if steps else ""
        found = None
        for step in steps:
            place = place[int(step)] if isinstance(place, list) and step.isdigit() else _inside(place, step)
            if isinstance(place, dict) and "pk" in place:
                found = place["pk"], "row" if part == "agenda" else "block" if "type" in place else "item"
        if found is None:
            return None, part
        return {"row": self.rows, "item": self.items, "block": self.blocks}[found[1]][found[0]], part


def _inside(place, step: str):
    return place.get(step) if isinstance(place, dict) else None
