"""The demonstration: what it holds, what it prints, and that it never touches a database in use."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from audit import trail
from boards.models import Board, LegalBasis
from followups.models import FollowUp
from jobs.models import Job
from meetings.models import Meeting
from minutes.models import Minutes
from publishing.desk import desk
from publishing.models import Document, Publication
from tests import factories


def test_the_first_board_has_a_meeting_at_every_stage(demo, db):
    meetings = Meeting.objects.filter(board=demo.board)

    assert set(meetings.values_list("state", flat=True)) == set(Meeting.State) - {Meeting.State.POSTPONED}
    assert set(Minutes.objects.filter(meeting__in=meetings).values_list("state", flat=True)) == set(Minutes.State)
    assert Publication.objects.filter(document__meeting__in=meetings, kind="minutes").count() >= 4


def test_the_desk_of_the_secretary_is_alive(demo, db):
    found = desk(User.objects.get(username="sekretar"), timezone.localdate())

    assert [entry for day in found.days for entry in day.entries] != []
    assert (found.remarks.total, found.remarks.everywhere != []) == (6, True)
    assert {due.level for due in found.follow_ups.shown} >= {"late"}
    assert found.follow_ups.coming != ""
    assert [card.advice.action is not None for card in found.cards] == [True, True]


def test_follow_ups_have_a_history(demo, db):
    found = FollowUp.objects.filter(board=demo.board)

    assert {"open", "in-progress", "waiting", "reported-done", "done", "dropped"} <= set(
        found.values_list("state", flat=True)
    )
    assert max(one.reports.count() for one in found) >= 4


def test_papers_wait_as_work_and_mails_are_not_sent(demo, db):
    assert set(Job.objects.values_list("kind", flat=True)) == {"pdf", "carry", "track"}
    assert Document.objects.exclude(pdf_sha256="").count() == 0
    assert trail.verify() == []


def test_what_is_printed_has_the_agreed_shape(demo, db):
    told = json.loads(json.dumps(demo.told))

    assert set(told) == {"seed", "users", "boards", "canaries"}
    assert {tuple(one) for one in told["users"]} == {("role", "username", "password")}
    assert {tuple(one) for one in told["canaries"]} == {("word", "where", "lowest_role")}
    assert {tuple(one) for board in told["boards"] for one in board["meetings"]} == {("slug", "state")}
    assert len(told["boards"]) == 3
    assert {one["role"] for one in told["users"]} == {"secretary", "chair", "member", "observer", "administrator"}


def test_the_demo_roles_have_no_password_that_could_be_typed(demo, db):
    roles = User.objects.filter(is_demo=True)

    assert roles.count() == 7
    assert [user.username for user in roles if user.has_usable_password()] == []


def test_a_database_in_use_is_left_alone(db):
    factories.make_board()
    before = Board.objects.count()
    call_command("seed_demo", "--if-empty")
    with pytest.raises(CommandError):
        call_command("seed_demo")

    assert Board.objects.count() == before


def test_both_generations_of_the_procedure_act_can_be_cited(db):
    cited = list(LegalBasis.objects.values_list("citation", flat=True))

    assert [one for one in cited if one.startswith("forvaltningsloven §")] != []
    assert [one for one in cited if one.startswith("forvaltningsloven (2025) §")] != []
