"""Imported minutes that are final or approved become frozen documents like any other (print-and-exchange.md, Import)."""

from dataclasses import dataclass, field
from datetime import date

from minutes.models import Minutes
from publishing.exchange.work import Work
from publishing.models import Document

Stage = Document.Stage
ENDING = {Minutes.State.FINAL: Stage.FINAL, Minutes.State.APPROVED: Stage.APPROVED}


@dataclass
class Due:
    """Minutes whose versions are to be frozen when everything is stored."""

    minutes: Minutes
    versions: list[dict] = field(default_factory=list)
    is_again: bool = False


def note(work: Work, minutes: Minutes, data: dict) -> None:
    """The versions the record names are to be frozen when everything is stored, and one that the state implies."""
    _due(work, minutes).versions += data.get("versions", [])


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
    from publishing.freezing import freeze

    for due in sorted(work.to_issue, key=lambda due: (due.minutes.meeting.first_day, due.minutes.meeting.pk)):
        minutes = due.minutes
        for version in due.versions:
            on = date.fromisoformat(version["on"]) if version.get("on") else None
            freeze(
                minutes.meeting,
                Document.Kind.MINUTES,
                version["kind"],
                issued_on=on,
                by=work.by,
                at=work.now,
                footer=version.get("footer", ""),
                letterhead=version.get("letterhead", ""),
                reason=version.get("reason", ""),
                source_file=version.get("file", ""),
            )
            work.batch.made["Document"] += 1
        if _needs_another(minutes, due.is_again):
            on = minutes.approved_on if minutes.state == Minutes.State.APPROVED else minutes.final_on
            freeze(
                minutes.meeting,
                Document.Kind.MINUTES,
                ENDING[minutes.state],
                issued_on=on,
                by=work.by,
                at=work.now,
                is_derived=True,
            )
            work.batch.made["Document"] += 1


def _needs_another(minutes: Minutes, is_again: bool) -> bool:
    """Whether the state says more than the versions there are."""
    if minutes.state not in ENDING:
        return False
    if is_again:
        return True
    stages = set(
        Document.objects.filter(meeting=minutes.meeting, kind=Document.Kind.MINUTES).values_list("stage", flat=True)
    )
    if minutes.state == Minutes.State.APPROVED:
        return Stage.APPROVED not in stages
    return not stages & {Stage.FINAL, Stage.APPROVED, Stage.CORRECTION}
