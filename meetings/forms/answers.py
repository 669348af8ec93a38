"""Forms of coming or not, and of calling a deputy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import TextField
from meetings.models import Reply


class AnswerForm(forms.Form):
    """Coming or not, and a word to the secretariat."""

    answer = forms.ChoiceField(label=_("Are you coming?"), choices=Reply.Answer.choices)
    note = TextField(
        label=_("Message to the secretariat"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the secretariat reads it."),
    )


class DeputyForm(forms.Form):
    deputy = forms.IntegerField(min_value=1)
