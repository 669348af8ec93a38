"""Names while they are typed, for the person box."""

from django import forms
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boardroom.lib.fields import LineField
from boards.finding import people_named
from boards.views.gate import find_board
from meetings.models import Presenter

REMEMBERED = 1_000


class NameForm(forms.Form):
    q = LineField(required=False, max_length=100)


def find_people(request: HttpRequest, board: str) -> HttpResponse:
    """Options for what is typed in a person box: people of the board, who presented here lately, then the register."""
    found = find_board(request, board, "meetings.edit")
    form = NameForm(request.GET)
    if not form.is_valid():
        return render(request, "boards/_people_found.html", {"people": []}, status=422)
    typed = form.cleaned_data["q"].strip()
    before = Presenter.objects.filter(row__meeting__board=found).exclude(name="").values("name", "organisation_name")
    lately = before.annotate(latest=Max("pk")).order_by("-latest")[:REMEMBERED]
    people = people_named(found, typed, timezone.localdate(), also=_pairs(lately))
    is_new = typed and typed.casefold() not in {person.name.casefold() for person in people}
    return render(request, "boards/_people_found.html", {"people": people, "typed": typed if is_new else ""})


def _pairs(rows):
    return ((row["name"], row["organisation_name"]) for row in rows)
