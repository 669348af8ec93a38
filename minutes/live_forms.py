"""Forms of the live minutes: actual times, a clock time of somebody, a deputy, a guest."""

from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, LineField
from boardroom.lib.times import local_moment
from boards.models import Board
from boards.person_box import PersonBox
from meetings.running import after
from minutes.attending import Present


class TimesForm(forms.Form):
    """When something began and ended, in any form of requirements 1.3; `moments` are what was meant."""

    started = ClockField(label=_("Began"), required=False)
    ended = ClockField(label=_("Ended"), required=False)

    def __init__(self, data=None, *, started: datetime | None, ended: datetime | None, day: date, **kwargs):
        self.known = {"started": started, "ended": ended}
        self.day = timezone.localdate(started) if started else day
        initial = {name: at and timezone.localtime(at).time() for name, at in self.known.items()}
        super().__init__(data, initial=initial, **kwargs)

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        return self.cleaned_data["started"], after(self.cleaned_data["started"], self.cleaned_data["ended"])

    def clean_started(self):
        return self._moment("started")

    def clean_ended(self):
        return self._moment("ended")

    def _moment(self, name: str) -> datetime | None:
        """A time that stands as it was keeps its seconds."""
        typed, known = self.cleaned_data[name], self.known[name]
        if typed is None:
            return None
        if known and timezone.localtime(known).time().replace(second=0, microsecond=0) == typed:
            return known
        try:
            return local_moment(self.day, typed)
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from None


class ClockForm(forms.Form):
    """When somebody came or left."""

    clock = ClockField(label=_("Time"))


class DeputyForm(forms.Form):
    """A deputy, and for whom; `deputies` are proposed, the first by rank before the others."""

    name = LineField(label=_("Deputy"))
    absent = forms.TypedChoiceField(label=_("In for"), coerce=int)

    def __init__(self, *args, present: Present, deputies: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {person.one.pk: person for person in present.substitutable}
        self.fields["absent"].choices = [(pk, person.one.name) for pk, person in self.people.items()]
        self.deputies = deputies
        self.fields["name"].widget.attrs["list"] = "deputies"
        self.fields["name"].initial = next(iter(deputies), "")


class GuestForm(forms.Form):
    """Somebody who is there without a seat."""

    name = LineField(label=_("Name"))
    organisation = LineField(label=_("Organisation"), required=False)
    only_case = forms.BooleanField(label=_("Only in this case"), required=False, initial=True)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = PersonBox(board, organisation="organisation")
