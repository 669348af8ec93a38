"""Form of one row of the attendance list, with its intervals as lines of text fields."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, LineField
from meetings.attendance import Stay
from meetings.models import Attendance, Meeting

FACTS = (
    "name", "organisation_name", "title", "role", "status", "group", "days", "stands_in_for", "remote", "note"
)  # fmt: skip


class AttendanceForm(forms.Form):
    """Who, as printed, and whether they came."""

    name = LineField(label=_("Name as printed"), widget=forms.TextInput(attrs={"list": "people"}))
    organisation_name = LineField(label=_("Organisation as printed"), required=False)
    title = LineField(label=_("Title"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("No role")), *Attendance.Role.choices])
    status = forms.ChoiceField(label=_("Status"), choices=Attendance.Status.choices)
    days = forms.TypedMultipleChoiceField(
        label=_("Only these days"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    stands_in_for = LineField(
        label=_("Stands in for"), required=False, widget=forms.TextInput(attrs={"list": "people"})
    )
    remote = LineField(
        label=_("Takes part by"), required=False, max_length=100, help_text=_("For example telephone or video.")
    )
    note = LineField(label=_("Printed remark"), required=False, max_length=500)
    group = LineField(
        label=_("Printed group"), required=False, help_text=_("Empty: the board's usual group for the role and status.")
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        days = list(meeting.days.all())
        if len(days) > 1:
            self.fields["days"].choices = [(day.number, f"{day.number}: {day.date:%d.%m.%Y}") for day in days]
        else:
            del self.fields["days"]

    def values(self) -> dict:
        return dict(self.cleaned_data)


class StayForm(forms.Form):
    """One interval; everything in it may be empty."""

    start = ClockField(label=_("Came at"), required=False)
    end = ClockField(label=_("Left at"), required=False)
    from_case = LineField(label=_("From case"), required=False, max_length=100)
    until_case = LineField(label=_("Until case"), required=False, max_length=100)
    not_case = LineField(label=_("Away during case"), required=False, max_length=100)
    only_case = LineField(label=_("Only for case"), required=False, max_length=100)
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("from_case", "until_case", "not_case", "only_case"):
            self.fields[name].widget.attrs["list"] = "case-labels"

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", gettext("The person leaves before coming."))
        return data

    def stay(self) -> Stay:
        return Stay(**self.cleaned_data)


StayFormSet = forms.formset_factory(StayForm, extra=1, max_num=20, validate_max=True, absolute_max=40)


class StatusForm(forms.Form):
    """The quick choice in the list itself."""

    status = forms.ChoiceField(choices=Attendance.Status.choices)
