"""From the blocks of imported minutes to the register of follow-ups (print-and-exchange.md, Import; R78-R85).

Promises are read in the order of the meetings, whatever the order of the files: each action is one follow-up, and a
report belongs to the follow-up with its source number and a title or text that agrees.
"""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from boards.models import Board
from followups import dues
from followups.models import CLOSED, ISSUED, Action, DueChange, FollowUp, Report, Responsible, Status, StatusChange
from followups.sources import due_meeting, understand_due
from followups.status import derive
from meetings.models import AgendaRow, Meeting
from minutes.models import Block, MinutesItem
from publishing.exchange import fields
from publishing.exchange.fields import made, read
from publishing.exchange.ledger import Entry, Ledger
from publishing.exchange.work import Work


class Promise(NamedTuple):
    """A new block that has actions or reports on a follow-up. `rows` knows the meeting."""

    rows: object
    item: MinutesItem
    block: Block
    data: dict
    place: str

    @property
    def meeting(self) -> Meeting:
        return self.rows.meeting


def settle(obj, state: str) -> None:
    """The one place where an import says a follow-up's or action's state outright; there is no act behind it."""
    obj._meta.get_field("state").save_form_data(obj, state)


def register(work: Work) -> None:
    """Every promise noted in `work` stands in the register; run after the blocks are stored."""
    promises = sorted(work.promises, key=lambda promise: promise.meeting.first_day)
    work.promises = []
    ledgers: dict[int, Ledger] = {}
    for promise in promises:
        board = promise.meeting.board
        ledger = ledgers.setdefault(board.pk, None) or Ledger(board)
        ledgers[board.pk] = ledger
        if promise.block.type == Block.Type.FOLLOW_UP_REPORT:
            _report(work, ledger, promise)
        else:
            _promise(work, ledger, promise)
    for ledger in ledgers.values():
        ledger.save_changed()
    work.batch.flush()


def _promise(work: Work, ledger: Ledger, promise: Promise) -> None:
    number = promise.rows.number_of(promise.item.label)
    normal = number.normal if number else ""
    row = promise.item.row
    for index, data in enumerate(promise.data["actions"]):
        source = {
            "source_label": promise.item.label,
            "source_normal": normal,
            "source_row": row,
            "source_meeting": promise.meeting,
            "source_block": promise.block,
            "source_order": index,
            "is_from_before": False,
        }
        place = f"{promise.place}/actions/{index}"
        if known := ledger.from_before(normal, promise.item.label, data["text"], promise.meeting):
            _adopt(work, ledger, known, source, data, promise)
            continue
        title = (row.title if row else "") or promise.item.title or data["text"]
        _new(work, ledger, promise, source | {"title": title}, [data], place)


def _new(work: Work, ledger: Ledger, promise: Promise, attrs: dict, actions: list[dict], place: str) -> Entry:
    follow_up = made(FollowUp, place, needs=("title",), board=ledger.board, **attrs)
    work.batch.add(follow_up)
    entry = Entry(follow_up, [])
    for index, data in enumerate(actions):
        entry.actions.append(_action(work, ledger, promise, follow_up, data, index, place))
    settle(follow_up, derive([action.state for action in entry.actions]) or Status.OPEN)
    if promise.item.minutes.state in ISSUED:
        if follow_up.source_block:
            follow_up.as_issued = [action.as_words() for action in entry.actions]
        on = promise.meeting.first_day
        work.batch.add(StatusChange(follow_up=follow_up, after=follow_up.state, changed_on=on, meeting=promise.meeting))
    ledger.add(entry)
    return entry


def _action(work: Work, ledger: Ledger, promise: Promise, follow_up, data: dict, order: int, place: str) -> Action:
    attrs = _action_attrs(ledger, data, promise.meeting.first_day)
    action = work.batch.add(made(Action, place, needs=("text",), follow_up=follow_up, order=order, **attrs))
    for name in dict.fromkeys(data.get("responsible", [])):
        if person := work.names.known_person(name):
            work.batch.add(Responsible(action=action, person=person))
        elif organisation := work.names.known_organisation(name):
            work.batch.add(Responsible(action=action, organisation=organisation))
    return action


def _action_attrs(ledger: Ledger, data: dict, after: date) -> dict:
    attrs = read(fields.ACTION, data)
    attrs["state"] = data.get("status", Status.OPEN)
    attrs["is_state_written"] = "status" in data
    due = understand_due(data.get("due_text", ""), after)
    attrs["due_month"] = due.month
    attrs["due_meeting"] = due_meeting(due, after, ledger.meetings)
    return attrs


