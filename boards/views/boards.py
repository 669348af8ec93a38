"""The list of boards, one board's page, making and changing one, appointing its secretary."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import setup
from boards.forms.board import LISTS, AppointForm, BoardForm, NewBoardForm
from boards.models import Board, Seat
from boards.roles import acts_of, may, require, roles_of
from boards.views.gate import address, answers_refusals, find_board, way
from meetings.models import Meeting

FIELDS = tuple(BoardForm.base_fields)


def boards(request: HttpRequest) -> HttpResponse:
    """Every board the user sits on; an administrator's every board."""
    today = timezone.localdate()
    found = list(Board.objects.visible_to(request.user).order_by("name"))
    coming = {}
    for meeting in Meeting.objects.filter(board__in=found).upcoming_on(today).order_by("-first_day", "-pk"):
        coming[meeting.board_id] = meeting
    lines = [line_of(request.user, board, coming.get(board.pk)) for board in found]
    return render(
        request, "boards/boards.html", {"lines": lines, "may_create": may(request.user, "boards.create", None)}
    )


def line_of(user, board: Board, coming: Meeting | None) -> dict:
    """The board with the user's roles, and its next meeting for those who may read of it."""
    held = roles_of(user, board)
    roles = [role.label for role in Seat.Role if role in held]
    return {"board": board, "next": coming if may(user, "meetings.read", board) else None, "roles": roles}


def board(request: HttpRequest, board: str) -> HttpResponse:
    """One board: its next meetings, its people, and the way to everything else."""
    found = find_board(request, board)
    today, acts = timezone.localdate(), acts_of(request.user, found)
    coming = Meeting.objects.filter(board=found).upcoming_on(today).order_by("first_day", "pk")[:5]
    past = Meeting.objects.filter(board=found, first_day__lt=today).order_by("-first_day", "-pk")[:5]
    reads = "meetings.read" in acts
    values = {
        "board": found,
        "coming": coming if reads else [],
        "past": past if reads else [],
        "seats": Seat.objects.active_on(today).filter(board=found).order_by("order", "pk"),
        "pages": pages(found, acts),
        "settings": settings_pages(found) if "boards.edit" in acts else [],
        "may_edit": "boards.edit" in acts,
        "may_edit_people": "boards.edit_people" in acts,
        "may_plan": "meetings.edit" in acts,
        "may_appoint": "boards.appoint" in acts,
    }
    return render(request, "boards/board.html", values)


def pages(board: Board, acts: frozenset[str]) -> list[tuple[str, str]]:
    listed = [
        ("meetings.read", "meetings:board-meetings", _("Meetings")),
        ("meetings.read", "meetings:board-calendar", _("Calendar")),
        ("meetings.edit", "meetings:annual-plan", _("Annual plan")),
        ("meetings.read", "cases:board-cases", _("Cases")),
        ("followups.read", "followups:register", _("Follow-ups")),
        ("documents.read", "minutes:decisions", _("Decisions")),
        ("meetings.send_call", "mail:board", _("Mail that did not arrive")),
        ("exchange.import", "publishing:import", _("Import")),
        ("exchange.export", "publishing:export", _("Export")),
    ]
    found = [(address(name, board.slug) or address(name), word) for act, name, word in listed if act in acts]
    return [(url, word) for url, word in found if url]


def settings_pages(board: Board) -> list[tuple[str, str]]:
    slug = board.slug
    return [
        (address("boards:edit", slug), _("The board")),
        (address("meetings:numbers", slug), _("Numbers")),
        (address("boards:layouts", slug), _("Layout of documents")),
        (address("boards:reminders", slug), _("Reminders")),
        *((address("boards:list", slug, kind), heading) for kind, (heading, _model, _form) in LISTS.items()),
        (address("boards:persons", slug), _("The register of persons")),
        (address("boards:organisations", slug), _("Organisations")),
    ]


@answers_refusals
def create(request: HttpRequest) -> HttpResponse:
    """A new board, for an administrator, with its first secretary."""
    require(request.user, "boards.create", None)
    form = NewBoardForm(request.POST or None, initial={name: getattr(Board(), name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        name, email = data.pop("secretary"), data.pop("secretary_email")
        with transaction.atomic():
            made = setup.create_board(by=request.user, **data)
            answer = seated(request, made, name, email) if name else redirect(made)
        messages.success(request, _("The board is made."))
        return answer
    return render(request, "boards/create.html", {"form": form}, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, board: str) -> HttpResponse:
    """Names, language, approval and the like; documents that were issued keep what they have."""
    found = find_board(request, board, "boards.edit")
    form = BoardForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        setup.change_board(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The board is saved."))
        return redirect(found)
    values = {"form": form, "board": found, "way": way(found), "heading": _("The board"), "submit": _("Save")}
    return render(request, "boards/form.html", values, status=422 if form.is_bound else 200)


@answers_refusals
def appoint(request: HttpRequest, board: str) -> HttpResponse:
    """An administrator seats a secretary, who is invited where an e-mail is given."""
    found = find_board(request, board, "boards.appoint")
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return seated(request, found, **form.cleaned_data)
    values = {
        "form": form,
        "board": found,
        "way": way(found),
        "heading": _("Appoint a secretary"),
        "submit": _("Appoint"),
    }
    return render(request, "boards/form.html", values, status=422 if form.is_bound else 200)


def seated(request: HttpRequest, board: Board, name: str, email: str) -> HttpResponse:
    """The person is secretary, and invited by e-mail where they never signed in; the board's page says which."""
    person = setup.appoint_secretary(board, by=request.user, name=name, email=email, day=timezone.localdate())
    words = {"name": person.name, "email": person.email}
    if not person.email:
        messages.warning(request, _("%(name)s has no e-mail address yet, and cannot sign in without one.") % words)
    elif not person.user.is_unused:
        messages.success(request, _("%(name)s signs in as before.") % words)
    else:
        messages.success(request, _("An invitation is on its way to %(email)s. It works once, for 24 hours.") % words)
    return redirect(board)
