"""What is there already and what a file says of it: missing things are added, differences are warned of (Merging)."""

from django.utils.translation import gettext as _

from boards.models import Board, Layout
from meetings.models import Meeting
from minutes.models import Minutes
from publishing import consistency
from publishing.exchange import approving, exporting, fields, issuing, updating
from publishing.exchange.board import LISTS, section_of
from publishing.exchange.fields import made, read
from publishing.exchange.meeting import CALL_IS_OUT, SECTIONS, is_as_written
from publishing.exchange.minutes import add_items, add_rounds, new_minutes
from publishing.exchange.rows import Rows
from publishing.exchange.shape import is_empty, pruned
from publishing.exchange.work import Work
from publishing.models import Document


def merge_board(work: Work, board: Board, record: dict) -> None:
    layout = board.layout_on(None)
    ours = pruned(exporting.board_record(board, layout))
    theirs = record["board"]
    _scalars(work, board, fields.BOARD, ours, theirs, "/board")
    _scalars(work, board, fields.NUMBERING, ours["numbering"], theirs["numbering"], "/board/numbering")
    if theirs.get("layout") and not layout:
        work.batch.add(Layout(board=board, settings=theirs["layout"]))
    elif theirs.get("layout"):
        _layout(work, board, layout, theirs["layout"])
    whole = pruned(exporting.export_record(board, Meeting(pk=0)))
    for section, build in LISTS.items():
        have, given = section_of(whole, section), section_of(record, section)
        if given and not have:
            build(work, board, given)
        elif given != have:
            updating.board_list(work, board, section, have, given)


def _layout(work: Work, board: Board, ours: dict, theirs: dict) -> None:
    if not compare(work, ours, theirs, "/board/layout"):
        return
    if work.update:
        newest = sorted(board.layouts.all(), key=lambda layout: str(layout.valid_from or ""))[-1]
        newest.settings = ours | theirs
        newest.save()
        work.changed["Layout"] += 1


def _scalars(work: Work, obj, table, ours: dict, theirs: dict, place: str, *, is_fixed: bool = False) -> bool:
    """What we lack is taken; what differs is warned of, and taken with --update. True where something was taken."""
    taken = {}
    for field in table:
        if field.key not in theirs:
            continue
        if field.key not in ours:
            taken[field.key] = theirs[field.key]
        elif ours[field.key] != theirs[field.key]:
            if work.update and not is_fixed:
                taken[field.key] = theirs[field.key]
            else:
                differs(work, f"{place}/{field.key}", ours[field.key], theirs[field.key])
    if not taken:
        return False
    attrs = read(table, taken)
    made(type(obj), place, **attrs)
    state = attrs.pop("state", None)
    for name, value in attrs.items():
        setattr(obj, name, value)
    if state is not None:
        approving.state_outright(obj, state)
    obj.save()
    work.changed[type(obj).__name__] += 1
    return True


def merge_meeting(work: Work, meeting: Meeting, data: dict, place: str) -> None:
    """The stored meeting with what this file adds. Issued minutes that get more are issued again."""
    stored = exporting.with_everything(Meeting.objects.filter(pk=meeting.pk)).get()
    ours = pruned(exporting.meeting_record(stored, stored.board.layout_on(None)))
    meeting = Meeting.objects.select_related("board").get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    is_fixed = Document.objects.filter(meeting=meeting, kind=Document.Kind.MINUTES).exclude(stage="draft").exists()
    is_new = _scalars(work, meeting, fields.MEETING, ours, data, place, is_fixed=is_fixed)
    if is_new and meeting.state in CALL_IS_OUT and meeting.numbers_fixed_at is None:
        meeting.numbers_fixed_at = work.now
        meeting.save(update_fields=["numbers_fixed_at"])
    if not meeting.is_as_written and is_as_written(data) and not ours.get("agenda"):
        meeting.is_as_written = True
        meeting.save(update_fields=["is_as_written"])
    rows = Rows(meeting, meeting.board.scheme, list(meeting.agenda_rows.select_related("case")))
    for section, build in SECTIONS.items():
        given, have = data.get(section, []), ours.get(section, [])
        if given and not have:
            build(work, meeting, given, f"{place}/{section}", rows)
            is_new = True
        elif given != have:
            is_new |= updating.meeting_list(work, meeting, section, have, given, f"{place}/{section}", rows, is_fixed)
    work.batch.flush()
    updating.link(meeting, rows)
    if data.get("minutes"):
        is_new |= _merge_minutes(work, meeting, minutes, ours.get("minutes"), data["minutes"], place, rows, is_fixed)
    if is_new and is_fixed and minutes is not None:
        issuing.note_again(work, minutes)