def _adopt(work: Work, ledger: Ledger, known: Entry, source: dict, data: dict, promise: Promise) -> None:
    """A follow-up that a later meeting's report had made is the one of this block, now that its source is here."""
    action = next(action for action in known.actions if action.text == data["text"] or known.agrees(data["text"]))
    entry = known
    if len(known.actions) > 1:
        follow_up = FollowUp(board=ledger.board, title=known.follow_up.title)
        settle(follow_up, action.state)
        follow_up.save()
        action.follow_up = follow_up
        action.order = 0
        for report in ledger.reports_of(known):
            report.covers.add(follow_up)
        known.actions.remove(action)
        settle(known.follow_up, derive([left.state for left in known.actions]) or known.follow_up.state)
        ledger.changed(known)
        entry = Entry(follow_up, [action])
        ledger.add(entry)
    for name, value in source.items():
        setattr(entry.follow_up, name, value)
    for name, value in read(fields.ACTION, data).items():
        setattr(action, name, value)
    action.is_state_written = "status" in data
    if promise.item.minutes.state in ISSUED:
        entry.follow_up.as_issued = [action.as_words()]
    ledger.changed(entry)


def _report(work: Work, ledger: Ledger, promise: Promise) -> None:
    data, meeting = promise.data, promise.meeting
    attrs = read(fields.REPORT, data)
    attrs.setdefault("title", "")
    label = attrs.get("source_label", "")
    normal = ledger.normal(label)
    found = ledger.matching(normal, label, attrs["title"], data.get("actions", []), meeting)
    if not found:
        found = [_from_before(work, ledger, promise, attrs, normal)]
    elif taken := [entry for entry in found if ledger.is_reported(entry, meeting)]:
        found = [entry for entry in found if entry not in taken]
        for _entry in taken:
            sentence = _("%(label)s is reported a second time in this meeting; it is printed, and joined to nothing.")
            work.warn("R80", promise.place, sentence % {"label": label or attrs["title"]})
    answered = ledger.row(attrs.get("resolves_to_label", ""), meeting)
    report = made(
        Report,
        promise.place,
        meeting=meeting,
        row=promise.item.row,
        block=promise.block,
        order=ledger.next_order(meeting),
        follow_up=found[0].follow_up if found else None,
        resolves_to_row=answered,
        resolves_to_meeting=answered.meeting if answered and answered.meeting_id != meeting.pk else None,
        **attrs,
    )
    if promise.item.minutes.state in ISSUED:
        report.as_issued = report.effect
    work.batch.add(report)
    ledger.reported(report, found, meeting)
    if covers := [entry.follow_up for entry in found[1:]]:
        work.batch.afterwards(lambda: report.covers.add(*covers))
    for entry in found:
        _apply(work, ledger, entry, data, promise)


def _from_before(work: Work, ledger: Ledger, promise: Promise, attrs: dict, normal: str) -> Entry:
    """A report that belongs to nothing known makes the follow-up, with its actions, from before the system."""
    row: AgendaRow | None = ledger.row(attrs.get("source_label", ""), None)
    if row is not None and row.meeting.first_day >= promise.meeting.first_day:
        row = None
    actions = promise.data.get("actions", [])
    title = attrs["title"] or (actions[0]["text"] if actions else "") or attrs.get("source_label", "")
    source = {
        "title": title or _("Follow-up"),
        "source_label": attrs.get("source_label", ""),
        "source_normal": normal,
        "source_row": row,
        "source_meeting": row.meeting if row else None,
        "is_from_before": True,
    }
    return _new(work, ledger, promise, source, actions, promise.place)


def _apply(work: Work, ledger: Ledger, entry: Entry, data: dict, promise: Promise) -> None:
    """What the report says of the status is the follow-up's status from this meeting on."""
    states = {action["text"]: action["status"] for action in data.get("actions", []) if action.get("status")}
    moved = []
    for action in entry.actions:
        said = next((state for text, state in states.items() if entry.same(text, action.text)), data.get("status"))
        if (
            said
            and said != action.state
            and not (action.state in CLOSED and said not in CLOSED and "status" not in data)
        ):
            moved.append((action, action.state, said))
            settle(action, said)
        if data.get("due_text") and action.state not in CLOSED:
            _move(work, ledger, action, data["due_text"], promise)
    before = entry.follow_up.state
    after = derive([action.state for action in entry.actions]) or data.get("status") or before
    if after != before:
        moved.append((None, before, after))
        settle(entry.follow_up, after)
    on = promise.meeting.first_day
    text = data.get("resolution_label", "")
    for action, was, now in moved:
        change = StatusChange(
            follow_up=entry.follow_up,
            action=action,
            before=was,
            after=now,
            changed_on=on,
            meeting=promise.meeting,
            text=text,
        )
        work.batch.add(change)
    if moved or data.get("due_text"):
        ledger.changed(entry)


def _move(work: Work, ledger: Ledger, action: Action, text: str, promise: Promise) -> None:
    """The action is due when the report says; the words of its own minutes stay."""
    after = promise.meeting.first_day
    due, was = understand_due(text, after), dues.as_it_is(action)
    before = dues.words(action, ledger.board.language)
    action.due_month = due.month or action.due_month
    action.due_meeting = due_meeting(due, after, ledger.meetings) or action.due_meeting
    action.times_moved += 1
    said = {"before": before, "after": text, "was": was, "changed_on": after, "changed_at": work.now}
    work.batch.add(DueChange(action=action, meeting=promise.meeting, **said))


def board_of(promise: Promise) -> Board:
    return promise.meeting.board
