"""The agenda on one page: the builder for its secretary, a reading page for the others."""

from dataclasses import dataclass, field

from django.db.models import BigAutoField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from boardroom.lib.prepared import among, prepared
from boards.roles import may
from boards.views.gate import address
from cases import files
from cases.models import Case
from meetings import overview, reading, rules
from meetings.forms.agenda import NewRowForm
from meetings.models import AgendaRow, Meeting, Paper
from meetings.readiness import before_call
from meetings.recipients import counted, in_a_row
from meetings.standing import missing_items
from meetings.topic_cases import waiting_topics
from meetings.views.gate import find_agenda, way

QUEUE_SHOWN = 50


@dataclass
class Shown:
    """What an answer shows besides the agenda itself.

    `open`: the row whose form is shown (see row_form.OpenRow). `still`: the row whose form stands in the browser and is
    left as it is there. `asking`: (row, form, act), a question in the row's place. `undo`: (address, values).
    """

    open: object | None = None
    still: int = 0
    asking: tuple | None = None
    said: str = ""
    undo: tuple | None = None
    focus: str = ""
    new: NewRowForm | None = None
    refused: list[str] = field(default_factory=list)
    status: int = 200


def agenda(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The agenda: a form for the secretary, a reading page for the others."""
    found = find_agenda(request, board, meeting)
    if not rules.may_edit_agenda(request.user, found):
        return reading_page(request, found)
    return build(request, found, Shown(still=still_open(request), focus=request.GET.get("focus", "")))


def reading_page(request: HttpRequest, found: Meeting) -> HttpResponse:
    rows = list(
        found.agenda_rows.order_by("order", "pk").prefetch_related("presenters", "papers__file").select_related("case")
    )
    values = {
        "meeting": found,
        "way": way(found),
        "lines": [line_of(request.user, found, row) for row in rows],
        "totals": overview.totals(rows),
        "papers": papers_of(request.user, found),
    }
    return render(request, "meetings/agenda.html", values)


def build(request: HttpRequest, found: Meeting, shown: Shown) -> HttpResponse:
    """The builder: the whole page, or for htmx the part of it that any act can change."""
    reading.with_types(reading.with_days(found).board)
    rows, types, days = overview.read_rows(found), list(found.board.case_types.all()), list(found.days.all())
    whole, shown_lines = not request.htmx, overview.lines(rows, days, types)
    base = reverse("meetings:agenda", args=[found.board.slug, found.slug])
    for line in shown_lines:
        line["key"], line["at"] = str(line["pk"]), f"{base}rows/{line['pk']}/"
    values = {
        "meeting": found,
        "may_edit": True,
        "whole": whole,
        "shown": shown,
        "lines": shown_lines,
        "totals": overview.totals(rows),
        "ends": overview.ends(rows, days),
        "stamp": overview.stamp(rows, shown.still),
        "problems": before_call(found, rows, types),
        "queue": queue_of(found),
        "standing": missing_items(reading.standing_items(found.board), rows),
        "new": shown.new or NewRowForm(board=found.board, goes_on="added" in request.GET, auto_id="new-%s"),
        "recipients": recipients_in_words(found),
        "papers": papers_of(request.user, found),
        "moved": whole_number(request.GET.get("moved", "")),
        "went": request.GET.get("went", ""),
        "send_call": send_call_url(request.user, found),
        "accept": files.ACCEPT,
    }
    if whole:
        values["way"] = way(found)
    template = "meetings/agenda.html" if whole else "meetings/_builder.html"
    return render(request, template, values, status=shown.status)


def still_open(request: HttpRequest) -> int:
    """The row whose form stands open in the browser that asks; 0 for none."""
    sent = request.POST if request.method == "POST" else request.GET
    return whole_number(sent.get("open", "")) if request.htmx else 0


def queue_of(found: Meeting) -> list:
    """The cases that wait, with the number each was last put off from."""
    cases = _waiting(board=found.board_id)
    for case in cases:
        case.board = found.board
    last = dict(_labels(cases=[case.pk for case in cases]))
    for case in cases:
        case.put_off_from = last.get(case.pk, "")
    return [*cases, *waiting_topics(found)]


@prepared(board=BigAutoField())
def _waiting(board):
    return Case.objects.waiting().filter(board=board).order_by("pk")[:QUEUE_SHOWN]


@prepared(cases=[BigAutoField()])
def _labels(cases):
    treated = AgendaRow.objects.filter(among("case", cases)).exclude(label="")
    return treated.order_by("meeting__first_day", "pk").values_list("case", "label")


def recipients_in_words(found: Meeting) -> dict:
    """How many of which role get the call by e-mail, and who has no address."""
    known = counted(found, timezone.localdate())
    return {"sent": in_a_row(known.words), "on_paper": known.without_address}


def line_of(user, meeting: Meeting, row: AgendaRow) -> dict:
    """What this reader may see of a row; nothing else of it reaches the template."""
    reads = rules.may_read_text(user, row, meeting.board) and (
        not row.is_closed or rules.may_read_exempt(user, meeting.board, meeting.pk)
    )
    row.meeting = meeting
    papers = [paper for paper in row.papers.all() if paper.replaced_by_id is None]
    for paper in papers:
        paper.meeting, paper.row = meeting, row
    return {
        "row": row,
        "title": rules.shown_title(user, row, meeting.board),
        "reads": reads,
        "papers": [paper for paper in papers if rules.may_read_paper(user, paper)],
        "presenters": list(row.presenters.all()),
    }


def papers_of(user, meeting: Meeting) -> list[Paper]:
    """Papers of the meeting as a whole that this reader may have."""
    return [paper for paper in reading.papers_of_all(meeting) if rules.may_read_paper(user, paper)]


def send_call_url(user, meeting: Meeting) -> str:
    if meeting.state != Meeting.State.PLANNED or not may(user, "meetings.send_call", meeting.board):
        return ""
    return address("publishing:send-call", meeting.board.slug, meeting.slug)


def whole_number(text: str) -> int:
    """The number in a button's value; 0 for anything else."""
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
