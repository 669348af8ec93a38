"""Forms of seats, persons and organisations."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import DateField, LineField, TextField
from boards.forms.board import EmailLine
from boards.models import Seat

LIST = {"list": "organisations"}


class SeatForm(forms.Form):
    """A seat as it is shown; without a name it is vacant."""

    name = LineField(label=_("Name"), required=False, help_text=_("Empty: the seat is vacant."))
    organisation_name = LineField(label=_("Organisation"), required=False, widget=forms.TextInput(attrs=LIST))
    email = EmailLine()
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role.choices, initial=Seat.Role.MEMBER)
    title = LineField(label=_("Title"), required=False)
    constituency = LineField(label=_("Constituency"), required=False, max_length=200)
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(label=_("Until"), required=False)
    deputy_rank = forms.IntegerField(label=_("Deputy's rank"), required=False, min_value=1, max_value=999)
    order = forms.IntegerField(label=_("Order"), required=False, min_value=0, max_value=9999)
    note = LineField(label=_("Note"), required=False, max_length=500)

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", gettext("The seat cannot end before it began."))
        if not data.get("name") and not data.get("organisation_name") and not self.errors:
            self.add_error("name", gettext("Write a name, or the organisation whose seat is vacant."))
        return data


class EndSeatForm(forms.Form):
    last_day = DateField(
        label=_("Last day"),
        help_text=_(
            "From the day after, the person reads nothing more of the board: pages, files, calendar and links stop."
        ),
    )


class ReplaceForm(forms.Form):
    """Who takes the seat over, and from when (R44)."""

    day = DateField(label=_("From"))
    name = LineField(label=_("New holder"), required=False, help_text=_("Empty: the seat stays vacant."))
    organisation_name = LineField(label=_("Organisation"), required=False, widget=forms.TextInput(attrs=LIST))
    email = EmailLine()
    title = LineField(label=_("Title"), required=False)


class _Aliases(TextField):
    """Other spellings, one a line."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Also written"), required=False, max_length=5000, help_text=_("One spelling a line."),
            widget=forms.Textarea(attrs={"rows": 3}), **kwargs,
        )  # fmt: skip

    def clean(self, value):
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(gettext("A name has at most 300 characters."))
        return list(dict.fromkeys(line for line in lines if line))


class PersonForm(forms.Form):
    name = LineField(label=_("Name"))
    email = EmailLine()
    phone = LineField(label=_("Telephone"), required=False, max_length=50)
    aliases = _Aliases()


class OrganisationForm(forms.Form):
    name = LineField(label=_("Name"))
    aliases = _Aliases()
