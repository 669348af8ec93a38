"""Reminders of what is due: to whom, once, in one letter a day, and never to who has left (issue 5, 5; F10, B18, B22)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from boards.models import Organisation, Seat
from followups.models import Action, OwnerReport, Reminder, Report, Responsible, Status
from followups.reminders import asking
from followups.reminders import run as reminder_run
from followups.status import change_status
from jobs import status
from jobs.models import Job
from mail.models import Choice, Letter
from tests import factories
from tests.followups.build import coming_meeting, follow_up, held_meeting

MONDAY = date(2026, 4, 27)


@pytest.fixture
def clock(time_machine):
    """A function that sets the clock of everything that asks what time it is."""

    def set_to(moment: datetime) -> datetime:
        time_machine.move_to(moment, tick=False)
        return moment

    return set_to


def night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=timezone.get_default_timezone())


def morning(day: date, hour: int = 8, minute: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())


def promise(meeting, *persons, text="Sundby legger ut prøvene.", title="Badevannsprøver på nett", **due):
    """A follow-up with one action that these persons answer for."""
    made = follow_up(meeting, title, actions=(text,), **due)
    action = made.actions.get()
    Responsible.objects.bulk_create(Responsible(action=action, person=person) for person in persons)
    return action


def said(mail) -> str:
    """The plain text without its line breaks."""
    return " ".join(mail.body.split())


@pytest.fixture
def held(board):
    return held_meeting(board)


@pytest.fixture
def day_and_night(clock):
    """A function that lets one day pass: the run of the night, and the worker in the morning."""

    def pass_one(day: date, *boards) -> None:
        reminder_run.remind([board.pk for board in boards], now=clock(night(day)))
        status.drain(clock(morning(day)))

    return pass_one


def test_one_mail_a_person_and_day_gathers_all_boards(cast, held, day_and_night, mailoutbox):
    person = cast.member.person
    other = cast.other_board
    factories.make_seat(other, person)
    promise(held, person, due_on=MONDAY)
    promise(held, person, title="Kart over strendene", text="Tegne kartet.", due_on=MONDAY + timedelta(days=7))
    promise(held_meeting(other), person, title="Nye noter", text="Bestille noter.", due_on=MONDAY - timedelta(days=7))

    day_and_night(MONDAY, cast.board, other)
    day_and_night(MONDAY, cast.board, other)

    assert [mail.to for mail in mailoutbox] == [["member@example.org"]]
    body = said(mailoutbox[0])
    assert mailoutbox[0].subject == "Boardroom: 3 follow-ups wait for you"
    assert body.index("Badevannsrådet -") < body.index("Tegne kartet") < body.index("Kulturrådet i Sundby -")
    assert (
        "It is due today." in body and "It was due on 20. april 2026." in body and "It is due on 4. mai 2026." in body
    )
    assert body.count("/follow-ups/") == 3
    assert Reminder.objects.filter(letter__isnull=False).count() == 3


def test_a_task_is_told_of_before_on_and_after_and_then_the_secretary_is(cast, held, day_and_night, mailoutbox):
    promise(held, cast.member.person, due_on=MONDAY)
    for day in range(-10, 43):
        day_and_night(MONDAY + timedelta(days=day), cast.board)

    told = [(mail.to[0], one.day) for mail, one in zip(mailoutbox, Reminder.objects.order_by("day"), strict=True)]
    days = [MONDAY + timedelta(days=day) for day in (-7, 0, 7, 14, 21, 29)]  # 25 May is Whit Monday
    assert told == [
        *(("member@example.org", day) for day in days),
        ("secretary@example.org", MONDAY + timedelta(days=35)),
    ]
    assert "Reminded without an answer" in said(mailoutbox[-1])


def test_nothing_comes_on_holidays_and_at_night(cast, held, clock, day_and_night, mailoutbox):
    """1 May is a Friday; the run may be early, and the worker late."""
    promise(held, cast.member.person, due_on=date(2026, 5, 1))
    for day in range(1, 4):
        day_and_night(date(2026, 5, day), cast.board)
    assert mailoutbox == []
    reminder_run.remind([cast.board.pk], now=clock(night(date(2026, 5, 4))))
    status.drain(clock(morning(date(2026, 5, 4), 22)))
    assert mailoutbox == [] and Letter.objects.get(kind="follow-up-reminder").state == "waiting"
    status.drain(clock(morning(date(2026, 5, 5))))
    assert "It was due on 1. mai 2026." in said(mailoutbox[0])


def close(action, cast):
    change_status(action, Status.DONE, by=cast.secretary, on=MONDAY, at=night(MONDAY))


def report_done(action, cast):
    OwnerReport.objects.create(
        follow_up=action.follow_up, kind="done", fate="waiting", text="Ferdig.", said_at=night(MONDAY)
    )


def give_to_another(action, cast):
    action.owners.update(person=cast.second_member.person)


def move(action, cast):
    Action.objects.filter(pk=action.pk).update(due_on=MONDAY + timedelta(days=60))


def leave(action, cast):
    Seat.objects.filter(person=cast.member.person).update(ends_on=MONDAY - timedelta(days=1))


def turn_off(action, cast):
    Choice.objects.create(person=cast.member.person, board=cast.board, kind="follow-up-reminder", how="not")


@pytest.mark.parametrize("change", [close, report_done, give_to_another, move, leave, turn_off])
@pytest.mark.parametrize("when", ["before the run", "before the mail"])
def test_what_was_settled_since_is_left_out_and_nothing_left_is_no_mail(cast, held, clock, change, when, mailoutbox):
    action = promise(held, cast.member.person, due_on=MONDAY)
    if when == "before the run":
        change(action, cast)
    reminder_run.remind([cast.board.pk], now=clock(night(MONDAY)))
    if when == "before the mail":
        change(action, cast)
    status.drain(clock(morning(MONDAY)))
    assert [mail.to for mail in mailoutbox if mail.to == ["member@example.org"]] == []
    assert set(Letter.objects.filter(person=cast.member.person).values_list("state", flat=True)) <= {"dropped"}


def test_a_new_date_starts_anew(cast, held, day_and_night, mailoutbox):
    action = promise(held, cast.member.person, due_on=MONDAY)
    day_and_night(MONDAY, cast.board)
    Action.objects.filter(pk=action.pk).update(due_on=MONDAY + timedelta(days=9))
    for day in range(1, 10):
        day_and_night(MONDAY + timedelta(days=day), cast.board)
    dues = list(Reminder.objects.order_by("pk").values_list("due_on", "occasion"))
    new = MONDAY + timedelta(days=9)
    assert dues == [(MONDAY, "before"), (MONDAY, "on"), (new, "before"), (new, "on")]
    assert len(mailoutbox) == 3


def test_persons_before_organisations_and_the_secretary_learns_whom_nobody_reaches(
    cast, held, day_and_night, mailoutbox
):
    harbour = Organisation.objects.create(name="Havnevesenet")
    for user in (cast.chair, cast.second_member):
        Seat.objects.filter(person=user.person, board=cast.board).update(organisation=harbour)
    both = promise(held, cast.member.person, due_on=MONDAY)
    Responsible.objects.create(action=both, organisation=harbour)
    only = promise(held, title="Bøyer", text="Legge ut bøyer.", due_on=MONDAY)
    Responsible.objects.create(action=only, organisation=harbour)
    promise(held, title="Innspill", text="Sende innspill.", due_on=MONDAY)
    day_and_night(MONDAY, cast.board)

    by_person = {mail.to[0]: said(mail) for mail in mailoutbox}
    assert set(by_person) == {"member@example.org", "chair@example.org", "second_member@example.org"}
    assert "Bøyer" not in by_person["member@example.org"] and "Bøyer" in by_person["chair@example.org"]
    assert not any("Innspill" in body for body in by_person.values())


@pytest.mark.parametrize("hidden", ["exempt case", "closed doors", "a word of an exempt case"])
def test_what_is_exempt_is_counted_and_never_named(cast, held, day_and_night, mailoutbox, hidden):
    factories.make_row(held, "Avtale med Kvitskjær Brønnbåt", item=9, access_level="exempt", access_basis="offl. § 23")
    action = promise(held, cast.member.person, title="Kvitskjær", text="Be om ny avtale.", due_on=MONDAY)
    row = {"exempt case": {"access_level": "exempt"}, "closed doors": {"is_closed": True, "closed_basis": "§ 11-5"}}
    for name, value in row.get(hidden, {}).items():
        setattr(action.follow_up.source_row, name, value)
    action.follow_up.source_row.title = "Avtaler" if hidden != "a word of an exempt case" else "Kai"
    action.follow_up.source_row.save()
    day_and_night(MONDAY, cast.board)
    mail = mailoutbox[0]
    whole = mail.subject + mail.body + mail.alternatives[0][0]
    assert "1 follow-up that cannot be named in a mail" in said(mail)
    assert "Kvitskjær" not in whole and "avtale" not in whole.casefold()


def test_a_clock_that_was_stopped_tells_only_what_is_still_of_use(cast, held, day_and_night, mailoutbox, caplog):
    """Nothing ran from the 24th to Sunday the 10th of May: «before» and «on» of the 1st are gone, of the 11th one comes."""
    promise(held, cast.member.person, due_on=date(2026, 4, 30), title="Først", text="Det første.")
    promise(held, cast.member.person, due_on=date(2026, 5, 13), title="Så", text="Det neste.")
    with caplog.at_level("INFO", "followups.reminder_run"):
        day_and_night(date(2026, 5, 8), cast.board)
    assert len(mailoutbox) == 1
    assert "was due on 30. april" in said(mailoutbox[0]) and "is due on 13. mai" in said(mailoutbox[0])
    told = set(Reminder.objects.filter(letter__isnull=False).values_list("occasion", "number"))
    assert told == {("before", 0), ("after", 1)}
    assert set(Reminder.objects.filter(letter=None).values_list("occasion", "number")) == {("on", 0)}
    assert "of no use any more: 1." in caplog.text


def test_a_letter_that_waited_tells_of_each_action_once(cast, held, clock, mailoutbox):
    promise(held, cast.member.person, due_on=MONDAY)
    for day in (-7, 0):
        reminder_run.remind([cast.board.pk], now=clock(night(MONDAY + timedelta(days=day))))
        Job.objects.update(run_after=morning(MONDAY))
    status.drain(clock(morning(MONDAY)))
    assert Reminder.objects.filter(letter__isnull=False).count() == 2
    assert [mail.body.count("Sundby legger ut prøvene") for mail in mailoutbox] == [1]


def test_the_secretary_is_told_before_the_papers_are_due_once(cast, held, clock, day_and_night, mailoutbox):
    coming = coming_meeting(cast.board, date(2026, 6, 8))  # papers: Monday 1 June; three working days before: 27 May
    reported = promise(held, cast.member.person, title="Rapportert", text="Det er sagt noe om.").follow_up
    open_one = promise(held, title="Uten eier", text="Ingen svarer for det.").follow_up
    worded = promise(held, cast.member.person, title="Med ord", text="En gang.", due_text="når det passer").follow_up
    for one in (reported, open_one, worded):
        Report.objects.create(meeting=coming, follow_up=one, title=one.title)
    OwnerReport.objects.create(follow_up=reported, kind="progress", text="Går bra.", said_at=night(MONDAY))
    for day in (26, 27, 28, 29):
        day_and_night(date(2026, 5, day), cast.board)
    assert [mail.to for mail in mailoutbox] == [["secretary@example.org"]]
    body = said(mailoutbox[0])
    assert "Rapportert" not in body
    assert body.index("Nobody can be reminded of these") < body.index("Uten eier") < body.index("når det passer")


class TestAsking:
    @pytest.fixture
    def coming(self, board):
        return coming_meeting(board)

    @pytest.fixture
    def open_ones(self, cast, held, coming):
        made = [
            promise(held, cast.member.person, title="En"),
            promise(held, cast.member.person, title="To"),
            promise(held, cast.chair.person, title="Tre"),
        ]
        for action in made:
            Report.objects.create(meeting=coming, follow_up=action.follow_up, title=action.follow_up.title)
        return made

    def test_each_who_lacks_a_report_has_one_letter_and_nobody_two_a_day(
        self, cast, coming, open_ones, clock, mailoutbox
    ):
        at = clock(morning(MONDAY))
        assert asking.ask_for_reports(coming, by=cast.secretary, at=at) == 2
        assert asking.ask_for_reports(coming, by=cast.secretary, at=at + timedelta(hours=3)) == 0
        assert Entry.objects.filter(act="followups.ask_for_reports").count() == 2
        status.drain(clock(morning(MONDAY, 12)))
        assert sorted(mail.to[0] for mail in mailoutbox) == ["chair@example.org", "member@example.org"]
        assert [(one.name, one.word) for one in asking.asked(coming)] == [
            ("Ragnhild Myrvold", "Sent"),
            ("Tor Inge Sandbakk", "Sent"),
        ]
        assert asking.ask_for_reports(coming, by=cast.secretary, at=morning(MONDAY + timedelta(days=1))) == 2

    def test_who_has_reported_since_the_last_meeting_is_not_asked(self, cast, coming, open_ones):
        for action in open_ones[:2]:
            OwnerReport.objects.create(
                follow_up=action.follow_up, kind="progress", text="Går bra.", said_at=night(MONDAY)
            )
        Report.objects.filter(follow_up=open_ones[2].follow_up).update(resolution="Skrevet av sekretæren.")
        assert asking.ask_for_reports(coming, by=cast.secretary, at=morning(MONDAY)) == 0

    def test_a_meeting_that_is_held_or_off_is_not_asked_for(self, cast, held, open_ones):
        with pytest.raises(TransitionRefused):
            asking.ask_for_reports(held, by=cast.secretary, at=morning(MONDAY))
        assert Letter.objects.count() == 0


def test_the_run_costs_the_same_for_few_and_many(cast, held):
    promise(held, cast.member.person, due_on=MONDAY)
    with CaptureQueriesContext(connection) as few:
        reminder_run.remind([cast.board.pk], now=night(MONDAY))
    for number in range(30):
        promise(held, cast.member.person, title=f"Oppgave {number}", due_on=MONDAY + timedelta(days=7))
    with CaptureQueriesContext(connection) as many:
        reminder_run.remind([cast.board.pk], now=datetime(2026, 4, 27, 1, 0, tzinfo=UTC))
    assert len(many) <= len(few)
    assert Job.objects.filter(kind="letter").count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"remind_at": "21.00"}, "remind_at", "hours without mail"),
        ({"quiet_until": ""}, "quiet_until", "both clock times"),
        ({"remind_at": "noon"}, "remind_at", "is not a clock time"),
    ],
)
def test_the_rule_is_the_secretarys_and_refuses_what_cannot_be(cast, signed_in, typed, field, says):
    address = f"/boards/{cast.board.slug}/reminders/"
    whole = {
        "remind_before": "3", "remind_at_most": "2", "remind_at": "09.30", "quiet_from": "20", "quiet_until": "7",
    }  # fmt: skip
    client = signed_in(cast.secretary)
    refused = client.post(address, whole | typed)
    assert refused.status_code == 422 and says in str(refused.context["form"].errors[field])

    assert client.post(address, whole).status_code == 302
    cast.board.refresh_from_db()
    rule = cast.board
    assert (rule.remind_before, rule.remind_on_day, rule.remind_every, rule.remind_at) == (3, False, None, time(9, 30))
