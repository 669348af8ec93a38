"""The person box: a text field that completes names while one types, and fills the organisation beside it (R33).

In a Django form:      self.fields["name"].widget = PersonBox(board, organisation="organisation_name")
In a template:         {% include "components/person_box.html" with field=form.name organisation=form.organisation board=board %}

Free text stays free: a name nobody has is kept as typed, and without JavaScript it is a plain text field. The list is
static/js/combobox.js, which fires `input` and `change` on every field it fills, so that a form that saves itself does.
Styles: css/combobox.css, which every page has.
"""

from django import forms
from django.urls import reverse

from boards.models import Board


class PersonBox(forms.TextInput):
    """Completes from the board's people; `organisation` is the name of the sibling field that a choice fills."""

    def __init__(self, board: Board, *, organisation: str = "", attrs: dict | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.address = reverse("boards:find-people", args=[board.slug])
        self.organisation = organisation

    def get_context(self, name, value, attrs):
        """With the sibling's name in the same form, also where a prefix stands before both (`rows-2-name`)."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-combobox"] = self.address
        if self.organisation:
            prefix = f"{name.rpartition('-')[0]}-" if "-" in name else ""
            context["widget"]["attrs"]["data-fills"] = prefix + self.organisation
        return context
