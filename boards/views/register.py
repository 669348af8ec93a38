"""The register of persons and organisations, shared by the boards of the installation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import people as acts
from boards.forms.people import OrganisationForm, PersonForm
from boards.models import Organisation, Person, Seat
from boards.names import near_names
from boards.views.gate import answers_refusals, find_board, way
from signin.models import Invitation

PAGE = 100
COMPARED = 3_000


def persons(request: HttpRequest, board: str) -> HttpResponse:
    """Every person, and pairs whose names are near (R54)."""
    found = find_board(request, board, "boards.edit_people")
    everyone = Person.objects.select_related("organisation").prefetch_related("aliases")
    page = Paginator(everyone, PAGE).get_page(request.GET.get("page"))
    near = near_names(everyone[:COMPARED])
    return render(request, "boards/persons.html", {"board": found, "way": way(found), "page": page, "near": near[:50]})


@answers_refusals
def person(request: HttpRequest, board: str, person: int) -> HttpResponse:
    """One person's name, e-mail and other spellings."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(Person.objects.select_related("user"), pk=person)
    aliases = "\n".join(current.aliases.values_list("name", flat=True))
    initial = {"name": current.name, "email": current.email, "phone": current.phone, "aliases": aliases}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        acts.change_person(current, by=request.user, board=found, **form.cleaned_data)
        return redirect("boards:persons", found.slug)
    further = (reverse("boards:persons", args=[found.slug]), _("The register of persons"))
    values = {
        "board": found,
        "way": way(found, further),
        "form": form,
        "person": current,
        "invitation": Invitation.objects.newest([current]).get(current.pk),
        "may_be_invited": Seat.objects.not_over_on(timezone.localdate()).filter(board=found, person=current).exists(),
        "seats": current.seats.select_related("board").order_by("-starts_on"),
        "near": [other for pair in near_names(Person.objects.all()[:COMPARED]) if current in pair for other in pair if other != current],
        "others": Person.objects.filter(seats__board=found).exclude(pk=current.pk).distinct().order_by("name")[:COMPARED],
    }  # fmt: skip
    return render(request, "boards/person.html", values, status=422 if form.is_bound else 200)


@answers_refusals
def merge(request: HttpRequest, board: str, person: int, other: int) -> HttpResponse:
    """Asks, and on a yes the other is this person under another spelling."""
    found = find_board(request, board, "boards.edit_people")
    kept = get_object_or_404(Person.objects.prefetch_related("seats__board"), pk=person)
    gone = get_object_or_404(Person.objects.prefetch_related("seats__board"), pk=other)
    if request.method == "POST":
        acts.merge_persons(kept, gone, by=request.user, board=found)
        messages.success(request, _("The two are one person now. Printed names stay as they are."))
        return redirect("boards:persons", found.slug)
    further = (reverse("boards:persons", args=[found.slug]), _("The register of persons"))
    values = {"board": found, "way": way(found, further), "kept": kept, "gone": gone}
    return render(request, "boards/merge.html", values)


def organisations(request: HttpRequest, board: str) -> HttpResponse:
    """Every organisation with its aliases (R55)."""
    found = find_board(request, board, "boards.edit_people")
    page = Paginator(Organisation.objects.prefetch_related("aliases"), PAGE).get_page(request.GET.get("page"))
    return render(request, "boards/organisations.html", {"board": found, "way": way(found), "page": page})


@answers_refusals
def organisation(request: HttpRequest, board: str, organisation: int) -> HttpResponse:
    """One organisation's name and aliases."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(Organisation, pk=organisation)
    aliases = "\n".join(current.aliases.values_list("name", flat=True))
    form = OrganisationForm(request.POST or None, initial={"name": current.name, "aliases": aliases})
    if request.method == "POST" and form.is_valid():
        acts.change_organisation(current, by=request.user, board=found, **form.cleaned_data)
        return redirect("boards:organisations", found.slug)
    further = (reverse("boards:organisations", args=[found.slug]), _("Organisations"))
    values = {"board": found, "way": way(found, further), "form": form, "heading": current.name, "submit": _("Save")}
    return render(request, "boards/form.html", values, status=422 if form.is_bound else 200)
