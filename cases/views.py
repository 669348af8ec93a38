"""Cases: over all boards, of one board, one case across its meetings, and the queue."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.left_out import told
from boards.models import Board
from boards.roles import may, require
from cases import queue, rules
from cases.forms import CaseForm
from cases.models import Case
from meetings.models import AgendaRow, Meeting, PlannedTopic

PAGE = 50
FIELDS = tuple(CaseForm.base_fields)


def cases(request: HttpRequest) -> HttpResponse:
    """Cases of every board the user sits on."""
    readable = [board for board in Board.objects.visible_to(request.user) if may(request.user, "meetings.read", board)]
    return listed(request, readable, None)


def board_cases(request: HttpRequest, board: str) -> HttpResponse:
    """Cases of one board, those that wait for a meeting first."""
    found = find_board(request, board)
    return listed(request, [found], found)


def listed(request: HttpRequest, boards: list[Board], board: Board | None) -> HttpResponse:
    found = shown_to(request.user, boards).select_related("board").prefetch_related("treatments__meeting")
    waiting = request.GET.get("show") == "waiting"
    if waiting:
        found = found.waiting()
    page = Paginator(found.order_by("-is_waiting", "-pk"), PAGE).get_page(request.GET.get("page"))
    lines = [line_of(request.user, case) for case in page.object_list]
    may_edit = board is not None and may(request.user, "cases.edit", board)
    values = {"page": page, "lines": lines, "board": board, "may_edit": may_edit, "waiting": waiting}
    return render(request, "cases/cases.html", values)


def shown_to(user, boards: list[Board]):
    """Cases a called meeting has treated; for those who plan, every case."""
    planned = [board.pk for board in boards if rules.may_read_plan(user, board)]
    treated = called_rows().filter(case=OuterRef("pk"))
    cases = Case.objects.visible_to(user).filter(board__in=[board.pk for board in boards])
    return cases.filter(Q(board__in=planned) | Exists(treated))


def called_rows():
    called = Q(meeting__numbers_fixed_at__isnull=False) | Q(
        meeting__state__in=[Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED]
    )
    return AgendaRow.objects.filter(called)


def line_of(user, case: Case) -> dict:
    """A case with its title for this reader and its treatments, the newest first."""
    plans = rules.may_read_plan(user, case.board)
    rows = [row for row in case.treatments.all() if plans or is_called(row.meeting)]
    rows.sort(key=lambda row: (row.meeting.first_day, row.order), reverse=True)
    return {"case": case, "title": rules.shown_title(user, case, case.board), "rows": rows}


def is_called(meeting: Meeting) -> bool:
    return meeting.call_is_sent or meeting.state in {Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED}


def case(request: HttpRequest, board: str, case: int) -> HttpResponse:
    """One case: what it is, and every meeting that had it."""
    found = find_board(request, board)
    current = find_case(request, found, case)
    line = line_of(request.user, current)
    may_edit = may(request.user, "cases.edit", found)
    reads = rules.may_read_text(request.user, current, found)
    values = {"board": found, "way": way(found), "line": line, "case": current, "may_edit": may_edit, "reads": reads}
    values["reads_follow_ups"] = may(request.user, "followups.read", found)
    if may_edit:
        values["planned_topic"] = PlannedTopic.objects.filter(case=current).first()
        values["meetings"] = found.meetings.filter(
            state__in=[Meeting.State.TENTATIVE, Meeting.State.PLANNED, Meeting.State.CALLED]
        ).order_by("first_day")
    return render(request, "cases/case.html", values)


def create(request: HttpRequest, board: str) -> HttpResponse:
    """A new case for the queue."""
    found = find_board(request, board, "cases.edit")
    form = CaseForm(request.POST or None, board=found)
    if request.method == "POST" and form.is_valid():
        made = queue.create_case(found, by=request.user, **form.cleaned_data)
        return told(request, redirect(made), form)
    return show(request, found, form, _("New case"))


def edit(request: HttpRequest, board: str, case: int) -> HttpResponse:
    """The facts of the case; agendas keep their own text."""
    found = find_board(request, board, "cases.edit")
    current = find_case(request, found, case)
    initial = {name: getattr(current, name) for name in FIELDS}
    form = CaseForm(request.POST or None, initial=initial, board=found, current=current.type)
    if request.method == "POST" and form.is_valid():
        queue.change_case(current, by=request.user, **form.cleaned_data)
        return told(request, redirect(current), form)
    return show(request, found, form, current.title)


@require_POST
def set_waiting(request: HttpRequest, board: str, case: int) -> HttpResponse:
    """The case enters or leaves the queue."""
    found = find_board(request, board, "cases.edit")
    current = find_case(request, found, case)
    queue.set_waiting(current, request.POST.get("waiting") == "yes", by=request.user)
    return redirect(current)


def show(request: HttpRequest, board: Board, form: CaseForm, heading: str) -> HttpResponse:
    values = {"board": board, "way": way(board), "form": form, "heading": heading}
    return render(request, "cases/form.html", values, status=422 if form.is_bound else 200)


def find_board(request: HttpRequest, slug: str, act: str = "meetings.read") -> Board:
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    require(request.user, act, found)
    return found


def find_case(request: HttpRequest, board: Board, pk: int) -> Case:
    related = ("treatments__meeting", "treatments__answers")
    found = shown_to(request.user, [board]).prefetch_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.board = board
    return found


def way(board: Board) -> list[tuple[str, str]]:
    return [
        (board.get_absolute_url(), board.short_name or board.name),
        (reverse("cases:board-cases", args=[board.slug]), _("Cases")),
    ]