def _merge_minutes(work: Work, meeting, minutes, ours, theirs: dict, place: str, rows: Rows, is_fixed: bool) -> bool:
    here = f"{place}/minutes"
    if minutes is None:
        minutes = new_minutes(work, meeting, theirs, here, rows)
        issuing.note(work, minutes, theirs)
        return True
    if ours is None:
        return _onto_derived(work, minutes, theirs, here, rows)
    if minutes.is_derived_approval and theirs["state"] == Minutes.State.APPROVED and theirs.get("approval"):
        ours["state"] = theirs["state"]
        minutes.is_derived_approval = False
        _set(minutes, read(fields.APPROVAL, theirs["approval"]))
        work.changed["Minutes"] += 1
    elif minutes.is_derived_approval:
        theirs = theirs | {"state": ours["state"]}
    before = minutes.state
    _approved_now(work, minutes, ours, theirs)
    is_new = _scalars(work, minutes, fields.MINUTES, ours, theirs, here, is_fixed=is_fixed)
    is_new |= _scalars(
        work,
        minutes,
        fields.APPROVAL,
        ours.get("approval", {}),
        theirs.get("approval", {}),
        f"{here}/approval",
        is_fixed=is_fixed,
    )
    for section, build in (("items", add_items), ("review_rounds", add_rounds)):
        given, have = theirs.get(section, []), ours.get(section, [])
        if given and not have:
            build(work, minutes, given, f"{here}/{section}", rows)
            is_new = True
        elif given != have:
            is_new |= updating.minutes_list(work, minutes, section, have, given, f"{here}/{section}", rows, is_fixed)
    have, given = ours.get("versions", []), theirs.get("versions", [])
    compare(work, have, given[: len(have)], f"{here}/versions")
    if given[len(have) :] or minutes.state != before:
        issuing.note(work, minutes, {"versions": given[len(have) :], "state": minutes.state})
        return False
    return is_new


def _approved_now(work: Work, minutes: Minutes, ours: dict, theirs: dict) -> bool:
    """The file knows of the approval that final minutes here still lack: they are approved."""
    is_known = ours["state"] == Minutes.State.FINAL and theirs["state"] == Minutes.State.APPROVED
    if not is_known or ours.get("approval") or not theirs.get("approval"):
        return False
    approving.state_outright(minutes, theirs["state"])
    ours["state"] = theirs["state"]
    return True


def _onto_derived(work: Work, minutes: Minutes, theirs: dict, place: str, rows: Rows) -> bool:
    """Minutes of which only the approval was known get their text."""
    attrs = read(fields.MINUTES, theirs)
    state = attrs.pop("state")
    if theirs.get("approval"):
        attrs |= {"is_derived_approval": False} | read(fields.APPROVAL, theirs["approval"])
    _set(minutes, attrs)
    if state in {Minutes.State.DRAFT, Minutes.State.IN_REVIEW}:
        minutes.is_derived_approval = False
        approving.state_outright(minutes, state)
        _set(minutes, {"approval_how": "", "approved_on": None, "approved_in_label": "", "approved_in": None})
        minutes.approving_decisions.update(approves_minutes=None)
    work.changed["Minutes"] += 1
    add_items(work, minutes, theirs.get("items", []), f"{place}/items", rows)
    add_rounds(work, minutes, theirs.get("review_rounds", []), f"{place}/review_rounds", rows)
    issuing.note(work, minutes, theirs)
    return False


def _set(minutes: Minutes, attrs: dict) -> None:
    for name, value in attrs.items():
        setattr(minutes, name, value)
    minutes.save()


def compare(work: Work, ours, theirs, place: str) -> bool:
    """Warn of each difference between what is there and what the file has. True where there is one."""
    return bool([differs(work, *difference) for difference in differences(ours, theirs, place)])


def differences(ours, theirs, place: str):
    """(pointer, ours, theirs) of every value the file has otherwise. What the file leaves out is no difference."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in theirs.items():
            yield from differences(ours.get(key), value, f"{place}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list):
        for index, value in enumerate(theirs):
            yield from differences(ours[index] if index < len(ours) else None, value, f"{place}/{index}")
    elif not is_empty(theirs) and ours != theirs:
        yield place, ours, theirs


def differs(work: Work, place: str, ours, theirs) -> None:
    if is_empty(ours):
        sentence = _("The file has %(theirs)s; there is nothing here, and the list is kept as it is.")
    else:
        sentence = _("The file has %(theirs)s; %(ours)s is kept.")
    work.warn("MERGE", place, sentence % {"theirs": _shown(theirs), "ours": _shown(ours)})


def _shown(value) -> str:
    text = "…" if isinstance(value, dict | list) else str(value)
    return _("“%(text)s”") % {"text": text if len(text) <= 80 else text[:79] + "…"}


def find_doubts(work: Work, board: Board, record: dict) -> None:
    for finding in consistency.findings(record, consistency.known_of(board)):
        work.warn(*finding)
