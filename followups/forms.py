"""Forms of the register, and of follow-ups and reports in the minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField, TextField
from followups.models import Status
from followups.promises import Promise
from followups.register.edits import ActionValues
from minutes.models import Block

NAMES_HELP = _("Names with a comma between, as they are to stand.")
DUE_HELP = _("A date, or words such as «the September meeting».")


def _shorter(field: forms.Field) -> forms.Field:
    field.widget.attrs["rows"] = 2
    return field


class NamesField(LineField):
    """Names with a comma between, as a list; shown the same way."""

    def __init__(self, **kwargs):
        super().__init__(max_length=1000, **kwargs)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        if isinstance(value, list):
            return value
        return [name for part in super().to_python(value).split(",") if (name := part.strip())]

    def validate(self, value) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value) -> None:
        """Those of a line look at the text as typed, which `to_python` has done."""


class ActionForm(forms.Form):
    """One action of a follow-up in the register. A row without a text is passed over."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**60)
    text = _shorter(TextField(label=_("What is to be done"), required=False))
    responsible = NamesField(label=_("Responsible"), required=False, help_text=NAMES_HELP)
    due_text = LineField(label=_("Due"), required=False, help_text=DUE_HELP)
    note = _shorter(TextField(label=_("Remark of the register"), required=False))

    def values(self) -> ActionValues | None:
        typed = self.cleaned_data
        if not typed.get("text"):
            return None
        return ActionValues(typed["text"], typed["responsible"], typed["due_text"], typed["note"], typed["pk"])


class ActionFormSet(forms.BaseFormSet):
    """All actions of one follow-up. What is registered does not disappear: an emptied text is refused."""

    def clean(self) -> None:
        for form in self.forms:
            typed = getattr(form, "cleaned_data", {})
            if typed.get("pk") and not typed.get("text"):
                form.add_error("text", _("An action does not disappear. Close or drop it instead."))

    def values(self) -> list[ActionValues]:
        return [value for form in self.forms if (value := form.values())]


Actions = forms.formset_factory(ActionForm, formset=ActionFormSet, extra=1, max_num=60, absolute_max=60)


class FollowUpForm(forms.Form):
    title = LineField(label=_("Title"), max_length=500)
    source_label = LineField(
        label=_("Source case"),
        required=False,
        max_length=100,
        help_text=_("The case number as written. Where no such case is found, it is kept as text."),
    )


class FollowUpEditForm(FollowUpForm):
    """The same of one that is registered, where a due time that changes is moved."""

    reason = LineField(
        label=_("Why is a due time moved?"),
        required=False,
        max_length=500,
        help_text=_("Stands in the history of each due time you change."),
    )


class StatusForm(forms.Form):
    """A change of status with its remark, of one action or of all."""

    after = forms.ChoiceField(label=_("New status"), choices=Status.choices)
    text = _shorter(TextField(label=_("Remark"), required=False, help_text=_("To drop and to reopen need a reason.")))
    action = forms.IntegerField(required=False, min_value=1, max_value=2**60, widget=forms.Select)

    def __init__(self, *args, choices: list[Status], actions: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [(choice.value, choice.label) for choice in choices]
        likely = [Status.DONE, Status.REPORTED_DONE, *choices]
        self.fields["after"].initial = next(choice.value for choice in likely if choice in choices)
        numbered = [(action.pk, f"{number}. {action.text}") for number, action in enumerate(actions, start=1)]
        self.fields["action"].label = _("Action")
        self.fields["action"].widget.choices = [("", _("All actions")), *numbered]
        if len(actions) < 2:
            del self.fields["action"]


class LeaveOutForm(forms.Form):
    reason = LineField(label=_("Why is it taken out?"), max_length=500)


class PromiseForm(forms.Form):
    """One follow-up of a block of the minutes. A row without a text is passed over, or takes the follow-up out."""

    follow_up = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**60)
    text = TextField(label=_("What is to be done"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    responsible = NamesField(label=_("Responsible"), required=False)
    due_text = LineField(label=_("Due"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, required=False)
    note = LineField(label=_("Remark of the register, never printed"), required=False, max_length=1000)

    def values(self) -> Promise | None:
        typed = self.cleaned_data
        if not typed.get("text"):
            return None
        status = typed["status"] or Status.OPEN
        return Promise(
            typed["text"], typed["responsible"], typed["due_text"], status, typed["note"], typed["follow_up"]
        )


class PromiseFormSet(forms.BaseFormSet):
    """The follow-ups of a block; ids of its fields are its own, since several blocks can be open on a page."""

    def __init__(self, *args, block: Block, **kwargs):
        self.block = block
        super().__init__(*args, auto_id=f"id_{block.pk}_%s", **kwargs)

    def add_fields(self, form: PromiseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["responsible"].widget.attrs["list"] = f"people-{self.block.pk}"

    def filled(self) -> list[PromiseForm]:
        return [form for form in self.forms if form.values()]

    def values(self) -> list[Promise]:
        return [form.values() for form in self.filled()]


Promises = forms.formset_factory(PromiseForm, formset=PromiseFormSet, extra=1, max_num=60, absolute_max=60)


class FollowUpBlockForm(forms.Form):
    """Heading and list style of a block of follow-ups; for a decision's follow-ups only its version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    label = LineField(label=_("Heading"), required=False)
    list = forms.ChoiceField(
        label=_("Printed as"),
        required=False,
        choices=[("", _("By itself: one plain, several with bullets")), *Block.List.choices],
    )

    def __init__(self, *args, block: Block, **kwargs):
        initial = {"version": block.version, "label": block.label, "list": block.list}
        super().__init__(*args, initial=initial, auto_id=f"id_{block.pk}_%s", **kwargs)
        if block.type != Block.Type.FOLLOW_UP:
            del self.fields["label"], self.fields["list"]
