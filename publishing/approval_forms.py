"""What a person says when asking for approval, answering, and giving more time."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.fields import DateField, TextField
from boards.models import Board, Seat
from minutes import approving
from minutes.approving import Candidate
from minutes.models import ApprovalRequest, Minutes

How = Board.Approval
WHO = {
    How.CIRCULATION: gettext_lazy("Asked to approve"),
    How.NAMED: gettext_lazy("Approvers"),
    How.CHAIR: gettext_lazy("Approves as chair"),
}


class OneOf(forms.RadioSelect):
    """One choice where the field takes several."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)[:1]


class AskForm(forms.Form):
    """Who is asked in the chosen way, and until when. `chosen` are the candidates."""

    persons = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who is to approve.")},
    )
    deadline = DateField(label=gettext_lazy("Answer by"), required=False)
    way = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, minutes: Minutes, way: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.among = approving.candidates(minutes, way, today)
        field, board = self.fields["persons"], minutes.meeting.board
        field.label = WHO[way]
        if way == How.CHAIR:
            field.widget = OneOf()
        field.choices = [(str(one.person.pk), told(one)) for one in self.among]
        proposed = [str(person.pk) for person in approving.proposed(minutes, way, self.among)]
        self.fields["deadline"].required = way == How.CIRCULATION
        first = proposed[0] if way == How.CHAIR and proposed else proposed
        self.initial = {"persons": first, "deadline": today + timedelta(days=board.approval_days), "way": way}
        if way == How.NAMED:
            field.help_text = _("Choose %(number)s approvers or more.") % {"number": board.approvers}

    @property
    def chosen(self) -> list[Candidate]:
        keys = set(self.cleaned_data["persons"])
        return [one for one in self.among if str(one.person.pk) in keys]


class AnswerForm(forms.Form):
    """One's own answer, and which version was read."""

    answer = forms.ChoiceField(
        choices=ApprovalRequest.Answer.choices,
        error_messages={"required": gettext_lazy("Choose whether you approve the minutes.")},
    )
    note = TextField(
        label=gettext_lazy("What is wrong?"),
        required=False,
        max_length=approving.NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Say which case, and what it should say."),
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict:
        said = super().clean()
        if said.get("answer") == ApprovalRequest.Answer.OBJECTS and not said.get("note", "").strip():
            self.add_error("note", _("Write what is wrong, so that the secretariat can put it right."))
        return said


class ExtendForm(forms.Form):
    """A new day to answer by."""

    deadline = DateField(label=gettext_lazy("Answer by"))


def told(one: Candidate) -> str:
    """The name with the role, and what keeps the person from answering."""
    words = [
        f"{one.person.name} ({Seat.Role(one.role).label.lower()})" if one.role in Seat.Role.values else one.person.name
    ]
    if one.person.user_id is None:
        words.append(_("has no account"))
    return ", ".join(words)
