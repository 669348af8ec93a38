"""A vote as a value of the exchange format, how it is kept, and what its figures leave in doubt (P2)."""

import re

from django.utils.translation import gettext as _

from boards.models import Person
from minutes.models import Alternative, Ballot, Block, Vote
from minutes.sentences import vote_sentence, voter
from minutes.voters import Voters

SIDES = ("for", "against", "blank")
_VOTER = re.compile(r"(?P<person>.+?)\s*\((?P<party>[^()]+)\)\s*")


def read_voter(line: str) -> str | dict:
    """`Name (Party)` as a person with a party, anything else as a plain name."""
    match = _VOTER.fullmatch(line.strip())
    return {"person": match["person"], "party": match["party"].strip()} if match else line.strip()


def name_of(value: str | dict) -> str:
    return value if isinstance(value, str) else value["person"]


def vote_value(vote: Vote) -> dict:
    """The vote as the exchange format has it, without what was left empty and without `printed`."""
    value: dict = {"kind": vote.kind}
    for side in SIDES:
        if (number := getattr(vote, f"votes_{side}")) is not None:
            value[side] = number
    ballots = list(vote.ballots.all())
    for side in SIDES:
        if names := [_ballot(one) for one in ballots if one.side == side]:
            value[f"{side}_by"] = names
    if vote.casting_vote:
        value["casting_vote"] = vote.casting_vote
    alternatives = [_alternative(one, ballots) for one in vote.alternatives.all()]
    return value | ({"alternatives": alternatives} if alternatives else {})


def _ballot(ballot: Ballot) -> str | dict:
    return {"person": ballot.name, "party": ballot.party} if ballot.party else ballot.name


def _alternative(one: Alternative, ballots: list[Ballot]) -> dict:
    value = {"title": one.title}
    if one.html:
        value["html"] = one.html
    if one.votes is not None:
        value["votes"] = one.votes
    names = [_ballot(ballot) for ballot in ballots if ballot.alternative_id == one.pk]
    return value | ({"by": names} if names else {})


def save_vote(block: Block, value: dict | None, printed: str, language: str) -> None:
    """The block has this vote, or none. `printed` is kept as typed; where it is empty, or is still the sentence made
    of the earlier figures, it becomes the sentence made of these (the secretary's own words are never replaced)."""
    earlier = getattr(block, "vote", None)
    if value is None:
        if earlier:
            earlier.delete()
        return
    before = vote_value(earlier) if earlier else None
    made_before = vote_sentence(before, language) if before else ""
    if not printed.strip() or printed.strip() == made_before:
        printed = vote_sentence(value, language)
    if before == value and earlier.printed == printed:
        return
    fields = {f"votes_{side}": value.get(side) for side in SIDES}
    fields |= {"kind": value["kind"], "casting_vote": value.get("casting_vote", ""), "printed": printed}
    vote, made = Vote.objects.update_or_create(block=block, defaults=fields)
    if not made:
        vote.ballots.all().delete()
        vote.alternatives.all().delete()
    _save_ballots(vote, value)
    block.vote = vote


def _save_ballots(vote: Vote, value: dict) -> None:
    given = [(side, None, one) for side in SIDES for one in value.get(f"{side}_by", [])]
    for order, one in enumerate(value.get("alternatives", [])):
        alternative = Alternative.objects.create(
            vote=vote, order=order, title=one["title"], html=one.get("html", ""), votes=one.get("votes")
        )
        given += [("alternative", alternative, name) for name in one.get("by", [])]
    known = _persons(vote.block.item.minutes.meeting, {name_of(one) for _side, _alternative, one in given})
    Ballot.objects.bulk_create(
        Ballot(
            vote=vote,
            order=order,
            side=side,
            alternative=alternative,
            name=name_of(one),
            party="" if isinstance(one, str) else one.get("party", ""),
            is_bare=isinstance(one, str),
            person=known.get(name_of(one)),
        )
        for order, (side, alternative, one) in enumerate(given)
    )


def _persons(meeting, names: set[str]) -> dict[str, Person]:
    """Persons of the meeting's attendance list whose printed name is exactly one of `names`."""
    rows = meeting.attendance.filter(name__in=names, person__isnull=False).select_related("person")
    return {row.name: row.person for row in rows}


def cast(value: dict) -> int | None:
    """How many votes were given; None where nobody counted."""
    if value["kind"] == "alternatives":
        counted = [one.get("votes", len(one.get("by", [])) or None) for one in value.get("alternatives", [])]
    else:
        counted = [value.get(side, len(value.get(f"{side}_by", [])) or None) for side in SIDES]
    known = [number for number in counted if number is not None]
    return sum(known) if known else None


def doubts(value: dict, voters: Voters) -> list[str]:
    """Sentences where the figures do not agree with each other or with those present; nothing is held back (P2, P43)."""
    found = _number(value, voters) + _sides(value)
    present = {_key(name) for name in voters.names}
    for name in dict.fromkeys(_named(value)) if voters.names else ():
        if _key(name) not in present:
            found.append(_("%(name)s voted, but is not among those who may vote in this case.") % {"name": name})
    if is_tie(value) and not value.get("casting_vote"):
        found.append(_("The votes are equal, and nobody is named with the casting vote."))
    return found


def _number(value: dict, voters: Voters) -> list[str]:
    total = cast(value)
    if total is None or not voters.names or voters.certain <= total <= len(voters):
        return []
    if value["kind"] == Vote.Kind.UNANIMOUS and not value.get("for"):
        return []
    sentence = _("%(votes)s votes were given, and %(present)s of those present may vote.")
    return [sentence % {"votes": total, "present": len(voters)}]


def _sides(value: dict) -> list[str]:
    words = {"for": _("for"), "against": _("against"), "blank": _("blank")}
    pairs = [(words[side], value.get(side), value.get(f"{side}_by", [])) for side in SIDES]
    pairs += [(one["title"], one.get("votes"), one.get("by", [])) for one in value.get("alternatives", [])]
    sentence = _("%(number)s votes %(side)s, but %(names)s names.")
    return [
        sentence % {"number": number, "side": side, "names": len(names)}
        for side, number, names in pairs
        if number is not None and names and number != len(names)
    ]


def _named(value: dict) -> list[str]:
    names = [one for side in SIDES for one in value.get(f"{side}_by", [])]
    names += [name for one in value.get("alternatives", []) for name in one.get("by", [])]
    return [name_of(one) for one in names]


def is_tie(value: dict) -> bool:
    if value["kind"] == "alternatives":
        numbers = sorted((one["votes"] for one in value.get("alternatives", []) if one.get("votes")), reverse=True)
        return len(numbers) > 1 and numbers[0] == numbers[1]
    return value.get("for") is not None and value.get("for") == value.get("against") and value["for"] > 0


def voter_lines(names: list[str | dict]) -> str:
    """One voter a line, as the form shows them."""
    return "\n".join(voter(one) for one in names)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
