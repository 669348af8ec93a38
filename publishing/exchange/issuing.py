"""Imported minutes that are final or approved become frozen documents like any other (print-and-exchange.md, Import)."""

from dataclasses import dataclass, field
from datetime import date

from followups import promises, reports
from followups.models import ISSUED
from minutes.models import Minutes
from publishing.exchange.work import Work
from publishing.models import Document

Stage = Document.Stage


@dataclass
class Due:
    """Minutes whose versions are to be frozen when everything is stored."""

    minutes: Minutes
    versions: list[dict] = field(default_factory=list)
    was_final: bool = False
    is_again: bool = False


def note(work: Work, minutes: Minutes, data: dict) -> None:
    """The versions the record names are to be frozen when everything is stored, and one that the state implies."""
    due = _due(work, minutes)
    due.versions += data.get("versions", [])
    due.was_final |= data.get("state") == Minutes.State.FINAL


def note_again(work: Work, minutes: Minutes) -> None:
    """The issued minutes got something more: a version that shows it is to be frozen."""
    _due(work, minutes).is_again = True


def note_state(work: Work, minutes: Minutes) -> None:
    """The stored minutes have another state now: a version that says so is to be frozen, if there is none."""
    _due(work, minutes).minutes = minutes


def _due(work: Work, minutes: Minutes) -> Due:
    for due in work.to_issue:
        if due.minutes is minutes or (minutes.pk and due.minutes.pk == minutes.pk):
            return due
    work.to_issue.append(Due(minutes))
    return work.to_issue[-1]


def issue(work: Work) -> None:
    """Freeze what was noted, oldest meeting first; an approved record without an approved version gets one."""
    for due in sorted(work.to_issue, key=lambda due: (due.minutes.meeting.first_day, due.minutes.meeting.pk)):
        for version in due.versions:
            on = date.fromisoformat(version["on"]) if version.get("on") else None
            said = {key: version.get(key, "") for key in ("footer", "letterhead", "reason")}
            _freeze(work, due.minutes, version["kind"], on, source_file=version.get("file", ""), **said)
        for stage, on in _implied(due):
            _freeze(work, due.minutes, stage, on, is_derived=True)
        if due.minutes.state in ISSUED:
            _take_effect(work, due.minutes)


def _take_effect(work: Work, minutes: Minutes) -> None:
    """What minutes that were a draft before promise and report is in the register; of others everything is already."""
    promises.register_from_minutes(minutes, at=work.now, by=work.by)
    reports.freeze_reports(minutes, at=work.now, by=work.by, on=minutes.meeting.first_day)


def _freeze(work: Work, minutes: Minutes, stage: str, on: date | None, **said) -> None:
    from publishing.freezing import freeze

    freeze(minutes.meeting, Document.Kind.MINUTES, stage, issued_on=on, by=work.by, at=work.now, **said)
    work.batch.made["Document"] += 1


def _implied(due: Due) -> list[tuple[str, date | None]]:
    """The versions that the state says there are, and that nobody named."""
    minutes = due.minutes
    issued = Document.objects.filter(meeting=minutes.meeting, kind=Document.Kind.MINUTES)
    stages = set(issued.values_list("stage", flat=True))
    implied = []
    if due.was_final and not stages & {Stage.FINAL, Stage.APPROVED, Stage.CORRECTION}:
        implied.append((Stage.FINAL, minutes.final_on))
    if minutes.state == Minutes.State.APPROVED and (due.is_again or Stage.APPROVED not in stages):
        implied.append((Stage.APPROVED, minutes.approved_on))
    elif minutes.state == Minutes.State.FINAL and due.is_again and not implied:
        implied.append((Stage.FINAL, minutes.final_on))
    return implied
