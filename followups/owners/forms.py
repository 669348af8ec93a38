"""The form of who reports between meetings, and of the secretary who answers."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.fields import LineField, TextField
from boards.models import Person
from followups import sources
from followups.models import Action, OwnerReport

Kind = OwnerReport.Kind


class OwnerReportForm(forms.Form):
    """How it stands. `actions` are the open ones the person answers for; `persons` those a secretary may write for."""

    person = forms.TypedChoiceField(label=gettext_lazy("On behalf of"), coerce=int, empty_value=None, required=False)
    action = forms.TypedChoiceField(
        label=gettext_lazy("What is it about?"), coerce=int, empty_value=None, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("How does it stand?"), choices=Kind.choices, widget=forms.RadioSelect)
    due_text = LineField(
        label=gettext_lazy("New due time"),
        required=False,
        help_text=gettext_lazy(
            "Only where you need one: a date, a month or a meeting, such as «1 October» or «September»."
        ),
    )
    text = TextField(
        label=gettext_lazy("Tell in a few words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    address = LineField(
        label=gettext_lazy("Address on the web"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Where the result can be seen, if it is published."),
        widget=forms.URLInput,
    )

    def __init__(self, *args, actions: list[Action], today: date, persons: list[Person] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.actions, self.persons = today, actions, persons
        if persons is None:
            del self.fields["person"]
        else:
            nobody = _("Somebody who is not in the register")
            self.fields["person"].choices = [*((one.pk, one.name) for one in persons), ("", nobody)]
        if len(actions) < 2:
            del self.fields["action"]
        else:
            self.fields["action"].choices = [("", _("All of it")), *((one.pk, one.text) for one in actions)]

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"]
        if typed:
            try:
                URLValidator(schemes=["https", "http"])(typed)
            except ValidationError:
                raise ValidationError(_("Write an address that begins with https://."), code="address") from None
        return typed

    def clean(self):
        typed = super().clean()
        if typed.get("kind") == Kind.NEW_DATE:
            if not typed.get("due_text") and "due_text" not in self.errors:
                self.add_error("due_text", _("Write the new date."))
            due = sources.understand_due(typed.get("due_text", ""), self.today)
            if due.on and due.on < self.today:
                self.add_error("due_text", _("That day has passed. Write a day to come."))
        return typed

    def values(self) -> dict:
        """What `owning.report` takes."""
        typed = {name: self.cleaned_data[name] for name in ("kind", "text", "due_text", "address")}
        chosen = self.cleaned_data.get("action") if len(self.actions) > 1 else None
        alone = self.actions[0] if len(self.actions) == 1 else None
        action = next((one for one in self.actions if one.pk == chosen), alone)
        return typed | {"action": action}

    def for_person(self) -> Person | None:
        """On whose behalf the secretary writes."""
        return next((one for one in self.persons or [] if one.pk == self.cleaned_data.get("person")), None)


class AnswerForm(forms.Form):
    """Why the board does not confirm."""

    text = TextField(
        label=gettext_lazy("What do you answer?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Who reported gets the answer by mail, and reads it on the page of the follow-up."),
    )
