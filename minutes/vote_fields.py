"""The fields of a vote, where one may stand in a form: under a decision or a proposal, or by itself (P2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import LineField, TextField
from minutes.models import Block, Vote
from minutes.sentences import vote_sentence
from minutes.votes import SIDES, read_voter, vote_value, voter_lines

ALTERNATIVES = 4
VOTE_KINDS = (
    (Vote.Kind.UNANIMOUS, _("Unanimous")),
    (Vote.Kind.COUNTED, _("Counted vote")),
    (Vote.Kind.NAMED, _("Roll call")),
    (Vote.Kind.ALTERNATIVES, _("Alternatives")),
)


class VoteFields(forms.Form):
    """The vote under a decision or proposal. The value it makes is that of the exchange format."""

    vote_kind = forms.ChoiceField(
        label=_("Vote"), required=False, choices=[("", _("No vote")), *VOTE_KINDS], widget=forms.RadioSelect
    )
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
        made = vote_sentence(value, block.item.minutes.meeting.board.language)
        own = vote.printed if vote.printed != made else ""  # the product's sentence follows the figures
        initial |= {"vote_kind": vote.kind, "casting_vote": vote.casting_vote, "vote_printed": own}
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
