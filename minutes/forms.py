"""Forms of the blocks of the minutes: one a type, with the vote's fields where a vote may stand (R59, R69, P2-P4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField, DateField, LineField, TextField
from boardroom.lib.widgets import EditorField
from boards.models import AccessFields
from minutes.models import Block, Decision, Disqualification, Proposal, Statement, Vote
from minutes.votes import SIDES, read_voter, vote_value, voter_lines

ALTERNATIVES = 4


class BlockForm(forms.Form):
    """Heading and text of any block. `values` are what minutes.editing.save_block takes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    label = LineField(label=_("Heading"), required=False)
    html = EditorField(label=_("Text"), required=False)

    def __init__(self, data=None, *, block: Block, **kwargs):
        self.block = block
        kwargs.setdefault("initial", self.initial_of(block))
        super().__init__(data, auto_id=f"id_{block.pk}_%s", **kwargs)

    def initial_of(self, block: Block) -> dict:
        return {"version": block.version, "label": block.label, "html": block.html}

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AccessForm(BlockForm):
    """A text or decision can be shielded, with its legal basis (P10); shielding without a basis is only listed (P1)."""

    access_level = forms.ChoiceField(
        label=_("Access"), required=False, choices=[("", _("As the case")), *AccessFields.Level.choices]
    )
    access_basis = LineField(label=_("Legal basis"), required=False)

    def initial_of(self, block: Block) -> dict:
        given = {"access_level": block.access_level, "access_basis": block.access_basis}
        return super().initial_of(block) | given


class VoteFields(forms.Form):
    """The vote under a decision or proposal. The value it makes is that of the exchange format."""

    vote_kind = forms.ChoiceField(label=_("Vote"), required=False, choices=[("", _("No vote")), *Vote.Kind.choices])
    vote_for = forms.IntegerField(label=_("For"), required=False, min_value=0, max_value=9999)
    vote_against = forms.IntegerField(label=_("Against"), required=False, min_value=0, max_value=9999)
    vote_blank = forms.IntegerField(label=_("Blank"), required=False, min_value=0, max_value=9999)
    vote_for_by = TextField(label=_("Voted for, one a line"), required=False)
    vote_against_by = TextField(label=_("Voted against, one a line"), required=False)
    vote_blank_by = TextField(label=_("Voted blank, one a line"), required=False)
    casting_vote = LineField(label=_("Casting vote"), required=False)
    vote_printed = TextField(
        label=_("The result as printed"), required=False, help_text=_("Written from the figures when it is empty.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(max(ALTERNATIVES, len(self.known_alternatives()) + 1)):
            values = {"number": number + 1}
            self.fields[f"alternative_{number}"] = LineField(label=_("Alternative %(number)s") % values, required=False)
            self.fields[f"alternative_{number}_votes"] = forms.IntegerField(
                label=_("Votes"), required=False, min_value=0, max_value=9999
            )
            self.fields[f"alternative_{number}_by"] = TextField(label=_("Voted for it, one a line"), required=False)
        for name, one in self.fields.items():
            if name.endswith("_by") or name == "vote_printed":
                one.widget.attrs["rows"] = 2
            if isinstance(one, forms.IntegerField) and name != "version":
                one.widget.attrs["inputmode"] = "numeric"

    def known_alternatives(self) -> list[dict]:
        vote = getattr(self.block, "vote", None)
        return vote_value(vote).get("alternatives", []) if vote else []

    def initial_of(self, block: Block) -> dict:
        initial = super().initial_of(block)
        vote = getattr(block, "vote", None)
        if not vote:
            return initial
        value = vote_value(vote)
        initial |= {"vote_kind": vote.kind, "casting_vote": vote.casting_vote, "vote_printed": vote.printed}
        for side in SIDES:
            initial[f"vote_{side}"] = value.get(side)
            initial[f"vote_{side}_by"] = voter_lines(value.get(f"{side}_by", []))
        for number, one in enumerate(value.get("alternatives", [])):
            initial[f"alternative_{number}"] = one["title"]
            initial[f"alternative_{number}_votes"] = one.get("votes")
            initial[f"alternative_{number}_by"] = voter_lines(one.get("by", []))
        return initial

    @property
    def alternatives(self) -> list[tuple]:
        """The rows of fields, for the template."""
        numbers = [
            name.split("_")[1] for name in self.fields if name.startswith("alternative_") and name.endswith("_by")
        ]
        return [tuple(self[f"alternative_{number}{end}"] for end in ("", "_votes", "_by")) for number in numbers]

    def vote(self) -> dict | None:
        """The vote as typed; figures of another kind of vote are left out."""
        kind = self.cleaned_data.get("vote_kind")
        if not kind:
            return None
        value = {"kind": kind}
        if kind == Vote.Kind.ALTERNATIVES:
            value["alternatives"] = self._alternatives()
        else:
            for side in SIDES:
                if (number := self.cleaned_data.get(f"vote_{side}")) is not None:
                    value[side] = number
                if names := self._names(f"vote_{side}_by"):
                    value[f"{side}_by"] = names
        if self.cleaned_data.get("casting_vote"):
            value["casting_vote"] = self.cleaned_data["casting_vote"]
        return value

    def _alternatives(self) -> list[dict]:
        texts = {one["title"]: one["html"] for one in self.known_alternatives() if one.get("html")}
        found = []
        for number in range(len(self.alternatives)):
            title = self.cleaned_data.get(f"alternative_{number}")
            if not title:
                continue
            one = {"title": title} | ({"html": texts[title]} if title in texts else {})
            if (votes := self.cleaned_data.get(f"alternative_{number}_votes")) is not None:
                one["votes"] = votes
            if names := self._names(f"alternative_{number}_by"):
                one["by"] = names
            found.append(one)
        return found

    def _names(self, field: str) -> list[str | dict]:
        return [read_voter(line) for line in (self.cleaned_data.get(field) or "").splitlines() if line.strip()]

    @property
    def values(self) -> dict:
        own = {
            name: value
            for name, value in super().values.items()
            if not name.startswith(("vote_", "alternative_")) and name != "casting_vote"
        }
        return own | {"vote": self.vote(), "vote_printed": self.cleaned_data.get("vote_printed", "")}


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
        self.fields["vote_kind"].choices = Vote.Kind.choices
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

    statement_kind = forms.ChoiceField(label=_("Kind of statement"), choices=Statement.Kind.choices)
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
        label=_("What was decided"), required=False, choices=[("", _("Not said")), *Disqualification.Outcome.choices]
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
