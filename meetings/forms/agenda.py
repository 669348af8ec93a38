"""Forms of agenda rows: a new one, a whole one with its presenters, and what an act asks for."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from boardroom.lib import times
from boardroom.lib.fields import DateField, LineField, TextField
from boardroom.lib.widgets import EditorField
from boards.models import Board, RowPurpose
from boards.person_box import PersonBox
from meetings import timing
from meetings.models import AgendaRow, Meeting
from meetings.presenting import Named, presenters_of

MINUTES_MAX = 24 * 60
ONE_LINE = {"rows": 1}
PLAIN_KINDS = [kind for kind in AgendaRow.Kind.choices if kind[0] != AgendaRow.Kind.CASE]


class FixedTimeField(forms.Field):
    """`12.30`, or `12.30-12.45`, in any form of requirements 1.3: (start, end), or None."""

    widget = forms.TextInput

    def prepare_value(self, value):
        return times.format_range(*value) if isinstance(value, tuple) else value

    def to_python(self, value):
        if not value or isinstance(value, tuple) or not str(value).strip():
            return value or None
        try:
            return times.parse_range(str(value))
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from None


class MinutesField(forms.IntegerField):
    """A whole number of minutes, up to a day; empty for unknown."""

    def __init__(self, **kwargs):
        super().__init__(
            label=pgettext_lazy("duration", "Minutes"), required=False, min_value=0, max_value=MINUTES_MAX, **kwargs
        )


def type_choices(board: Board, current: str = "") -> list[tuple[str, str]]:
    """The board's own words for case types; what a row has is offered though the board no longer has it."""
    names = [kind.name for kind in board.case_types.all()]
    extra = [current] if current and current not in names else []
    return [("", _("No type")), *((name, name) for name in [*names, *extra])]


class NewRowForm(forms.Form):
    """The line at the foot of the agenda: a title and Enter. A break or a heading may get its name afterwards."""

    title = LineField(label=_("Title"), required=False)
    kind = forms.ChoiceField(required=False, choices=AgendaRow.Kind.choices)
    type = forms.ChoiceField(required=False)
    minutes = MinutesField()
    then = forms.ChoiceField(required=False, choices=[("type", "type")])

    def __init__(self, *args, board: Board, goes_on: bool = False, **kwargs):
        """`goes_on`: a row was just added, and the next is to be typed at once."""
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = type_choices(board)
        if goes_on:
            self.fields["title"].widget.attrs["autofocus"] = True

    def clean(self):
        """`then` is the field to open the new row at; empty where nothing more is asked."""
        data = super().clean()
        data["kind"] = data.get("kind") or AgendaRow.Kind.CASE
        is_case = data["kind"] == AgendaRow.Kind.CASE
        if not data.get("title") and "title" not in self.errors:
            if is_case:
                self.add_error("title", gettext("Write a title."))
            data["then"] = "title"
        if not is_case:
            data["type"] = ""
        if data["kind"] == AgendaRow.Kind.BREAK and data.get("minutes") is None:
            data["then"] = "minutes"
        return data


