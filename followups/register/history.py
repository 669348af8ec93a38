"""The life of one follow-up: when it was made, what was said in each meeting, and everything that was changed (R79, R84)."""

from dataclasses import dataclass, replace
from datetime import date

from audit.models import Entry
from boardroom.lib.fragments import plain_text
from followups.models import DueChange, FollowUp, OwnerReport, Report, StatusChange
from followups.register.lineage import is_kept_back, is_said
from followups.register.rows import day_of, who
from meetings.models import Meeting

PLACE = ("made", "report", "due", "change", "edit", "split", "said")


@dataclass(frozen=True)
class Event:
    """`kind` is made, report, change, due, said, split or edit; `what` is the row it tells of.

    `is_earlier` marks what was said of the follow-up this one was split from, before the split; `is_draft` words that no
    final minutes hold. `along` are the changes the meeting of a report made with the words of that report; `promised` the
    actions of what was made, each with the due time it had first.
    """

    on: date
    kind: str
    what: Report | StatusChange | DueChange | OwnerReport | FollowUp | Entry | None = None
    meeting: Meeting | None = None
    by: str = ""
    is_earlier: bool = False
    is_draft: bool = False
    along: tuple["Event", ...] = ()
    promised: tuple[tuple[str, str], ...] = ()

    @property
    def is_moved(self) -> bool:
        return any(one.kind == "due" for one in self.along)


def events(follow_up: FollowUp, reports: list[Report], *, sees_drafts: bool) -> list[Event]:
    """All that happened, oldest first, with the reports the reader may see. A fixed number of queries."""
    found = [*_made(follow_up), *_reports(reports), *_changes(follow_up), *_dues(follow_up), *_said(follow_up)]
    found = [*_gathered(found), *_splits(follow_up), *_edits(follow_up)]
    if follow_up.split_from_id:
        found += _before_the_split(follow_up, sees_drafts)
    return sorted(found, key=_order)


def _order(event: Event) -> tuple:
    return event.on, PLACE.index(event.kind), getattr(event.what, "pk", None) or 0


def _gathered(found: list[Event]) -> list[Event]:
    """What was changed by words that are told anyway is told with them, and not a second time by itself."""
    told: dict[Event, list[Event]] = {event: [] for event in found if event.kind in ("report", "said")}
    rest = []
    for event in found:
        if event in told:
            continue
        teller = next((one for one in told if _tells(one, event)), None)
        (rest if teller is None else told[teller]).append(event)
    return [*rest, *(replace(event, along=tuple(along)) for event, along in told.items())]


def _tells(teller: Event, event: Event) -> bool:
    """Whether the change still stands, and has no reason but what the meeting or the one responsible said."""
    if event.kind == "made" or event.what.undoes_id or getattr(event.what, "undone_by", None):
        return False
    text = event.what.text.strip()
    if teller.kind == "said":
        return teller.on == event.on and text == teller.what.text.strip()
    report = teller.what
    is_here = event.meeting is not None and event.meeting.pk == report.meeting_id and not report.is_left_out
    return is_here and text in ("", plain_text(report.resolution).strip(), str(report.meeting))


def _made(follow_up: FollowUp) -> list[Event]:
    source = follow_up.source_meeting
    registered = follow_up.changes.filter(before="").select_related("changed_by").first()
    if follow_up.split_from_id or not (source or registered):
        return []
    return [
        Event(
            source.first_day if source else registered.changed_on,
            "made",
            registered,
            source,
            promised=_promised(follow_up),
        )
    ]


def _promised(follow_up: FollowUp) -> tuple[tuple[str, str], ...]:
    first: dict[int, str] = {}
    for change in DueChange.objects.filter(action__follow_up=follow_up).order_by("pk"):
        first.setdefault(change.action_id, change.before)
    return tuple((action.text, first.get(action.pk, action.due_text)) for action in follow_up.actions.all())


def _reports(reports: list[Report]) -> list[Event]:
    return [
        Event(report.meeting.first_day, "report", report, report.meeting, is_draft=not is_said(report))
        for report in reports
    ]


def _changes(follow_up: FollowUp) -> list[Event]:
    """Of each action where there are several, else of the whole."""
    changes = follow_up.changes.exclude(before="").select_related("changed_by", "meeting__board", "action", "undone_by")
    is_several = follow_up.actions.count() > 1
    return [
        Event(change.changed_on, "change", change, change.meeting, _name(change.changed_by))
        for change in changes
        if is_several or change.action_id is None
    ]


def _dues(follow_up: FollowUp) -> list[Event]:
    changes = DueChange.objects.filter(action__follow_up=follow_up)
    changes = changes.select_related("action", "changed_by", "meeting__board", "undone_by")
    return [Event(one.changed_on, "due", one, one.meeting, _name(one.changed_by)) for one in changes]


def _said(follow_up: FollowUp) -> list[Event]:
    told = follow_up.owner_reports.select_related("person", "user", "decided_by", "meeting__board", "action")
    return [Event(day_of(one.said_at), "said", one, by=who(one)) for one in told]


def _splits(follow_up: FollowUp) -> list[Event]:
    """Where actions of it went on by themselves, and where it was split from another."""
    parts = FollowUp.objects.filter(split_from=follow_up)
    if follow_up.split_from_id:
        parts = parts | FollowUp.objects.filter(pk=follow_up.pk)
    changes = StatusChange.objects.filter(follow_up__in=parts, before="").select_related("changed_by")
    changes = changes.select_related("follow_up__board", "follow_up__split_from__board", "changed_by")
    return [Event(one.changed_on, "split", one, by=_name(one.changed_by)) for one in changes]


def _edits(follow_up: FollowUp) -> list[Event]:
    """Changed words, from the trail; acts that have a row of their own are told by it."""
    entries = Entry.objects.about(follow_up).filter(act="followups.edit").order_by("seq")
    return [Event(day_of(one.at), "edit", one, by=one.actor_name) for one in entries if one.payload.get("changed")]


def _before_the_split(follow_up: FollowUp, sees_drafts: bool) -> list[Event]:
    first, on = follow_up.split_from, day_of(follow_up.created_at)
    reports = Report.objects.filter(follow_up=first, is_left_out=False, meeting__first_day__lte=on)
    reports = reports.select_related("meeting__board", "meeting__minutes", "resolves_to_row", "resolves_to_meeting")
    reports = reports.select_related("block", "row")
    said = [report for report in reports if sees_drafts or (is_said(report) and not is_kept_back(report))]
    earlier = [*_made(first), *_reports(said), *(one for one in _said(first) if one.on <= on)]
    return [Event(one.on, one.kind, one.what, one.meeting, one.by, is_earlier=True) for one in earlier]


def _name(user) -> str:
    return user.display_name if user else ""
