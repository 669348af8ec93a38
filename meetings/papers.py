"""Papers of a meeting or of one case: a file, a link, or only named (R99-R105). A replaced file is kept (R102)."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from cases import files
from meetings.models import AgendaRow, Meeting, Paper
from meetings.rules import OPEN, has_been_called


@transaction.atomic
def add(meeting: Meeting, *, by, row: AgendaRow | None = None, upload=None, **fields) -> Paper:
    """The paper stands last among its kin. Raises files.FileRefused, or TransitionRefused for a closed meeting."""
    _refuse_if_closed(meeting)
    kin = meeting.papers.filter(row=row)
    last = kin.aggregate(last=Max("order"))["last"]
    paper = Paper(
        meeting=meeting, row=row, case=row.case if row else None, order=0 if last is None else last + 1, **fields
    )
    paper.label = row.label if row else ""
    _hold_file(paper, upload, by)
    paper.save()
    trail.record("meetings.add_paper", paper, by=by, board=meeting.board, title=paper.title, sha256=paper.sha256)
    return paper


@transaction.atomic
def change(paper: Paper, *, by, upload=None, **fields) -> Paper:
    """The paper has these values. A new file makes a new paper in its place; the old one is kept behind it (R102)."""
    _refuse_if_closed(paper.meeting)
    before = Paper.objects.get(pk=paper.pk)
    changed = sorted(name for name, value in fields.items() if getattr(before, name) != value)
    for name, value in fields.items():
        setattr(paper, name, value)
    if upload is None:
        paper.save()
        trail.record("meetings.change_paper", paper, by=by, board=paper.meeting.board, changed=changed)
        return paper
    fresh = Paper.objects.get(pk=paper.pk)
    fresh.pk, fresh._state.adding = None, True
    for name, value in fields.items():
        setattr(fresh, name, value)
    _hold_file(fresh, upload, by)
    fresh.save()
    Paper.objects.filter(pk=paper.pk).update(replaced_by=fresh)
    trail.record(
        "meetings.replace_paper", fresh, by=by, board=fresh.meeting.board, before=before.sha256, after=fresh.sha256
    )
    return fresh


@transaction.atomic
def remove(paper: Paper, *, by) -> None:
    """The paper is no longer listed; its file stays. TransitionRefused once the call was sent (P22)."""
    _refuse_if_closed(paper.meeting)
    if has_been_called(paper.meeting):
        raise TransitionRefused([gettext("The call was sent with this paper. Replace it instead.")])
    trail.record(
        "meetings.remove_paper", paper, by=by, board=paper.meeting.board, title=paper.title, sha256=paper.sha256
    )
    paper.delete()


def _hold_file(paper: Paper, upload, by) -> None:
    if upload is None:
        return
    stored = files.store_file(upload, by=by, is_shielded=paper.is_shielded)
    paper.file, paper.file_name, paper.sha256 = stored, stored.name, stored.sha256


def _refuse_if_closed(meeting: Meeting) -> None:
    if meeting.state not in OPEN:
        raise TransitionRefused(
            [gettext("This meeting is closed, cancelled or postponed, so its papers stay as they are.")]
        )
