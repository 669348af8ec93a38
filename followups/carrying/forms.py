"""Forms of the plan page: why a follow-up goes elsewhere, and the words it has in one meeting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from boardroom.lib.dates import format_date
from boardroom.lib.fields import LineField, TextField
from followups.carrying.arranging import Words
from followups.forms import NamesField
from followups.models import Report
from meetings.models import Meeting


class MeetingChoice(forms.ModelChoiceField):
    """A meeting by number and day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        day = date_format(meeting.first_day, "DATE_FORMAT")
        return _("meeting %(number)s, %(day)s") % {"number": meeting.number, "day": day} if meeting.number else day


class ElsewhereForm(forms.Form):
    """Which meeting in draft, and why; to put it in besides the next one needs no reason."""

    to = MeetingChoice(label=_("Meeting"), queryset=None, empty_label=None)
    reason = LineField(label=_("Why?"), max_length=500)

    def __init__(self, *args, meetings: list[Meeting], needs_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Meeting.objects.filter(pk__in=[one.pk for one in meetings]).order_by(
            "first_day", "pk"
        )
        self.fields["reason"].required = needs_reason


class SeenField(forms.JSONField):
    """What the page held when it was opened; what no page of ours could hold is no error but nothing that was seen."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (RecursionError, ValueError, ValidationError):
            return None

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return None


class WordsForm(forms.Form):
    """Title of a follow-up in one meeting. `seen` is what the writer saw, so that nobody's words are written over."""

    title = LineField(label=_("Title"), max_length=500)
    seen = SeenField(widget=forms.HiddenInput, required=False)

    def seen_words(self) -> Words:
        seen = self.cleaned_data["seen"]
        is_whole = isinstance(seen, list) and len(seen) == 2
        return Words(*seen) if is_whole else Words("", [])


class PrintedActionForm(forms.Form):
    """One action as it is printed in the meeting. A row without a text is left out."""

    text = TextField(label=_("What is to be done"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = NamesField(label=_("Responsible"), required=False)
    due = LineField(label=_("Due"), required=False)


PrintedActions = forms.formset_factory(PrintedActionForm, extra=1, max_num=60, absolute_max=60)


def printed(report: Report) -> list[dict]:
    """The actions of the report as the form shows them."""
    return [
        {"text": one.get("text", ""), "responsible": one.get("responsible", []), "due": _due(report, one)}
        for one in report.actions
    ]


def words_of(report: Report, form: WordsForm, actions) -> Words:
    """The words as typed; a date that was not changed stays one."""
    dates = {_due(report, one): one for one in report.actions if one.get("due_on")}
    return Words(form.cleaned_data["title"], [one for row in actions if (one := _action(row.cleaned_data, dates))])


def _due(report: Report, action: dict) -> str:
    if action.get("due_text") or not action.get("due_on"):
        return action.get("due_text", "")
    return format_date(forms.DateField().to_python(action["due_on"]), report.meeting.board.language)


def _action(typed: dict, dates: dict[str, dict]) -> dict:
    if not typed.get("text"):
        return {}
    known = dates.get(typed["due"], {})
    written = {
        "text": typed["text"],
        "responsible": typed["responsible"],
        "due_on": known.get("due_on"),
        "due_text": known.get("due_text", "") if known else typed["due"],
    }
    return {name: value for name, value in written.items() if value}
