"""The rule for a year of meetings, and the dates it gives, each of which may be changed or left out."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, DateField, LineField
from boardroom.lib.recurrence import LAST, Monthly, Weekly, days_of
from boards.models import Board

DATES_MAX = 60
WEEKDAYS = [(number, date(2024, 1, 1 + number)) for number in range(7)]
PLACES = [
    (1, _("first")),
    (2, _("second")),
    (3, _("third")),
    (4, _("fourth")),
    (LAST, pgettext_lazy("of the month", "last")),
]


class RuleForm(forms.Form):
    """From which month to which, which days, and what the meetings have in common."""

    first = forms.ChoiceField(label=_("First month"))
    last = forms.ChoiceField(label=_("Last month"))
    kind = forms.ChoiceField(
        label=_("Days"),
        choices=[("monthly", _("A weekday of the month")), ("weekly", _("Every so many weeks"))],
        widget=forms.RadioSelect,
    )
    place = forms.TypedChoiceField(label=_("Which"), choices=PLACES, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int)
    months = forms.TypedChoiceField(label=_("How often"), coerce=int)
    begins = DateField(label=_("First meeting"), required=False)
    weeks = forms.IntegerField(label=_("Weeks between"), min_value=1, max_value=52)
    without = forms.TypedMultipleChoiceField(
        label=_("Leave out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    start = ClockField(label=_("Start"), required=False)
    end = ClockField(label=_("Planned end"), required=False)
    where = LineField(label=_("Place"), required=False)
    is_tentative = forms.BooleanField(label=_("The dates are tentative"), required=False)

    def __init__(self, *args, board: Board, year: int, **kwargs):
        usual = {"kind": "monthly", "place": 1, "weekday": 0, "months": 1, "weeks": 4, "without": [7, 12]}
        usual |= {"first": f"{year}-01", "last": f"{year}-12", "is_tentative": True}
        usual |= {"start": board.default_start, "end": board.default_end, "where": board.default_place}
        super().__init__(*args, initial=usual, **kwargs)
        spans = [date(shown, month, 1) for shown in (year, year + 1) for month in range(1, 13)]
        for name in ("first", "last"):
            self.fields[name].choices = [(f"{one:%Y-%m}", date_format(one, "F Y").capitalize()) for one in spans]
        self.fields["weekday"].choices = [(number, date_format(day, "l")) for number, day in WEEKDAYS]
        self.fields["without"].choices = [(day.month, date_format(day, "F").capitalize()) for day in spans[:12]]
        self.fields["months"].choices = [(number, every_words(number)) for number in (1, 2, 3, 4, 6)]
        of_kind = {"weekly": ("weeks",), "monthly": ("place", "weekday", "months")}
        for kind, names in of_kind.items():
            for name in names:
                self.fields[name].required = not self.is_bound or self.data.get("kind") == kind

    def clean(self):
        data = super().clean()
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", gettext("The last month is before the first."))
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", gettext("The meeting ends before it begins."))
        if data.get("kind") == "weekly" and not (data.get("begins") or self.errors.get("begins")):
            self.add_error("begins", gettext("Write the date of the first meeting."))
        return data

    def days(self) -> list[date]:
        """The dates the rule gives; for a valid form."""
        data = self.cleaned_data
        first = date.fromisoformat(f"{data['first']}-01")
        last = date.fromisoformat(f"{data['last']}-01") + relativedelta(months=1, days=-1)
        if data["kind"] == "weekly":
            rule = Weekly(data["begins"], data["weeks"])
        else:
            rule = Monthly(data["weekday"], data["place"], data["months"])
        return days_of(rule, first, last, frozenset(data["without"]))[:DATES_MAX]


def every_words(months: int) -> str:
    if months == 2:
        return gettext("Every other month")
    return ngettext("Every month", "Every %(count)s months", months) % {"count": months}


class DateRowForm(forms.Form):
    """One date: ticked or not."""

    take = forms.BooleanField(label=_("Make this meeting"), required=False)
    day = DateField(label=_("Date"))


class BaseDateFormSet(forms.BaseFormSet):
    def ticked(self) -> list[date]:
        return [form.cleaned_data["day"] for form in self.forms if form.cleaned_data.get("take")]

    def clean(self):
        if any(self.errors):
            return
        days = self.ticked()
        if len(set(days)) != len(days):
            raise forms.ValidationError(gettext("Two meetings have the same date."))


DateFormSet = forms.formset_factory(
    DateRowForm, formset=BaseDateFormSet, extra=0, max_num=DATES_MAX, validate_max=True, absolute_max=2 * DATES_MAX
)
