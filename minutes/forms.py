"""Forms of the blocks of the minutes: one a type, with the vote's fields where a vote may stand (R59, R69, P2-P4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, DateField, LineField, TextField
from boardroom.lib.widgets import EditorField
from boards.models import AccessFields
from boards.person_box import PersonBox
from minutes.models import Block, Decision, Disqualification, Proposal, Statement
from minutes.vote_fields import VOTE_KINDS, VoteFields

PEOPLE = frozenset({"name", "raised_by", "decided_by", "deputy", "casting_vote"})
BASES = frozenset({"basis", "access_basis"})


class BlockForm(forms.Form):
    """Heading and text of any block. `values` are what minutes.editing.save_block takes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    label = LineField(label=_("Heading"), required=False)
    html = EditorField(label=_("Text"), required=False)

    def __init__(self, data=None, *, block: Block, **kwargs):
        self.block = block
        kwargs.setdefault("initial", self.initial_of(block))
        super().__init__(data, auto_id=f"id_{block.pk}_%s", **kwargs)
        for name in PEOPLE & self.fields.keys():
            self.fields[name].widget = PersonBox(block.item.minutes.meeting.board)
        for name in BASES & self.fields.keys():
            self.fields[name].widget.attrs["list"] = f"bases-{block.pk}"

    def initial_of(self, block: Block) -> dict:
        return {"version": block.version, "label": block.label, "html": block.html}

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def is_untouched(self) -> bool:
        """Whether the block is new, and neither it nor what was sent says anything yet."""
        said = {name for name, value in self.initial.items() if value} - {"version", "label", "kind", "statement_kind"}
        is_registered = self.initial.get("kind") == Decision.Kind.NONE
        return self.block.version == 1 and not said and not is_registered and not self.has_changed()


class AccessForm(BlockForm):
    """A text or decision can be shielded, with its legal basis (P10); shielding without a basis is only listed (P1)."""

    access_level = forms.ChoiceField(
        label=_("Access"), required=False, choices=[("", _("As the case")), *AccessFields.Level.choices]
    )
    access_basis = LineField(label=_("Legal basis"), required=False)

    def initial_of(self, block: Block) -> dict:
        given = {"access_level": block.access_level, "access_basis": block.access_basis}
        return super().initial_of(block) | given


class DecisionForm(VoteFields, AccessForm):
    """A decision: kind, text, what it approves, and its vote (R69-R74)."""

    kind = forms.ChoiceField(label=_("Kind of decision"), choices=Decision.Kind.choices)
    approves_minutes_of = DateField(
        label=_("Approves the minutes of the meeting on"),
        required=False,
        help_text=_("Those minutes become approved when these are final."),
    )
    approves_call = forms.BooleanField(label=_("Approves the call and the agenda"), required=False)
    is_permanent = forms.BooleanField(label=_("Has permanent effect"), required=False)

    def initial_of(self, block: Block) -> dict:
        initial = super().initial_of(block)
        if decision := getattr(block, "decision", None):
            names = ("kind", "approves_minutes_of", "approves_call", "is_permanent")
            initial |= {name: getattr(decision, name) for name in names}
        return initial

    @property
    def values(self) -> dict:
        values = super().values
        return values | {"approves_call": values["approves_call"] or None}


class VoteForm(VoteFields, BlockForm):
    """A vote that stands by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vote_kind"].choices = VOTE_KINDS
        self.fields["vote_kind"].required = True


class ProposalForm(VoteFields, BlockForm):
    """A proposal made in the meeting or before it, its fate, and its vote (P2)."""

    by = TextField(label=_("Proposed by, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    on_behalf_of = LineField(label=_("On behalf of"), required=False)
    proposal_kind = forms.ChoiceField(
        label=_("Kind of proposal"), required=False, choices=[("", _("Not said")), *Proposal.Kind.choices]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("Not said")), *Proposal.Outcome.choices]
    )
    on = DateField(label=_("Made on"), required=False)

    def initial_of(self, block: Block) -> dict:
        initial = super().initial_of(block)
        if proposal := getattr(block, "proposal", None):
            initial |= {name: getattr(proposal, name) for name in ("on_behalf_of", "outcome", "on")}
            initial |= {"by": "\n".join(proposal.by), "proposal_kind": proposal.kind}
        return initial

    @property
    def values(self) -> dict:
        values = super().values
        return values | {"by": [line.strip() for line in values["by"].splitlines() if line.strip()]}


class StatementForm(BlockForm):
    """A dissent, statement for the record or explanation of vote, and whose it is (P3)."""

    statement_kind = forms.ChoiceField(
        label=_("Kind of statement"),
        choices=Statement.Kind.choices,
        initial=Statement.Kind.RECORD,
        widget=forms.RadioSelect,
    )
    name = LineField(label=_("Person"), required=False)

    def initial_of(self, block: Block) -> dict:
        initial = super().initial_of(block)
        if statement := getattr(block, "statement", None):
            initial |= {"statement_kind": statement.kind, "name": statement.name}
        return initial


class DisqualificationForm(BlockForm):
    """A question of impartiality in this case (P4). Without a text of its own, the fields make the sentence."""

    name = LineField(label=_("Person"))
    outcome = forms.ChoiceField(
        label=_("What was decided"),
        required=False,
        choices=[("", _("Not said")), *Disqualification.Outcome.choices],
        widget=forms.RadioSelect,
    )
    basis = LineField(label=_("Rule"), required=False)
    raised_by = LineField(label=_("Raised by"), required=False)
    reason = TextField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    decided_by = LineField(label=_("Decided by"), required=False)
    deputy = LineField(label=_("Deputy who stepped in"), required=False)
    has_no_deputy = forms.BooleanField(label=_("No deputy stepped in"), required=False)
    left_at = ClockField(label=_("Left at"), required=False)
    back_at = ClockField(label=_("Back at"), required=False)

    OWN = (
        "name",
        "outcome",
        "basis",
        "raised_by",
        "reason",
        "decided_by",
        "deputy",
        "has_no_deputy",
        "left_at",
        "back_at",
    )

    def initial_of(self, block: Block) -> dict:
        found = getattr(block, "disqualification", None)
        return super().initial_of(block) | ({name: getattr(found, name) for name in self.OWN} if found else {})

    @property
    def values(self) -> dict:
        values = super().values
        return values | {"has_no_deputy": values["has_no_deputy"] or None}


FORMS: dict[str, type[BlockForm]] = {
    Block.Type.TEXT: AccessForm,
    Block.Type.DECISION: DecisionForm,
    Block.Type.VOTE: VoteForm,
    Block.Type.PROPOSAL: ProposalForm,
    Block.Type.STATEMENT: StatementForm,
    Block.Type.DISQUALIFICATION: DisqualificationForm,
}


class NoteForm(forms.Form):
    """The internal note of a case (R68)."""

    internal_note = TextField(
        label=_("Internal note"),
        required=False,
        help_text=_("Never printed."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
