"""Form of a paper: a file, an address, or a title alone."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField, TextField
from cases import files
from meetings.forms.meeting import WebLinkField
from meetings.models import Meeting, Paper

LANGUAGES = [("", _("Not said")), ("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"), ("se", "Davvisámegiella")]


class PaperForm(forms.Form):
    """Without a title, the file's name is taken as one."""

    title = TextField(label=_("Title"), required=False, max_length=1000, widget=forms.TextInput)
    number = LineField(label=_("Number"), required=False, max_length=20, help_text=_("For example 1, 2 or 2b."))
    kind = forms.ChoiceField(label=_("Kind"), choices=Paper.Kind.choices, initial=Paper.Kind.CASE_PAPER)
    row = forms.ChoiceField(label=_("Case"), required=False)
    upload = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": files.ACCEPT}),
        help_text=_("PDF, Word, Excel, PowerPoint, PNG or JPEG, at most 25 MB."),
    )
    url = WebLinkField(label=_("Address"))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGES)
    access_level = forms.ChoiceField(
        label=_("Access"), required=False, choices=[("", _("Not decided: open")), *Paper.Level.choices]
    )
    access_basis = LineField(label=_("Legal basis"), required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in meeting.agenda_rows.filter(kind="case").order_by("order")}
        choices = [(key, f"{row.label} {row.title}".strip()[:120]) for key, row in self.rows.items()]
        self.fields["row"].choices = [("", _("The whole meeting")), *choices]

    def clean(self):
        data = super().clean()
        if not data.get("title") and data.get("upload"):
            data["title"] = files.clean_name(data["upload"].name).rpartition(".")[0]
        if not data.get("title") and "title" not in self.errors:
            self.add_error("title", gettext("Write a title."))
        if data.get("access_level") == Paper.Level.EXEMPT and not data.get("access_basis"):
            self.add_error("access_basis", gettext("A paper that is exempt from public access needs its legal basis."))
        return data

    def values(self) -> dict:
        """The paper's fields, its row and the upload."""
        return self.cleaned_data | {"row": self.rows.get(self.cleaned_data["row"])}
