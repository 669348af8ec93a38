"""Forms of the annual plan, and of the dates that came into the board's calendar by an import (R8, R9)."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from boardroom.lib.dates import EARLIEST, LATEST
from boardroom.lib.fields import ClockField, DateField, LineField
from boards.models import Board
from meetings.annual_plan import TAKING
from meetings.forms.agenda import type_choices
from meetings.models import CalendarEntry, Meeting, PlannedTopic


class PlaceField(forms.Field):
    """A month (`2027-03`) or one of the board's meetings (`meeting-12`), as keywords for the acts of the annual plan."""

    widget = forms.Select

    def __init__(self, *, board: Board, year: int, **kwargs):
        super().__init__(label=_("Month or meeting"), **kwargs)
        self.board = board
        self.widget.choices = place_choices(board, year)

    def to_python(self, value):
        if not value and not self.required:
            return None
        kind, _hyphen, number = str(value or "").partition("-")
        if kind == "meeting" and number.isascii() and number.isdigit() and len(number) < 16:
            meeting = self.board.meetings.filter(pk=int(number)).first()
            if meeting is not None:
                return {"meeting": meeting}
        try:
            month = date.fromisoformat(f"{value}-01")
        except ValueError:
            month = None
        if month is None or not EARLIEST <= month.year <= LATEST:
            raise forms.ValidationError(gettext("Choose a month or a meeting."))
        return {"month": month}

    def prepare_value(self, value):
        return place_key(value) if isinstance(value, PlannedTopic) else value


def place_key(topic: PlannedTopic) -> str:
    """The value of the place where the topic stands."""
    return f"meeting-{topic.meeting_id}" if topic.meeting_id else f"{topic.month:%Y-%m}"


def place_choices(board: Board, year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """The meetings of the year and the next that take topics, and the months of both years."""
    meetings = board.meetings.filter(first_day__year__in=(year, year + 1), state__in=TAKING, is_as_written=False)
    named = [(f"meeting-{one.pk}", meeting_words(one)) for one in meetings.order_by("first_day", "pk")]
    months = [
        (f"{one:%Y-%m}", date_format(one, "F Y").capitalize())
        for one in (date(shown, number, 1) for shown in (year, year + 1) for number in range(1, 13))
    ]
    return ([(gettext("Meetings"), named)] if named else []) + [(gettext("Months"), months)]


def meeting_words(meeting: Meeting) -> str:
    return ", ".join(filter(None, [meeting.number or meeting.name, date_format(meeting.first_day)]))


class NewTopicForm(forms.Form):
    """The line at the foot of a month or a meeting."""

    title = LineField(label=_("Topic"))

    def __init__(self, *args, board: Board, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"] = PlaceField(board=board, year=year)

    def values(self) -> dict:
        data = dict(self.cleaned_data)
        return data | data.pop("place")


class TopicForm(forms.Form):
    """Everything of a topic, its place too."""

    title = LineField(label=_("Topic"))
    note = LineField(
        label=_("Note"), required=False, max_length=500, help_text=_("Becomes the description of the case.")
    )
    type = forms.ChoiceField(label=_("Case type"), required=False)
    is_yearly = forms.BooleanField(
        label=_("Every year"), required=False, help_text=_("The plan of next year begins with it.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["title", "note", "type", "place", "is_yearly"]

    def __init__(self, *args, topic: PlannedTopic, **kwargs):
        names = ("title", "note", "type", "is_yearly", "version")
        initial = {name: getattr(topic, name) for name in names} | {"place": topic}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["type"].choices = type_choices(topic.board, topic.type)
        if not topic.is_taken:
            self.fields["place"] = PlaceField(board=topic.board, year=topic.month.year, required=False)
        self.order_fields(self.field_order)


class EntryForm(forms.ModelForm):
    """A date of the board's calendar as a source had it, where no meeting here has it."""

    date = DateField(label=_("Date"))
    start = ClockField(label=_("Start"), required=False)
    end = ClockField(label=pgettext_lazy("clock time", "End"), required=False)
    is_tentative = forms.BooleanField(label=_("Tentative"), required=False)

    class Meta:
        model = CalendarEntry
        fields = ["date", "start", "end", "is_tentative"]

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", gettext("The meeting ends before it begins."))
        return data

    def clean_is_tentative(self):
        return self.cleaned_data["is_tentative"] or None


def entry_formset(board: Board, data=None):
    formset = forms.inlineformset_factory(Board, CalendarEntry, form=EntryForm, extra=3, max_num=200, absolute_max=300)
    return formset(data, instance=board, prefix="rows", queryset=CalendarEntry.objects.order_by("date"))
