"""What a person says when issuing, approving, correcting, publishing or withdrawing."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.fields import DateField, LineField, TextField
from boards.models import Board, Person
from meetings.deadlines import review_deadline
from meetings.discretion import refuse_exempt
from meetings.models import AgendaRow, Meeting
from meetings.reading import chairs_of
from minutes import approval
from minutes.models import Minutes
from minutes.review_forms import WorkingDeadline
from publishing.scan import Finding

NUMBER_LENGTH = 18  # digits; what is longer is no key of a row


class RecipientsField(forms.ModelMultipleChoiceField):
    """Persons, each with the address the mail goes to, or the words that there is none."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        """Numbers that no person can have are refused before the database is asked, which knows no number so large."""
        if wrong := next((str(one) for one in value or [] if len(str(one)) > NUMBER_LENGTH), ""):
            raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": wrong[:NUMBER_LENGTH]})
        return super().clean(value)

    def label_from_instance(self, person: Person) -> str:
        address = person.email or _("no e-mail address")
        return f"{person.name} ({address})"


class CallForm(forms.Form):
    """To whom, with which words."""

    message = TextField(
        label=gettext_lazy("Message to the recipients"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the mail, above the address of the meeting. Name no closed case."),
    )
    persons = RecipientsField(Person.objects.none(), label=gettext_lazy("Recipients"), required=False)

    def __init__(self, *args, persons: list[Person], meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        keys = [person.pk for person in persons]
        self.fields["persons"].queryset = Person.objects.filter(pk__in=keys).order_by("name")
        self.fields["persons"].initial = keys

    def clean_message(self) -> str:
        return refuse_exempt(self.meeting, self.cleaned_data["message"])


class RecipientForm(forms.Form):
    """One more to call."""

    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Person"), empty_label=None)

    def __init__(self, *args, persons: list[Person], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in persons]).order_by("name")
        field.label_from_instance = RecipientsField.label_from_instance.__get__(field)


class ReviewForm(WorkingDeadline):
    """Until when, with which words, to whom; `after` is the last round that was there."""

    note = TextField(
        label=gettext_lazy("Note to the readers"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    persons = RecipientsField(
        Person.objects.none(),
        label=gettext_lazy("Recipients"),
        error_messages={"required": gettext_lazy("Choose at least one recipient.")},
    )

    after = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, *args, persons: list[Person], board: Board, today: date, after: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [person.pk for person in persons]
        self.fields["persons"].queryset = Person.objects.filter(pk__in=keys).order_by("name")
        self.fields["persons"].initial = keys
        self.fields["deadline"].initial = review_deadline(board, today)
        self.fields["after"].initial = after


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = TextField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a reason.")},
    )

    def __init__(self, *args, is_required: bool = True, explained: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required
        self.fields["reason"].help_text = explained


class ApproveForm(forms.Form):
    """In which way, when, in which case, by whom; and which version was read."""

    how = forms.ChoiceField(label=gettext_lazy("Approved"), choices=Board.Approval)
    on = DateField(label=gettext_lazy("Date of the approval"))
    in_row = forms.ModelChoiceField(
        AgendaRow.objects.none(),
        label=gettext_lazy("Case of the later meeting"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("For approval at the next meeting."),
    )
    names = TextField(
        label=gettext_lazy("Approved by"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One name a line: the chair, or the approvers that were named."),
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, minutes: Minutes, shown: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.minutes, meeting = minutes, minutes.meeting
        rows = AgendaRow.objects.filter(
            meeting__board=meeting.board_id, meeting__first_day__gte=meeting.first_day, kind=AgendaRow.Kind.CASE
        )
        rows = rows.exclude(meeting=meeting).exclude(meeting__state__in=[Meeting.State.CANCELLED])
        self.fields["in_row"].queryset = rows.select_related("meeting__board").order_by("meeting__first_day", "order")
        self.fields["in_row"].label_from_instance = lambda row: f"{row.meeting.number} {row.label} {row.title}".strip()
        how = meeting.board.approval
        chair = next((one.name for one in chairs_of(meeting)), "") if how == Board.Approval.CHAIR else ""
        self.initial = {"how": how, "on": today, "shown": shown, "names": chair, **self.initial}

    def clean(self) -> dict:
        """What the chosen way lacks is said here, with everything typed still there; the act checks it again."""
        said = super().clean()
        if said.get("how") and said.get("on"):
            reasons = approval.obstacles(self.minutes, said["how"], said["on"], said.get("in_row"), self.approvers)
            if found := list(reasons):
                raise forms.ValidationError(found)
        return said

    @property
    def approvers(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("names", "").splitlines() if line.strip()]


class PublishForm(forms.Form):
    """The criterion, an answer to each question of the scan, and which variant was previewed."""

    criterion = TextField(
        label=gettext_lazy("Published by which criterion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Shown on the public page. Taken from the board's settings; change it where this document differs."
        ),
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, findings: list[Finding], shown: str, criterion: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"shown": shown, "criterion": criterion}
        self.keys = [finding.key for finding in findings if not finding.is_stop]
        for finding in findings:
            if not finding.is_stop:
                self.fields[f"answer-{finding.key}"] = LineField(
                    label=_("Why may «%(text)s» be published?") % {"text": finding.found},
                    help_text=_("Stands in: %(around)s") % {"around": finding.around},
                    error_messages={"required": _("Answer, or take it out of the text.")},
                )

    @property
    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data.get(f"answer-{key}", "") for key in self.keys}
