"""Forms of cases."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField, TextField
from boardroom.lib.widgets import EditorField
from boards.models import Board
from cases.models import Case


class CaseForm(forms.Form):
    """What is known of a case before and across meetings."""

    title = TextField(label=_("Title"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    type = forms.ChoiceField(label=_("Case type"), required=False)
    submitted_by = LineField(label=_("Submitted by"), required=False)
    officer = LineField(label=_("Case officer"), required=False)
    archive_reference = LineField(label=_("Archive reference"), required=False, max_length=100)
    description = EditorField(label=_("Description"), required=False)
    access_level = forms.ChoiceField(
        label=_("Access"), required=False, choices=[("", _("Not decided: open")), *Case.Level.choices]
    )
    access_basis = LineField(label=_("Legal basis"), required=False)
    public_title = LineField(
        label=_("Public title"), required=False, help_text=_("Shown instead of the title, where the case is shielded.")
    )

    def __init__(self, *args, board: Board, current: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        names = [kind.name for kind in board.case_types.all()]
        extra = [current] if current and current not in names else []
        self.fields["type"].choices = [("", _("No type")), *((name, name) for name in [*names, *extra])]

    def clean(self):
        data = super().clean()
        if data.get("access_level") == Case.Level.EXEMPT and not data.get("access_basis"):
            self.add_error("access_basis", gettext("A case that is exempt from public access needs its legal basis."))
        return data
