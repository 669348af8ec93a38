"""What of a board's settings needs its meetings: numbers with a preview, and a seat's new holder."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import setup
from boards.forms.people import ReplaceForm
from boards.models import Board, Organisation
from boards.roles import require
from boards.views.gate import answers_refusals
from meetings import numbering, representation
from meetings.forms.numbers import NumbersForm
from meetings.models import Meeting
from meetings.views.gate import find_board

FIELDS = tuple(NumbersForm.base_fields)


def numbers(request: HttpRequest, board: str) -> HttpResponse:
    """Schemes and patterns, and the numbers the next meeting would have with them."""
    found = find_board(request, board)
    require(request.user, "boards.edit", found)
    initial = {name: getattr(found, name) for name in FIELDS} | {
        "meeting_scheme": numbering.meeting_scheme(found),
        "case_pattern": found.case_pattern or numbering.DEFAULT_PATTERNS[found.scheme],
        "meeting_pattern": found.meeting_pattern or "{meeting}/{yyyy}",
    }
    form = NumbersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        save(found, form.cleaned_data, request)
        return redirect(found)
    chosen = initial | (form.cleaned_data if form.is_bound and form.is_valid() else {})
    values = {"board": found, "form": form, "preview": preview(found, chosen), "way": way(found)}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "meetings/numbers.html", values, status=422 if wrong else 200)


@transaction.atomic
def save(board: Board, data: dict, request: HttpRequest) -> None:
    """Drafted agendas take the new numbers; those that were sent keep theirs (R24)."""
    setup.change_board(board, by=request.user, **data)
    drafted = board.meetings.filter(numbers_fixed_at__isnull=True, is_as_written=False)
    for meeting in drafted.exclude(state__in=[Meeting.State.HELD, Meeting.State.CLOSED]).order_by("first_day"):
        meeting.board = board
        numbering.renumber(meeting)
    messages.success(request, _("The numbers are saved. Agendas that are not sent yet have been numbered anew."))


def preview(board: Board, chosen: dict) -> dict:
    """Numbers of the next meeting and its third case, as the chosen settings would give them."""
    for name in FIELDS:
        setattr(board, name, chosen[name])
    today = timezone.localdate()
    number, sequence = numbering.propose_number(board, today)
    meeting = Meeting(board=board, number=number, sequence=sequence, first_day=today)
    return {"meeting": number, "case": numbering.series_of(board)[""].label(3, meeting)}


@answers_refusals
def replace_holder(request: HttpRequest, board: str, seat: int) -> HttpResponse:
    """The seat has a new holder from a day, and the next meeting tells of it (R44)."""
    found = find_board(request, board)
    require(request.user, "boards.edit_people", found)
    current = get_object_or_404(found.seats, pk=seat)
    initial = {"day": timezone.localdate(), "organisation_name": current.organisation_name}
    form = ReplaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        representation.replace_holder(current, by=request.user, **form.cleaned_data)
        return redirect("boards:people", found.slug)
    values = {
        "board": found,
        "way": [*way(found), (reverse("boards:people", args=[found.slug]), _("People"))],
        "form": form,
        "heading": _("New holder of the seat of %(name)s") % {"name": current.name or current.organisation_name},
        "submit": _("Save"),
        "organisations": Organisation.objects.order_by("name")[:300],
    }
    return render(request, "boards/form.html", values, status=422 if form.is_bound else 200)


def way(board: Board) -> list[tuple[str, str]]:
    return [(reverse("boards:boards"), _("Boards")), (board.get_absolute_url(), board.short_name or board.name)]
