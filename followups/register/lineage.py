"""The way of a follow-up: source, every meeting it has been through, what was said last, when it is due (R84)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from boardroom.lib import dates
from followups.models import CLOSED, ISSUED, Action, DueChange, FollowUp, Report
from meetings.models import Meeting

# In the document's language; screens translate through gettext.
_TIMES = {"nb": "{n}. gang", "nn": "{n}. gong", "en": "time no. {n}"}


def lineage(reports: Iterable[Report]) -> list[dict]:
    """For each report, in the order given, what is shown and printed of the follow-up it stands for.

    Keys: report, follow_up, source (normal form, else as written), source_printed, title, actions (open ones: text,
    responsible, due, due_meeting, times_moved), printed (the same as this meeting words them), stops (meetings from the
    source to this one), times (how many meetings it has been reported in, this one included), times_words, age_days,
    months, last_resolution, last_meeting, due, due_meetings, times_moved. Words of minutes that are not final are
    nobody's yet, and those that not everybody may read are left to the minutes. Three queries for any number of reports.
    """
    reports = list(reports)
    ids = {report.follow_up_id for report in reports if report.follow_up_id}
    history = _history(ids)
    actions = _open_actions(ids)
    return [_one(report, history[report.follow_up_id], actions[report.follow_up_id]) for report in reports]


def reports_in(meeting: Meeting) -> list[Report]:
    """What the follow-up case of the meeting shows, in its order: everything carried that was not taken out."""
    reports = Report.objects.filter(meeting=meeting, is_left_out=False)
    return list(
        reports.select_related(
            "follow_up__source_meeting",
            "follow_up__board",
            "meeting__board",
            "resolves_to_row",
            "resolves_to_meeting",
            "block",
            "row",
        ).order_by("order", "pk")
    )


def agenda_context(meeting: Meeting) -> dict:
    """The variable `carried` of followups/_agenda_list.html: the lineage of what this meeting's case shows."""
    return {"carried": lineage(reports_in(meeting))}


def is_said(report: Report) -> bool:
    """Whether the words of the report were issued: the minutes of its meeting are final."""
    minutes = getattr(report.meeting, "minutes", None)
    return bool(minutes and minutes.state in ISSUED)


def is_kept_back(report: Report) -> bool:
    """Whether its words stand in a part of the minutes that not everybody may read: exempt, or behind closed doors."""
    row = report.row
    return bool((report.block and report.block.is_shielded) or (row and (row.is_shielded or row.is_closed)))


def months_between(first: date, last: date) -> int:
    """Whole months from the one day to the other; 0 where `last` is not later."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(months - (last.day < first.day), 0)


def track(follow_up: FollowUp, reports: Iterable[Report]) -> list[dict]:
    """The way of one follow-up: a stop (meeting, is_moved, is_left_out) for its source and every meeting of `reports`."""
    moved = set(DueChange.objects.filter(action__follow_up=follow_up).values_list("meeting", flat=True))
    source = follow_up.source_meeting
    stops = [{"meeting": source, "is_moved": False, "is_left_out": False}] if source else []
    for report in sorted(reports, key=lambda one: (one.meeting.first_day, one.meeting.pk)):
        is_moved = bool(report.due_text) or report.meeting_id in moved
        stops.append({"meeting": report.meeting, "is_moved": is_moved, "is_left_out": report.is_left_out})
    return stops


def _history(ids: set[int]) -> dict[int | None, list[Report]]:
    found = defaultdict(list)
    reports = Report.objects.filter(follow_up__in=ids, is_left_out=False)
    reports = reports.select_related("meeting__minutes", "block", "row")
    for report in reports.order_by("meeting__first_day", "meeting__pk"):
        found[report.follow_up_id].append(report)
    return found


def _open_actions(ids: set[int]) -> dict[int | None, list[Action]]:
    found = defaultdict(list)
    for action in Action.objects.filter(follow_up__in=ids).select_related("due_meeting"):
        found[action.follow_up_id].append(action)
    return found


def _one(report: Report, history: list[Report], actions: list[Action]) -> dict:
    follow_up = report.follow_up
    here = (report.meeting.first_day, report.meeting.pk)
    earlier = [one for one in history if (one.meeting.first_day, one.meeting.pk) < here]
    source = follow_up.source_meeting if follow_up else None
    spoken = [one for one in earlier if one.resolution and is_said(one) and not is_kept_back(one)]
    stops = ([(source, False)] if source else []) + [(one.meeting, bool(one.due_text)) for one in earlier]
    first = stops[0][0] if stops else report.meeting
    live = [action for action in actions if action.state not in CLOSED] or actions
    described = [_action(action, report.meeting.board.language) for action in live]
    return {
        "report": report,
        "follow_up": follow_up,
        "source": (follow_up.source_normal or follow_up.source_label) if follow_up else report.source_label,
        "source_printed": report.source_printed or report.source_label,
        "title": report.title,
        "actions": described,
        "printed": _printed(report) if report.is_worded else described,
        "stops": [{"meeting": one, "is_moved": is_moved} for one, is_moved in [*stops, (report.meeting, False)]],
        "times": len(earlier) + 1,
        "times_words": _TIMES[report.meeting.board.language].format(n=len(earlier) + 1),
        "age_days": (report.meeting.first_day - first.first_day).days,
        "months": months_between(first.first_day, report.meeting.first_day),
        "last_resolution": spoken[-1].resolution if spoken else "",
        "last_meeting": (spoken or earlier)[-1].meeting if earlier else source,
        "due": "; ".join(dict.fromkeys(one["due"] for one in described if one["due"])),
        "due_meetings": list(dict.fromkeys(one["due_meeting"] for one in described if one["due_meeting"])),
        "times_moved": max((one["times_moved"] for one in described), default=0),
    }


def _printed(report: Report) -> list[dict]:
    """The actions as the secretary worded them for this meeting."""
    language = report.meeting.board.language
    return [
        {
            "text": one["text"],
            "responsible": one.get("responsible", []),
            "due": one.get("due_text") or _day(one.get("due_on"), language),
        }
        for one in report.actions
    ]


def _day(iso: str | None, language: str) -> str:
    return dates.format_date(date.fromisoformat(iso), language) if iso else ""


def _action(action: Action, language: str) -> dict:
    due = action.due_text or (dates.format_date(action.due_on, language) if action.due_on else "")
    return {
        "action": action,
        "text": action.text,
        "responsible": action.responsible,
        "due": due,
        "due_meeting": action.due_meeting,
        "times_moved": action.times_moved,
    }