class TimesMixin(forms.Form):
    """Minutes and a fixed time; each gives the other (R29). An imported row keeps start and end as written."""

    row: AgendaRow

    minutes = MinutesField()
    fixed = FixedTimeField(
        label=_("Fixed time"),
        required=False,
        help_text=_("For example 12.30, or 12.30-12.45. Empty: follows the row above."),
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("fixed") or (None, None)
        if start and end and data.get("minutes") is None and not self.row.meeting.is_as_written:
            span = timing.length(start, end)
            if span < 0:
                self.add_error("fixed", gettext("The row ends before it begins."))
            data["minutes"] = max(span, 0)
        return data

    def times(self) -> dict:
        start, end = self.cleaned_data.get("fixed") or (None, None)
        if self.row.meeting.is_as_written:
            return {"minutes": self.cleaned_data.get("minutes"), "start": start, "end": end}
        return {"minutes": self.cleaned_data.get("minutes"), "start": start, "is_start_fixed": bool(start) or None}


class PlainRowForm(TimesMixin):
    """A section, break, meal, social event, end of day or text."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PLAIN_KINDS)
    title = TextField(label=_("Title"), max_length=1000, required=False, widget=forms.Textarea(attrs=ONE_LINE))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row: AgendaRow, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row

    def values(self) -> dict:
        return {"kind": self.cleaned_data["kind"], "title": self.cleaned_data["title"], **self.times()}


class CaseRowForm(TimesMixin):
    """A case on the agenda, whole."""

    title = TextField(label=_("Title"), max_length=1000, widget=forms.Textarea(attrs=ONE_LINE))
    type = forms.ChoiceField(label=_("Case type"), required=False)
    series = forms.ChoiceField(label=_("Number series"), required=False)
    description = EditorField(label=_("Description"), required=False)
    proposed_decision = EditorField(label=_("Proposed decision"), required=False)
    questions = TextField(
        label=_("Questions to the members"),
        required=False,
        help_text=_("One question a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    approves_minutes_of = DateField(
        label=_("Approves the minutes of"),
        required=False,
        help_text=_("The date of the meeting whose minutes are approved."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, choices=RowPurpose.choices)
    archive_reference = LineField(label=_("Archive reference"), required=False, max_length=100)
    access_level = forms.ChoiceField(
        label=_("Access"), required=False, choices=[("", _("Not decided: open")), *AgendaRow.Level.choices]
    )
    access_basis = LineField(label=_("Legal basis"), required=False)
    public_title = LineField(
        label=_("Public title"),
        required=False,
        help_text=_("Shown instead of the title, where the case is shielded."),
    )
    is_closed = forms.BooleanField(label=_("Behind closed doors"), required=False)
    closed_basis = LineField(label=_("Legal basis of closing"), required=False)
    internal_note = TextField(
        label=_("Internal note"),
        required=False,
        help_text=_("For the secretariat; never printed."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, board: Board, row: AgendaRow, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["type"].choices = type_choices(board, row.type)
        keys = [own.key for own in board.series.all()]
        if keys:
            self.fields["series"].choices = [("", _("Main series")), *((key, key) for key in keys)]
        else:
            del self.fields["series"]
        for name in ("access_basis", "closed_basis"):
            self.fields[name].widget.attrs["list"] = "legal-bases"

    def clean(self):
        data = super().clean()
        if data.get("is_closed") and not data.get("closed_basis"):
            self.add_error("closed_basis", gettext("A case behind closed doors needs its legal basis."))
        if data.get("access_level") == AgendaRow.Level.EXEMPT and not data.get("access_basis"):
            self.add_error("access_basis", gettext("A case that is exempt from public access needs its legal basis."))
        return data

    def values(self) -> dict:
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "fixed", "minutes"}}
        data["questions"] = [line.strip() for line in data["questions"].splitlines() if line.strip()]
        return data | self.times()


def initial_of(row: AgendaRow) -> dict:
    """The stored row as the forms show it."""
    names = [*CaseRowForm.base_fields, *PlainRowForm.base_fields]
    values = {name: getattr(row, name) for name in names if hasattr(row, name)}
    values["questions"] = "\n".join(row.questions)
    if row.start and (row.is_start_fixed or row.meeting.is_as_written):
        values["fixed"] = (row.start, row.end if row.meeting.is_as_written else None)
    return values


class PresenterForm(forms.Form):
    """Name and organisation; both empty leaves the line out (R33)."""

    name = LineField(label=_("Presenter"), required=False)
    organisation = LineField(
        label=_("Organisation"),
        required=False,
        widget=forms.TextInput(attrs={"list": "organisations", "placeholder": _("Organisation")}),
    )

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = PersonBox(board, organisation="organisation", attrs={"placeholder": _("Name")})

    def named(self) -> Named | None:
        data = self.cleaned_data
        return Named(data["name"], data["organisation"]) if data.get("name") or data.get("organisation") else None


PresenterFormSet = forms.formset_factory(PresenterForm, extra=1, max_num=30, validate_max=True, absolute_max=60)


def presenter_forms(row: AgendaRow, board: Board, data=None):
    """The row's presenters in order, and one empty line more."""
    named = [{"name": one.name, "organisation": one.organisation} for one in presenters_of(row)]
    auto_id = f"row-{row.pk}-%s"
    # What is sent is never compared with what is stored: a line equal to it would count as empty and be left out.
    initial = named if data is None else None
    return PresenterFormSet(data, prefix="presenters", initial=initial, auto_id=auto_id, form_kwargs={"board": board})


class PostponeRowForm(forms.Form):
    """Why, and where to: the queue, or a meeting that is not called yet."""

    reason = LineField(label=_("Reason"), max_length=500)
    to = forms.ModelChoiceField(
        label=_("Goes to"), queryset=Meeting.objects.none(), required=False, empty_label=_("The queue of waiting cases")
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = [Meeting.State.TENTATIVE, Meeting.State.PLANNED]
        others = meeting.board.meetings.filter(state__in=waiting, first_day__gte=meeting.first_day)
        self.fields["to"].queryset = others.exclude(pk=meeting.pk).order_by("first_day")
        self.fields["to"].label_from_instance = lambda one: f"{one.number or one.name} {one.first_day:%d.%m.%Y}".strip()
