"""How a board numbers its meetings and cases (R2, R17)."""

from datetime import date

from django import forms
from django.utils.translation import gettext, gettext_lazy

from boardroom.lib.fields import LineField
from boards.models import Board
from cases import caseid

_ = gettext_lazy
HOLES = _(
    "{item}, {meeting}, {yy} and {yyyy} stand for the numbers; {item:03} has three figures, {roman} is in Roman numerals."
)


class NumbersForm(forms.Form):
    """Schemes and patterns; a pattern must give a number."""

    scheme = forms.ChoiceField(label=_("Case numbers"), choices=Board.Scheme.choices)
    case_pattern = LineField(label=_("Case number pattern"), max_length=100, help_text=HOLES)
    meeting_scheme = forms.ChoiceField(label=_("Meeting numbers"), choices=Board.MeetingScheme.choices)
    meeting_pattern = LineField(
        label=_("Meeting number pattern"), max_length=100, required=False, help_text=_("For example {meeting}/{yyyy}.")
    )

    def clean_case_pattern(self):
        pattern = self.cleaned_data["case_pattern"]
        self._check(pattern, item=1, meeting=1)
        if "{item" not in pattern and "{roman" not in pattern:
            raise forms.ValidationError(gettext("The pattern has no place for the case's own number."))
        return pattern

    def clean_meeting_pattern(self):
        pattern = self.cleaned_data["meeting_pattern"]
        if pattern:
            self._check(pattern, meeting=1)
            if "{meeting" not in pattern:
                raise forms.ValidationError(gettext("The pattern has no place for the meeting's number."))
        return pattern

    @staticmethod
    def _check(pattern: str, **numbers) -> None:
        if problem := caseid.pattern_problem(pattern):
            raise forms.ValidationError(gettext(problem))
        try:
            caseid.format_number(pattern, year=date.max.year, **numbers)
        except ValueError:
            raise forms.ValidationError(gettext("The pattern asks for a number that is not there.")) from None
