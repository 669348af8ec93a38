"""The command box: what is typed finds boards, meetings, cases, follow-ups, persons and acts."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField
from publishing.finding import Asked, Found
from publishing.finding import find as found_for


class FindForm(forms.Form):
    q = LineField(label=_("Search, or go to a case"), required=False, max_length=200)
    here = LineField(required=False, max_length=500, widget=forms.HiddenInput)


def find(request: HttpRequest) -> HttpResponse:
    """Options for the box while one types; a page for who presses Enter, or the case itself where one number was typed."""
    form = FindForm(request.GET)
    is_box = bool(request.htmx)
    template = "publishing/_found.html" if is_box else "publishing/find.html"
    if not form.is_valid():
        return render(request, template, {"form": form, "found": Found([])}, status=422)
    asked = Asked.at(form.cleaned_data["q"], form.cleaned_data["here"])
    found = found_for(request.user, asked, timezone.localdate())
    if found.straight and not is_box:
        return redirect(found.straight)
    return render(request, template, {"form": form, "found": found, "typed": asked.typed})
