"""Two at once: no deputy is called for two, nobody has two deputies, and of two answers one stands (P40)."""

import pytest

from audit.models import Entry
from meetings import answers, deputies
from meetings.models import Reply
from tests.meetings.test_answers import BEFORE, COMING, NOT_COMING, standing, world
from tests.meetings.test_races import at_once

__all__ = ["world"]
pytestmark = pytest.mark.django_db(transaction=True)


def say(world, person, said):
    return lambda: answers.answer(world.meeting, person, said, at=BEFORE, by=person.user)


def call(world, absent, deputy):
    return lambda: deputies.call(world.meeting, absent, deputy, at=BEFORE, by=world.cast.secretary)


def test_one_deputy_is_not_called_for_two_at_once(world):
    say(world, world.member, NOT_COMING)()
    say(world, world.other, NOT_COMING)()
    at_once(call(world, world.member, world.first), call(world, world.other, world.first))
    assert standing(world) == [("Nora Fjeldheim", "Tor Inge Sandbakk")]


def test_nobody_gets_two_deputies_at_once(world):
    say(world, world.member, NOT_COMING)()
    at_once(call(world, world.member, world.first), call(world, world.member, world.second))
    assert len(standing(world)) == 1


def test_of_two_answers_at_once_one_stands_and_both_are_told_in_the_trail(world):
    at_once(say(world, world.member, COMING), say(world, world.member, NOT_COMING))
    told = Entry.objects.filter(act="meetings.answer_call").order_by("pk")
    assert Reply.objects.get().answer == told.last().payload["answer"]
