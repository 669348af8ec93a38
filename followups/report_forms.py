"""The form for what is said of a follow-up in one meeting: a way of answering that unfolds its fields, and its words (R81)."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib import dates
from boardroom.lib.fields import LineField
from boardroom.lib.widgets import EditorField
from followups.forms import DUE_HELP
from followups.models import Report, Status
from followups.report_phrases import pattern, sentence
from meetings.models import AgendaRow, Meeting

Kind = Report.Kind

# What each way of answering names, and the status that follows where none is chosen.
NAMES = {
    Kind.LATER: "resolves_to_meeting",
    Kind.TOGETHER: "together_with",
    Kind.WAITS: "waits_for",
    Kind.SESSION: "case_here",
    Kind.CASE: "case_here",
    Kind.PUBLISHED: "resolves_to_url",
    Kind.NOTED: "who",
}
STATUS = {Kind.WAITS: Status.WAITING, Kind.PUBLISHED: Status.DONE, Kind.NOTED: Status.DONE}


class ReportForm(forms.ModelForm):
    """What is said of a follow-up in one meeting. An empty text gets the standing sentence of the way it is answered."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)
    case_here = forms.ModelChoiceField(
        AgendaRow.objects.none(), label=gettext_lazy("Case in this meeting"), required=False
    )
    together_with = LineField(label=gettext_lazy("Together with"), required=False)
    who = LineField(label=gettext_lazy("Whose message"), required=False)
    resolution_label = LineField(label=gettext_lazy("Heading"), required=False, max_length=200)
    resolution = EditorField(label=gettext_lazy("What is said"), required=False)
    resolves_to_label = LineField(
        label=gettext_lazy("Answered in another case"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("The case number as written."),
    )
    resolves_to_url = LineField(label=gettext_lazy("Answered at the address"), required=False, max_length=2000)
    waits_for = LineField(label=gettext_lazy("Waits for"), required=False)
    due_text = LineField(label=gettext_lazy("New due time"), required=False, help_text=DUE_HELP)

    class Meta:
        model = Report
        fields = (
            "kind",
            "resolution_label",
            "resolution",
            "status",
            "due_text",
            "resolves_to_label",
            "resolves_to_meeting",
            "resolves_to_url",
            "waits_for",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        report = self.instance
        self.fields["version"].initial = report.block.version if report.block else None
        self.fields["status"].label = _("Status after the meeting")
        self.fields["status"].choices = [("", _("Not said")), *Status.choices]
        self._offer_kinds(report)
        self._offer_meetings(report)
        self._offer_cases(report)

    def _offer_kinds(self, report: Report) -> None:
        self.fields["kind"].label = _("How it is answered")
        self.fields["kind"].choices = [("", _("In words of its own")), *Kind.choices]
        language = report.meeting.board.language
        attrs = {
            "data-ways": "",
            "autofocus": True,
            **{f"data-plain-{one}": pattern(one, language, is_named=False) for one in Kind},
        }
        attrs |= {f"data-named-{one}": pattern(one, language, is_named=True) for one in NAMES}
        self.fields["kind"].widget.attrs |= attrs

    def _offer_meetings(self, report: Report) -> None:
        field = self.fields["resolves_to_meeting"]
        field.label, field.required, field.empty_label = _("To be taken up in the meeting"), False, _("Not chosen yet")
        coming = Meeting.objects.filter(board=report.meeting.board_id, first_day__gte=report.meeting.first_day)
        field.queryset = coming.exclude(pk=report.meeting_id).select_related("board").order_by("first_day")
        language = report.meeting.board.language
        field.label_from_instance = lambda one: f"{dates.format_date(one.first_day, language)} ({one})"

    def _offer_cases(self, report: Report) -> None:
        field = self.fields["case_here"]
        rows = AgendaRow.objects.filter(meeting=report.meeting_id, kind=AgendaRow.Kind.CASE)
        field.queryset, field.empty_label = rows.exclude(pk=report.row_id).order_by("order"), _("Not chosen yet")
        field.label_from_instance = lambda row: f"{row.label} {row.title}".strip()
        if report.resolves_to_row and report.resolves_to_row.meeting_id == report.meeting_id:
            field.initial = report.resolves_to_row_id
            self.initial["resolves_to_label"] = ""

    def clean(self) -> dict:
        """The words and the status of the chosen way stand where nothing was written; a case that is chosen is named."""
        said = super().clean()
        kind = said.get("kind", "")
        for name in {name for name in NAMES.values() if not self._is_shown(name, kind)}:
            said[name] = None if name in {"case_here", "resolves_to_meeting"} else ""
        if row := said.get("case_here"):
            said["resolves_to_label"] = row.label
        if kind == Kind.CASE and not said.get("resolves_to_label"):
            self.add_error("case_here", _("Choose the case."))
        if kind == Kind.PUBLISHED and not said.get("resolves_to_url"):
            self.add_error("resolves_to_url", _("Write the address."))
        if kind and not said.get("resolution") and not self.errors:
            said["resolution"] = str(sentence(kind, self.instance.meeting.board, self._named(kind)))
        said["status"] = said.get("status") or STATUS.get(kind, "")
        return said

    def _is_shown(self, name: str, kind: str) -> bool:
        """What was typed under another way of answering, and is folded away, is not meant."""
        return NAMES.get(kind) == name or bool(self[name].initial)

    def _named(self, kind: str):
        value = self.cleaned_data.get(NAMES.get(kind, ""))
        if isinstance(value, Meeting):
            return value.first_day
        return value.label or value.title if isinstance(value, AgendaRow) else value or ""

    @property
    def values(self) -> dict:
        """As `resolutions.save_report` takes it."""
        own = {"version", "case_here", "together_with", "who"}
        return {name: value for name, value in self.cleaned_data.items() if name not in own}

    @property
    def doubt(self) -> str:
        """What to look at again, in a sentence: an address that is none. It is kept as written."""
        address = self.cleaned_data.get("resolves_to_url", "")
        parts = urlsplit(address) if address else None
        if parts is None or (parts.scheme in {"http", "https"} and "." in parts.netloc):
            return ""
        return _("«%(address)s» does not look like an address. It is kept as written.") % {"address": address}

    def unfolding(self) -> list[tuple[str, forms.BoundField]]:
        """Each field that a way of answering unfolds, with the classes that say which; one that is filled stays open."""
        found: dict[str, list[str]] = {}
        for kind, name in NAMES.items():
            found.setdefault(name, []).append(f"unfold-{kind}")
        return [(" ".join([*ways, *self._open(name)]), self[name]) for name, ways in found.items()]

    def _open(self, name: str) -> list[str]:
        return ["is-filled"] if self[name].value() or self[name].errors else []
