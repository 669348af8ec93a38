"""The layout of a board's documents as a form (R28, R31, R66): columns, style, times and fixed words."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import DateField, LineField

COLUMNS = [
    ("label", _("Case number")),
    ("title", _("Title")),
    ("description", _("Description")),
    ("presenter", _("Presenter")),
    ("type", _("Case type")),
    ("minutes", pgettext_lazy("duration", "Minutes")),
    ("time", _("Time from and to")),
    ("start", _("Start")),
]
LABELS = [
    ("label", _("Head of the column of case numbers")),
    ("title", _("Head of the column of titles")),
    ("description", _("Head of the column of descriptions")),
    ("presenter", _("Head of the column of presenters")),
    ("type", _("Head of the column of case types")),
    ("minutes", _("Head of the column of minutes")),
    ("time", _("Head of the column of times")),
    ("start", _("Head of the column of starts")),
    ("attachment-column", _("Head of the column of attachments")),
    ("agenda", _("Heading of the agenda")),
    ("minutes-list", _("Heading of the cases in the minutes")),
    ("papers", _("Heading of the papers")),
    ("attendance", _("Heading of the attendance")),
    ("members", _("Group of members")),
    ("present", _("Group of those present")),
    ("partial", _("Group of those present in part")),
    ("absent", _("Group of those absent")),
    ("deputies", _("Group of deputies")),
    ("observers", _("Group of observers")),
    ("secretariat", _("Group of the secretariat")),
    ("guests", _("Group of guests")),
    ("representation-changes", _("Heading of changes of representation")),
    ("calendar", _("Heading of the calendar")),
    ("chair", _("Word for the chair")),
    ("minute-taker", _("Word for the minute-taker")),
    ("proposed-decision", _("Heading of a proposed decision")),
    ("archive-reference", _("Word for the archive reference")),
    ("approved-by", _("Word for approved by")),
    ("organisation", _("Word for organisation")),
    ("closed", _("Word for a case behind closed doors")),
]
PLACES = 6


class LayoutForm(forms.Form):
    """Empty words take the product's own, in the board's language."""

    valid_from = DateField(
        label=_("Holds from"), required=False, help_text=_("Meetings before that day keep the layout they had.")
    )
    minutes_style = forms.ChoiceField(
        label=_("Minutes as"), choices=[("table", _("A table")), ("headings", _("Headings and text"))]
    )
    attachment_column = forms.BooleanField(label=_("With a column of attachments"), required=False)
    time_separator = forms.ChoiceField(
        label=_("Times as"), required=False, choices=[(".", "12.00"), (":", "12:00"), ("", "1200")]
    )
    presenter_on_own_line = forms.BooleanField(
        label=_("Presenters on a line of their own under the title"), required=False
    )
    agenda_in_minutes = forms.ChoiceField(
        label=_("The list of cases in the minutes"),
        choices=[("before", _("Before the cases")), ("in-case", _("In the first case")), ("none", _("Nowhere"))],
    )

    def __init__(self, *args, settings: dict, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = settings.get("agenda_columns", [])
        for place in range(PLACES):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=gettext("Column %(number)s of the agenda") % {"number": place + 1},
                required=False,
                choices=[("", _("None")), *COLUMNS],
                initial=chosen[place] if place < len(chosen) else "",
            )
        for key, word in LABELS:
            self.fields[f"label_{key}"] = LineField(
                label=word, required=False, max_length=200, initial=settings.get("labels", {}).get(key, "")
            )
        defaults = {"minutes_style": "table", "time_separator": ".", "agenda_in_minutes": "before"}
        for name in (
            "minutes_style",
            "attachment_column",
            "time_separator",
            "presenter_on_own_line",
            "agenda_in_minutes",
        ):
            self.fields[name].initial = settings.get(name, defaults.get(name))

    @property
    def columns(self):
        return [self[f"column_{place}"] for place in range(PLACES)]

    @property
    def words(self):
        return [self[f"label_{key}"] for key, _word in LABELS]

    def clean(self):
        data = super().clean()
        chosen = [column for place in range(PLACES) if (column := data.get(f"column_{place}"))]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(gettext("Two columns of the agenda are the same."))
        return data

    def settings(self) -> dict:
        """The layout as the exchange format has it; what is not chosen is left out."""
        data = self.cleaned_data
        columns = [column for place in range(PLACES) if (column := data[f"column_{place}"])]
        labels = {key: word for key, _word in LABELS if (word := data[f"label_{key}"])}
        names = ("minutes_style", "attachment_column", "time_separator", "presenter_on_own_line", "agenda_in_minutes")
        chosen = {name: data[name] for name in names}
        return {**({"agenda_columns": columns} if columns else {}), **chosen, **({"labels": labels} if labels else {})}
