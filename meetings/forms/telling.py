"""What goes out by mail when a meeting has changed: a message, or the reason of the act that changes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField, TextField
from meetings.discretion import refuse_exempt
from meetings.models import Meeting


class TellForm(forms.Form):
    """A word to those who were called."""

    message = TextField(
        label=_("Message to the recipients"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail, above the address of the meeting. Name no closed case."),
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_message(self) -> str:
        return refuse_exempt(self.meeting, self.cleaned_data["message"])


class Telling(forms.Form):
    """A form whose `reason` is told to those who were called, unless the tick is taken away."""

    tell = forms.BooleanField(
        label=_("Tell those who were called"),
        required=False,
        initial=True,
        help_text=_("The reason and a new calendar entry go out by e-mail."),
    )

    def offer_to_tell(self, meeting: Meeting) -> None:
        """Nobody is told of a meeting that was never called."""
        self.meeting = meeting
        if not meeting.notices.exists():
            del self.fields["tell"]

    def clean(self) -> dict:
        said = super().clean()
        if said.get("tell") and said.get("reason"):
            try:
                refuse_exempt(self.meeting, said["reason"])
            except forms.ValidationError as refusal:
                self.add_error("reason", refusal)
        return said


class PutOffForm(Telling):
    """Why a meeting is cancelled or postponed, and whether those called are told."""

    reason = LineField(label=_("Reason"), max_length=500, help_text=_("Shown to the board, and kept."))
    field_order = ["reason", "tell"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_to_tell(meeting)
