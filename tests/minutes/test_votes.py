import pytest

from minutes import editing
from minutes.models import Disqualification, Vote
from minutes.sentences import disqualification_sentence, vote_sentence
from minutes.voters import voters_of
from minutes.votes import doubts, vote_value
from tests import factories

NAMED = {
    "kind": "named",
    "for": 1,
    "against": 1,
    "for_by": ["Ada Berg"],
    "against_by": [{"person": "Bo Dal", "party": "Vannlista"}],
    "casting_vote": "Ada Berg",
}
ALTERNATIVES = {
    "kind": "alternatives",
    "alternatives": [{"title": "Stranda", "votes": 2, "by": ["Ada Berg", "Bo Dal"]}, {"title": "Brygga", "votes": 1}],
}


@pytest.fixture
def present(meeting):
    for name in ("Ada Berg", "Bo Dal", "Cecilie Eng"):
        factories.make_attendance(meeting, factories.make_person(name), role="member")
    factories.make_attendance(meeting, factories.make_person("Dag Foss"), role="observer")


@pytest.mark.parametrize(
    "value", [NAMED, ALTERNATIVES, {"kind": "unanimous"}, {"kind": "counted", "for": 4, "against": 0}]
)
def test_a_vote_is_read_back_as_it_was_saved(item, cast, value):
    block = editing.add_block(item, "decision", by=cast.secretary, values={"vote": value})
    assert vote_value(Vote.objects.get(block=block)) == value


@pytest.mark.parametrize(
    "value, language, sentence",
    [
        ({"kind": "unanimous"}, "nn", "Samrøystes."),
        ({"kind": "counted", "for": 5, "against": 1, "blank": 1}, "nb", "5 for, 1 mot, 1 blank."),
        (NAMED, "nb", "1 for, 1 mot. For: Ada Berg. Mot: Bo Dal (Vannlista). Dobbeltstemme: Ada Berg."),
        (ALTERNATIVES, "nb", "Stranda: 2 stemmer (Ada Berg, Bo Dal). Brygga: 1 stemme."),
    ],
)
def test_the_result_is_written_in_the_language_of_the_document(value, language, sentence):
    assert vote_sentence(value, language) == sentence


def test_the_sentence_follows_the_figures_until_the_secretary_writes_another(item, cast, now):
    block = editing.add_block(item, "vote", by=cast.secretary, values={"vote": {"kind": "counted", "for": 3}})
    assert block.vote.printed == "3 for."
    values = {"vote": {"kind": "counted", "for": 2}, "vote_printed": "3 for."}
    editing.save_block(block, values, version=1, by=cast.secretary, at=now)
    assert block.vote.printed == "2 for."
    values = {"vote": {"kind": "counted", "for": 3}, "vote_printed": "Vedtatt mot to stemmer."}
    editing.save_block(block, values, version=2, by=cast.secretary, at=now)
    assert block.vote.printed == "Vedtatt mot to stemmer."


def test_a_disqualified_member_does_not_vote_in_that_case_alone(item, cast, present):
    values = {"name": "Bo Dal", "basis": "fvl § 6", "outcome": Disqualification.Outcome.DISQUALIFIED}
    editing.add_block(item, "disqualification", by=cast.secretary, values=values)
    assert voters_of(item).names == ["Ada Berg", "Cecilie Eng"]
    other = item.minutes.items.get(label="3-41/26")
    assert voters_of(other).names == ["Ada Berg", "Bo Dal", "Cecilie Eng"]
    assert doubts(NAMED, voters_of(item)) == ["Bo Dal voted, but is not among those who may vote in this case."]


def test_votes_that_do_not_agree_with_those_present_are_doubted(item, present):
    assert doubts({"kind": "counted", "for": 2, "against": 2}, voters_of(item)) == [
        "4 votes were given, and 3 of those present may vote.",
        "The votes are equal, and nobody is named with the casting vote.",
    ]
    assert doubts({"kind": "counted", "for": 2, "against": 1}, voters_of(item)) == []


def test_a_disqualification_is_told_in_one_go():
    value = {"person": "Bo Dal", "basis": "fvl § 6", "reason": "Eier tomta", "no_deputy": True}
    assert disqualification_sentence(value, "nb") == (
        "Bo Dal er inhabil, jf. fvl § 6. Grunn: Eier tomta. Ingen vara tiltrådte."
    )
