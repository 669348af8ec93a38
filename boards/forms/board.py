"""Forms of the board itself, of appointing a secretary, and of its lists."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, LineField, RichTextField, TextField
from boardroom.lib.richtext import plain_text
from boards.models import Board, CaseSeries, CaseType, Contact, StandardPhrase, StandingItem


class EmailLine(forms.CharField):
    """An e-mail address, or nothing."""

    widget = forms.EmailInput

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("E-mail"), "required": False, "max_length": 254, **kwargs})

    def clean(self, value):
        written = (super().clean(value) or "").strip()
        return forms.EmailField().clean(written).lower() if written else ""


class DaysField(forms.IntegerField):
    """A number of working days: Monday to Friday without public holidays."""

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, "max_value": 60, **kwargs})


class BoardForm(forms.Form):
    """Names, language, approval, publication, letterhead and usual times (R1)."""

    name = LineField(label=_("Name"))
    short_name = LineField(label=_("Short name"), required=False, max_length=100)
    owner = LineField(label=_("Owner"), required=False, help_text=_("The organisation the board belongs to."))
    language = forms.ChoiceField(label=_("Document language"), choices=Board.Language.choices)
    rule_set = forms.ChoiceField(label=_("Rule set"), choices=Board.RuleSet.choices)
    approval = forms.ChoiceField(
        label=_("Approval of minutes"), required=False, choices=[("", _("Not decided")), *Board.Approval.choices]
    )
    approvers = forms.IntegerField(
        label=_("Named approvers: how many approve the minutes"), min_value=2, max_value=20, initial=2
    )
    approval_days = forms.IntegerField(
        label=_("Those who approve have so many days to answer"), min_value=1, max_value=90, initial=7
    )
    call_days = DaysField(
        label=_("The call is sent so many working days before the meeting"),
        help_text=_("Working days are Monday to Friday without public holidays."),
    )
    papers_days = DaysField(label=_("The papers are sent so many working days before the meeting"))
    draft_days = DaysField(label=_("The draft of the minutes is sent so many working days after the meeting"))
    review_days = forms.IntegerField(
        label=_("The deadline for remarks is so many days after the draft was sent"), min_value=0, max_value=365
    )
    final_days = DaysField(label=_("The minutes are final so many working days after the deadline for remarks"))
    quorum_percent = forms.IntegerField(
        label=_("Quorum: more than this share of the seats, in per cent"), min_value=0, max_value=100
    )
    default_start = ClockField(label=_("Usual start"), required=False)
    default_end = ClockField(label=_("Usual end"), required=False)
    default_place = LineField(label=_("Usual place"), required=False)
    letterhead = TextField(
        label=_("Letterhead"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Addresses, telephone, e-mail and web as they stand on the first page."),
    )  # fmt: skip
    publication_criterion = TextField(
        label=_("What is published, and by which decision"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Shown on the public page of the board."),
    )  # fmt: skip
    remarks_shown_to_members = forms.BooleanField(
        label=_("Members see each other's remarks"),
        required=False,
        help_text=_(
            "If you do not tick this, members see only their own remarks and the answers to them; the secretariat sees all. "
            "If you do, they read every remark with its sender, its answer and what became of it, except remarks to exempt "
            "texts they may not read."
        ),
    )
    calls_deputies_at_once = forms.BooleanField(
        label=_("The first deputy is called at once when a member does not come"),
        required=False,
        help_text=_("Otherwise the secretary is told whom to call, and calls with one press."),
    )
    second_factor = forms.ChoiceField(
        label=_("Who must sign in in two steps"),
        required=False,
        choices=Board.SecondFactor.choices,
        help_text=_(
            "With a passkey, or a one-time code after the password or link. Whoever lacks both is helped to set one up the "
            "next time they open Boardroom, and reads nothing before that. It may be you."
        ),
    )
    owner_links = forms.BooleanField(
        label=_("Those responsible may report on follow-ups by a link in their mail, without signing in"),
        required=False,
        help_text=_(
            "The link is the person's own, opens one follow-up and nothing else, and stops working when that is closed. "
            "Follow-ups of exempt cases never get one. Untick it, and every link stops working at once."
        ),
    )
    robots_allowed = forms.BooleanField(label=_("Search engines may index the minutes"), required=False)

    def clean(self):
        data = super().clean()
        if data.get("default_start") and data.get("default_end") and data["default_end"] <= data["default_start"]:
            self.add_error("default_end", gettext("The meeting ends before it begins."))
        return data


class NewBoardForm(BoardForm):
    """A new board chooses its numbers at once; patterns can be changed on the board's page for numbers."""

    scheme = forms.ChoiceField(label=_("Case numbers"), choices=Board.Scheme.choices)
    meeting_scheme = forms.ChoiceField(label=_("Meeting numbers"), choices=Board.MeetingScheme.choices)
    secretary = LineField(label=_("First secretary"), required=False)
    secretary_email = EmailLine(label=_("The secretary's e-mail"))

    field_order = [
        "name",
        "short_name",
        "owner",
        "secretary",
        "secretary_email",
        "language",
        "scheme",
        "meeting_scheme",
    ]


