"""Forms of the meeting: filter, new, facts, days, chairs, and a reason."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, DateField, LineField
from boardroom.lib.times import local_moment
from meetings.forms.telling import Telling
from meetings.models import Meeting

DAYS_MAX = 7


class FilterForm(forms.Form):
    """Year and state of a list; what is not understood is passed over."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, years=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All years")), *((year, year) for year in years)]
        self.fields["state"].choices = [("", _("All states")), *Meeting.State.choices]


class WebLinkField(forms.CharField):
    """A web address to join at, or nothing. Only http and https are links."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=1000, **kwargs)

    def clean(self, value):
        written = (super().clean(value) or "").strip()
        if not written:
            return ""
        if "://" not in written:
            written = f"https://{written}"
        return forms.URLField(assume_scheme="https", error_messages={"invalid": _("Write a web address.")}).clean(
            written
        )


class FactsForm(forms.Form):
    """What is true of the meeting as a whole."""

    number = LineField(label=_("Meeting number"), required=False, max_length=50)
    name = LineField(
        label=_("Name"), required=False, help_text=_("Where the meeting has a name of its own, such as a seminar.")
    )
    place = LineField(label=_("Place"), required=False)
    url = WebLinkField(label=_("Web link"))
    mode = forms.ChoiceField(
        label=_("Kind of meeting"), required=False, choices=[("", _("Not said")), *Meeting.Mode.choices]
    )
    is_extraordinary = forms.BooleanField(label=_("Extraordinary meeting"), required=False)


def refuse_skipped(form: forms.Form, data: dict) -> None:
    """An error at each clock time that the change to summer time leaves out that day (reliability.md F23)."""
    for name in ("start", "end"):
        if not (data.get("date") and data.get(name)):
            continue
        try:
            local_moment(data["date"], data[name])
        except ValueError as sentence:
            form.add_error(name, str(sentence))


class NewMeetingForm(FactsForm):
    """A new meeting; the number is proposed and may be changed (R2)."""

    date = DateField(label=_("Date"))
    last_date = DateField(label=_("Last day"), required=False, help_text=_("For a meeting over several days."))
    start = ClockField(label=_("Start"), required=False)
    end = ClockField(label=_("Planned end"), required=False)
    is_tentative = forms.BooleanField(label=_("The date is tentative"), required=False)

    field_order = ["date", "last_date", "start", "end", "is_tentative"]

    def clean(self):
        data = super().clean()
        first, last = data.get("date"), data.get("last_date")
        if first and last and not 0 <= (last - first).days < DAYS_MAX:
            self.add_error(
                "last_date", gettext("The last day is at most %(days)s days after the first.") % {"days": DAYS_MAX - 1}
            )
        if data.get("start") and data.get("end") and not last and data["end"] <= data["start"]:
            self.add_error("end", gettext("The meeting ends before it begins."))
        refuse_skipped(self, data)
        return data


class EditMeetingForm(FactsForm):
    minute_taker = LineField(label=_("Minute-taker"), required=False)
    agenda_heading = LineField(
        label=_("Heading of the agenda"), required=False, help_text=_("Empty: the heading of the board's layout.")
    )
    prints_calendar = forms.BooleanField(
        label=_("The call prints the meeting calendar"),
        required=False,
        help_text=_("This meeting and those after it, from the calendar of the board."),
    )


class DayForm(forms.Form):
    """One day; without a date it is left out."""

    date = DateField(label=_("Date"), required=False)
    start = ClockField(label=_("Start"), required=False)
    end = ClockField(label=_("Planned end"), required=False)
    agenda_heading = LineField(label=_("Agenda heading of the day"), required=False)

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", gettext("The meeting ends before it begins."))
        refuse_skipped(self, data)
        return data


class BaseDayFormSet(forms.BaseFormSet):
    def clean(self):
        dates = [
            form.cleaned_data.get("date") for form in self.forms if form.is_valid() and form.cleaned_data.get("date")
        ]
        if not any(self.errors) and not dates:
            raise forms.ValidationError(gettext("A meeting has at least one day."))
        if len(set(dates)) != len(dates):
            raise forms.ValidationError(gettext("Two days have the same date."))


class ChairForm(forms.Form):
    """Who chairs, and from when until when (R12); without a name it is left out."""

    name = LineField(label=_("Name"), required=False)
    start = ClockField(label=_("From"), required=False)
    end = ClockField(label=_("Until"), required=False)


DayFormSet = forms.formset_factory(
    DayForm, formset=BaseDayFormSet, extra=1, max_num=DAYS_MAX, validate_max=True, absolute_max=2 * DAYS_MAX
)
ChairFormSet = forms.formset_factory(ChairForm, extra=2, max_num=10, validate_max=True, absolute_max=20)


class ReasonForm(forms.Form):
    reason = LineField(label=_("Reason"), max_length=500, help_text=_("Shown to the board, and kept."))


class MoveForm(Telling):
    """A new date and, if they change too, new times; a call that is sent asks for a reason. `seen` are doubts once shown."""

    date = DateField(label=_("New date"))
    start = ClockField(label=_("Start"), required=False)
    end = ClockField(label=_("Planned end"), required=False)
    reason = LineField(label=_("Reason"), max_length=500, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["date", "start", "end", "reason", "tell"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        day = meeting.days.first()
        hours = {"start": day.start, "end": day.end} if day else {}
        super().__init__(*args, initial={"date": meeting.first_day, **hours}, **kwargs)
        self.offer_to_tell(meeting)
        if meeting.state == Meeting.State.CALLED:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("The call is sent, so the board is told why.")

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", gettext("The meeting ends before it begins."))
        refuse_skipped(self, data)
        return data
