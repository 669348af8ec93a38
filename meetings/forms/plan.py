"""Forms of the annual plan and of the board's calendar (R8, R9)."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, DateField, LineField
from boards.models import Board
from meetings.models import CalendarEntry, Meeting, PlannedTopic


class TopicForm(forms.ModelForm):
    """A topic for a month, or for a meeting that has its date already."""

    title = LineField(label=_("Topic"))
    month = DateField(label=_("Month"), help_text=_("Any date in the month."))

    class Meta:
        model = PlannedTopic
        fields = ["title", "month", "meeting"]

    def __init__(self, *args, meetings=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"] = forms.ModelChoiceField(
            label=_("Meeting"), required=False, queryset=Meeting.objects.none(), empty_label=_("Not chosen yet")
        )
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda one: f"{one.number} {one.first_day:%d.%m.%Y}".strip()

    def clean_month(self):
        return self.cleaned_data["month"].replace(day=1)


class EntryForm(forms.ModelForm):
    """A date in the board's calendar that is no meeting in the system yet."""

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


def topic_formset(board: Board, data=None):
    meetings = board.meetings.exclude(state__in=[Meeting.State.CANCELLED]).order_by("first_day")
    formset = forms.inlineformset_factory(Board, PlannedTopic, form=TopicForm, extra=2, max_num=200, absolute_max=300)
    return formset(data, instance=board, prefix="rows", form_kwargs={"meetings": meetings})


def entry_formset(board: Board, data=None):
    formset = forms.inlineformset_factory(Board, CalendarEntry, form=EntryForm, extra=3, max_num=200, absolute_max=300)
    return formset(data, instance=board, prefix="rows", queryset=CalendarEntry.objects.order_by("date"))
