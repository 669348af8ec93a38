"""Seats: adding, changing and ending one. Replacing a holder stands in meetings, which tells the next meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import people as acts
from boards.forms.people import EndSeatForm, SeatForm
from boards.models import Board, Organisation, Seat
from boards.person_box import PersonBox
from boards.roles import may
from boards.views.gate import answers_refusals, find_board, way
from signin.models import Invitation

FIELDS = tuple(SeatForm.base_fields)


def people(request: HttpRequest, board: str) -> HttpResponse:
    """Who sits on the board now, and who did."""
    found = find_board(request, board)
    active = Seat.objects.active_on(timezone.localdate()).filter(board=found)
    seats = found.seats.select_related("person__user").order_by("order", "pk")
    may_edit = may(request.user, "boards.edit_people", found)
    newest = Invitation.objects.newest(found.seats.values("person")) if may_edit else {}
    current = with_invitations(seats.filter(pk__in=active.values("pk")), newest)
    values = {
        "board": found,
        "way": way(found),
        "active": current,
        "others": with_invitations(seats.exclude(pk__in=active.values("pk")).order_by("-ends_on", "pk"), newest),
        "may_edit": may_edit,
        "may_invite": may_edit and any(is_outside(seat) for seat in current),
    }
    return render(request, "boards/people.html", values)


def with_invitations(seats, newest: dict) -> list[Seat]:
    """The seats, each with the newest invitation of its holder."""
    found = list(seats)
    for seat in found:
        seat.invitation = newest.get(seat.person_id)
    return found


def is_outside(seat: Seat) -> bool:
    """Whether the holder can be written to, and has never signed in nor been invited."""
    person = seat.person
    return bool(person and person.email and not seat.invitation and (person.user is None or person.user.is_unused))


def add_seat(request: HttpRequest, board: str) -> HttpResponse:
    """A new seat, held or vacant."""
    found = find_board(request, board, "boards.edit_people")
    form = SeatForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        return seated(request, acts.add_seat(found, by=request.user, **form.cleaned_data))
    return show(request, found, form, _("New seat"))


def seat(request: HttpRequest, board: str, seat: int) -> HttpResponse:
    """What the seat shows from now on."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(found.seats.select_related("person"), pk=seat)
    initial = {name: getattr(current, name) for name in FIELDS if name != "email"}
    form = SeatForm(request.POST or None, initial=initial | {"email": current.person.email if current.person else ""})
    if request.method == "POST" and form.is_valid():
        order = current.order if form.cleaned_data["order"] is None else form.cleaned_data["order"]
        return seated(request, acts.change_seat(current, by=request.user, **(form.cleaned_data | {"order": order})))
    return show(request, found, form, current.name or _("Vacant seat"))


def seated(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The people of the board again, with what is odd about the seat."""
    if warning := acts.double_seat(seat):
        messages.warning(request, warning)
    return redirect("boards:people", seat.board.slug)


@answers_refusals
def end_seat(request: HttpRequest, board: str, seat: int) -> HttpResponse:
    """The holder leaves on a day, and then reads nothing of the board any more; the seat stays in the register."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(found.seats, pk=seat)
    form = EndSeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.end_seat(current, form.cleaned_data["last_day"], by=request.user)
        return redirect("boards:people", found.slug)
    return show(request, found, form, _("End the seat of %(name)s") % {"name": current.name or _("nobody")})


def show(request: HttpRequest, board: Board, form, heading: str) -> HttpResponse:
    if "organisation_name" in form.fields:
        form.fields["name"].widget = PersonBox(board, organisation="organisation_name")
    values = {
        "board": board,
        "way": way(board, (reverse("boards:people", args=[board.slug]), _("People"))),
        "form": form,
        "heading": heading,
        "submit": _("Save"),
        "organisations": Organisation.objects.order_by("name")[:300],
    }
    return render(request, "boards/form.html", values, status=422 if form.is_bound else 200)