class AppointForm(forms.Form):
    name = LineField(label=_("Name"))
    email = EmailLine()


class CaseTypeForm(forms.ModelForm):
    name = LineField(label=_("Name"), max_length=100)
    name_nn = LineField(label=_("In nynorsk"), max_length=100, required=False)
    name_en = LineField(label=_("In English"), max_length=100, required=False)

    class Meta:
        model = CaseType
        fields = ["order", "name", "name_nn", "name_en", "purpose"]


class StandingItemForm(forms.ModelForm):
    title = LineField(label=_("Title"), help_text=_("{date} becomes the date of the previous meeting."))
    type = LineField(label=_("Case type"), max_length=100, required=False)
    presenter = LineField(label=_("Presenter"), required=False)

    class Meta:
        model = StandingItem
        fields = ["order", "kind", "title", "type", "purpose", "presenter", "minutes", "is_last"]


class ContactForm(forms.ModelForm):
    name = LineField(label=_("Name"))
    role = LineField(label=_("Role"), max_length=200, required=False)
    email = EmailLine()

    class Meta:
        model = Contact
        fields = ["order", "name", "role", "email"]


class SeriesForm(forms.ModelForm):
    key = LineField(label=_("Key"), max_length=30, help_text=_("For example PS, RS or FO."))
    pattern = LineField(label=_("Pattern"), max_length=100, help_text=_("For example PS {item}/{yy}."))

    class Meta:
        model = CaseSeries
        fields = ["order", "key", "pattern", "scheme"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["scheme"]
        field.choices = [(value, word if value else _("Not said")) for value, word in field.choices]


class PhraseForm(forms.ModelForm):
    """The wording as plain text; what is saved is a paragraph."""

    kind = forms.ChoiceField(label=_("Decision"))
    html = RichTextField(label=_("Wording"), widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = StandardPhrase
        fields = ["order", "kind", "html"]

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        if self.instance.pk:
            self.initial["html"] = plain_text(self.instance.html)


# Each list of a board: heading, model, form.
LISTS = {
    "case-types": (_("Case types"), CaseType, CaseTypeForm),
    "standing-items": (_("Standing items"), StandingItem, StandingItemForm),
    "phrases": (_("Standard wordings"), StandardPhrase, PhraseForm),
    "contacts": (_("Contacts"), Contact, ContactForm),
    "series": (_("Number series"), CaseSeries, SeriesForm),
}


def list_formset(kind: str, board: Board, data=None, **form_kwargs):
    """The list as rows that can be changed, added and taken out."""
    _heading, model, form = LISTS[kind]
    labels = {"order": _("Order")}
    formset = forms.inlineformset_factory(
        Board, model, form=form, labels=labels, extra=2, max_num=100, validate_max=True, absolute_max=200
    )
    rows = formset(data, instance=board, prefix="rows", form_kwargs=form_kwargs)
    last = max((form.instance.order for form in rows.initial_forms), default=-1)
    for place, empty in enumerate(rows.extra_forms, start=1):
        empty.initial["order"] = last + place
    return rows
