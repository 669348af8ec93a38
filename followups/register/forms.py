"""Forms of the register's own acts: keeping a search, splitting a follow-up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField
from followups.models import Action


class ViewForm(forms.Form):
    """The name of a search that is kept."""

    name = LineField(label=_("Name of the search"), max_length=100)


class SplitForm(forms.Form):
    """Which actions go on as a follow-up of their own, and why."""

    actions = forms.ModelMultipleChoiceField(
        label=_("Actions to move to the new follow-up"),
        queryset=Action.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one action to move, and leave at least one.")},
    )
    reason = LineField(label=_("Why is it split?"), max_length=500)

    def __init__(self, *args, follow_up, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["actions"].queryset = follow_up.actions.all()
        self.fields["actions"].label_from_instance = lambda action: action.text

    def clean_actions(self):
        chosen = self.cleaned_data["actions"]
        if len(chosen) == self.fields["actions"].queryset.count():
            raise forms.ValidationError(_("Choose at least one action to move, and leave at least one."))
        return chosen
