"""The people approve the minutes themselves: by circulation, as named approvers, as the chair (R97, P38, A13)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from boardroom.lib.workflow import TransitionRefused
from mail.models import Letter
from minutes import approval_reminders
from minutes import approving as asking
from minutes.models import ApprovalRequest, Minutes
from publishing import approving, issuing
from tests import factories
from tests.publishing.approvals import approve, ask, object_to, printed

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
FRIDAY = date(2026, 5, 8)
HOUR = timedelta(hours=1)


def why(act) -> str:
    with pytest.raises(TransitionRefused) as refusal:
        act()
    return " ".join(refusal.value.reasons)


@pytest.fixture
def asked(final, cast):
    """Three have a vote on the board: the chair and two members."""
    final.meeting.board.approval = "circulation"
    final.meeting.board.save()
    return ask(final, "circulation", by=cast.secretary, at=MONDAY, deadline=FRIDAY)


def test_a_circulation_ends_with_the_last_approval_and_prints_who_when_and_which_version(final, asked, cast):
    assert [one.person.name for one in asked] == ["Ragnhild Myrvold", "Tor Inge Sandbakk", "Amira Haddad"]
    assert [one.minutes for one in asking.waiting_for(cast.member, FRIDAY)] == [final]
    assert approve(final, cast.member, at=MONDAY + HOUR) is None
    assert approve(final, cast.chair, at=MONDAY + 24 * HOUR) is None
    assert asking.waiting_for(cast.member, FRIDAY) == []
    document = approve(final, cast.second_member, at=MONDAY + 48 * HOUR)

    final.refresh_from_db()
    assert (final.state, final.approved_on, document.stage) == ("approved", date(2026, 5, 6), "approved")
    assert printed(final) == [
        "Godkjent på sirkulasjon 6. mai 2026 av alle 3 som ble spurt.",
        "Ragnhild Myrvold (leder), 5. mai 2026",
        "Tor Inge Sandbakk (medlem), 4. mai 2026",
        "Amira Haddad (medlem), 6. mai 2026",
        "Godkjenningen gjelder versjon 1: endelig referat, 25. april 2026.",
    ]
    assert final.approval_printed == "\n".join(printed(final))
    told = Letter.objects.filter(kind="approved").values_list("person__name", flat=True)
    assert {"Tor Inge Sandbakk", "Håkon Ødegård"} <= set(told) and "Nora Fjeldheim" not in told


def test_an_objection_stops_it_and_the_secretary_is_told(final, asked, cast):
    approve(final, cast.member, at=MONDAY)
    object_to(final, cast.second_member, "Sak 2 ble utsatt.", at=MONDAY)
    assert approve(final, cast.chair, at=MONDAY) is None
    final.refresh_from_db()
    assert final.state == Minutes.State.FINAL
    letter = Letter.objects.get(kind="approval-objected")
    assert letter.person.user == cast.secretary
    late = MONDAY + timedelta(days=7)
    assert "nobody objects" in why(lambda: approving.conclude(final, by=cast.secretary, at=late))


def test_the_secretary_concludes_after_the_day_with_what_came_in(final, asked, cast):
    approve(final, cast.member, at=MONDAY)
    friday_night = datetime(2026, 5, 8, 21, 59, tzinfo=UTC)
    assert "has passed" in why(lambda: approving.conclude(final, by=cast.secretary, at=friday_night))
    approving.conclude(final, by=cast.secretary, at=friday_night + timedelta(minutes=1))
    final.refresh_from_db()
    assert (final.approved_on, final.approved_by) == (date(2026, 5, 9), ["Tor Inge Sandbakk"])
    assert printed(final)[0] == "Godkjent på sirkulasjon 9. mai 2026 av 1 av 3 som ble spurt."
    assert "Fristen for å svare var 8. mai 2026." in printed(final)


@pytest.mark.parametrize(
    "who, when, said",
    [
        ("secretary", MONDAY, "You are not asked to approve these minutes."),
        ("deputy", MONDAY, "You are not asked to approve these minutes."),
        ("member", MONDAY + timedelta(days=5), "The day to answer by has passed. Write to the secretariat."),
    ],
)
def test_nobody_answers_for_another_or_too_late(final, asked, cast, who, when, said):
    assert why(lambda: approve(final, getattr(cast, who), at=when)) == said
    assert not ApprovalRequest.objects.exclude(answer="").exists()


def test_an_answer_is_given_once_and_an_objection_has_a_reason(final, asked, cast):
    assert "Write what is wrong" in why(lambda: object_to(final, cast.member, " ", at=MONDAY))
    approve(final, cast.member, at=MONDAY)
    assert why(lambda: object_to(final, cast.member, "Feil.", at=MONDAY)) == "You have answered already."


def test_a_corrected_version_asks_nobody_until_the_secretary_asks_anew(final, asked, cast):
    read = issuing.shown_version(final)
    approve(final, cast.member, at=MONDAY)
    issuing.open_correction(final, "Feil dato.", by=cast.secretary)
    assert "being corrected" in why(lambda: approve(final, cast.chair, at=MONDAY))
    final.items.get(label="2-41/26").blocks.filter(type="text").update(html="<p>Rettet tekst.</p>")
    issuing.issue_correction(final, by=cast.secretary, at=MONDAY + HOUR)
    assert asking.standing(final) == [] and asking.waiting_for(cast.chair, FRIDAY) == []
    assert why(lambda: approve(final, cast.chair, at=MONDAY)) == "You are not asked to approve these minutes."

    ask(final, "circulation", by=cast.secretary, at=MONDAY + HOUR, deadline=FRIDAY)
    old = {"person": cast.chair.person, "shown": read, "by": cast.chair, "at": MONDAY + HOUR}
    assert "issued in a new version" in why(lambda: approving.answer(final, "approved", **old))
    for user in (cast.chair, cast.member, cast.second_member):
        approve(final, user, at=MONDAY + 2 * HOUR)
    assert printed(final)[-1] == "Godkjenningen gjelder versjon 2: rettet referat, 4. mai 2026."


def test_what_was_changed_after_the_version_was_issued_is_not_approved(final, asked, cast):
    factories.make_attendance(final.meeting, factories.make_person("Ny Person"))
    assert "The text was changed." in why(lambda: approve(final, cast.member, at=MONDAY))
    assert not ApprovalRequest.objects.exclude(answer="").exists()


def test_approvers_who_were_elected_in_the_meeting_are_proposed_and_approve_for_themselves(meeting, cycle, cast):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    text = "<p>Til å underskrive møteboken ble valgt Amira Haddad og Tor Inge Sandbakk.</p>"
    factories.make_decision(minutes.items.get(label="1-41/26"), text, "decided")
    issuing.finalise(minutes, by=cast.secretary, at=MONDAY)
    among = asking.candidates(minutes, "named-approvers", MONDAY.date())
    assert [one.name for one in asking.proposed(minutes, "named-approvers", among)] == [
        "Amira Haddad",
        "Tor Inge Sandbakk",
    ]
    one = ("Amira Haddad",)
    assert "Choose 2 approvers" in why(lambda: ask(minutes, "named-approvers", by=cast.secretary, at=MONDAY, names=one))
    ask(minutes, "named-approvers", by=cast.secretary, at=MONDAY)
    assert approve(minutes, cast.member, at=MONDAY) is None
    approve(minutes, cast.second_member, at=MONDAY + 24 * HOUR)
    assert printed(minutes)[:3] == [
        "Godkjent 5. mai 2026 av dem som var valgt til det.",
        "Tor Inge Sandbakk (medlem), 4. mai 2026",
        "Amira Haddad (medlem), 5. mai 2026",
    ]


def test_the_chair_approves_with_one_press(final, cast):
    assert [one.person.user for one in ask(final, "chair", by=cast.secretary, at=MONDAY)] == [cast.chair]
    approve(final, cast.chair, at=MONDAY)
    final.refresh_from_db()
    assert (final.state, final.approved_by) == ("approved", ["Ragnhild Myrvold"])
    assert printed(final)[0] == "Godkjent 4. mai 2026 av møteleder Ragnhild Myrvold."


def test_one_reminder_two_working_days_before_and_presses_at_most_once_a_day(final, asked, cast):
    approve(final, cast.chair, at=MONDAY)
    for day in (5, 6, 6, 7, 8):
        approval_reminders.remind_by_the_clock(datetime(2026, 5, day, 6, 0, tzinfo=UTC))
    reminded = Letter.objects.filter(kind="approval-reminder")
    assert sorted(reminded.values_list("person__name", flat=True)) == ["Amira Haddad", "Tor Inge Sandbakk"]
    assert {one.made_at.day for one in reminded} == {6}
    for _press in range(2):
        approval_reminders.remind(final, by=cast.secretary, at=MONDAY + timedelta(days=3))
    assert reminded.all().count() == 4


def test_nobody_is_asked_twice_and_more_time_lets_the_late_answer(final, asked, cast):
    again = {"by": cast.secretary, "at": MONDAY, "deadline": FRIDAY}
    assert "asked for already" in why(lambda: ask(final, "circulation", **again))
    late = MONDAY + timedelta(days=6)
    asking.extend(final, date(2026, 5, 20), by=cast.secretary, at=late)
    approve(final, cast.member, at=late)
    assert asking.withdraw(final, by=cast.secretary, at=late) == 3
    ask(final, "chair", by=cast.secretary, at=late)
