"""One mail a person and day, made when it is sent; quiet on days off; nothing late by it (issue 4, F23, B22)."""

from datetime import UTC, date, datetime, timedelta
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.workdays import is_working_day, working_days_between
from boards.models import Seat
from jobs import schedule, status
from jobs.models import Job, ScheduleRun
from mail import choices, daily, kinds
from mail.models import Choice, Letter
from tests import factories
from tests.mail.conftest import NOW, seated

OSLO = ZoneInfo("Europe/Oslo")
State = Letter.State


def oslo(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


@pytest.fixture
def gathered(send, told, person, mailoutbox):
    """Three letters that wait for the daily mail, of which nobody has heard yet."""
    for about, what in [(1, "utkast til referat"), (2, "ny frist"), (3, "merknadene er behandlet")]:
        told.say(about, subject=f"Badevannsrådet: {what}", address=f"http://localhost/{about}/")
    letters = [send("news", person, about=about) for about in (1, 2, 3)]
    status.drain()
    assert mailoutbox == []
    return letters


def states() -> list[str]:
    return list(Letter.objects.exclude(kind=daily.KIND).order_by("pk").values_list("state", flat=True))


def test_what_can_wait_comes_in_one_mail_with_a_line_and_a_link_for_each(gathered, mailoutbox):
    assert daily.gather(oslo(23, 7)) == 1
    status.drain()

    (mail,) = mailoutbox
    assert mail.subject == "Boardroom: 3 things wait for you"
    for line in ("Utkast til referat", "Ny frist", "Merknadene er behandlet"):
        assert line in mail.body
    for number in (1, 2, 3):
        assert f"http://localhost/{number}/" in mail.body
        assert f'href="http://localhost/{number}/"' in mail.alternatives[0].content
    assert states() == [State.SENT] * 3


def test_nobody_gets_two_a_day_however_often_the_clock_comes_round(gathered, send, person, mailoutbox):
    for minute in range(0, 50, 5):
        daily.gather(oslo(23, 7, minute))
        status.drain()
    send("news", person, about=9)
    status.drain()
    daily.gather(oslo(23, 15))
    status.drain()
    assert len(mailoutbox) == 1

    daily.gather(oslo(24, 7))
    status.drain()
    assert [mail.subject for mail in mailoutbox] == [
        "Boardroom: 3 things wait for you",
        "Badevannsrådet: utkast til referat",
    ]


def test_it_says_what_holds_when_it_is_sent(gathered, told, mailoutbox):
    daily.gather(oslo(23, 7))
    told.drop(2)
    told.say(3, subject="Badevannsrådet: fristen er i morgen")
    status.drain()

    assert "Fristen er i morgen" in mailoutbox[0].body and "Ny frist" not in mailoutbox[0].body
    assert states() == [State.SENT, State.DROPPED, State.SENT]


def test_one_that_is_left_alone_comes_as_itself(gathered, told, mailoutbox):
    told.drop(1)
    told.drop(2)
    daily.gather(oslo(23, 7))
    status.drain()

    assert mailoutbox[0].subject == "Badevannsrådet: merknadene er behandlet"
    assert "Badevannsrådet" in str(make_header(decode_header(mailoutbox[0].message()["From"])))


def test_where_nothing_is_left_nothing_is_sent(gathered, told, mailoutbox):
    for about in (1, 2, 3):
        told.drop(about)
    daily.gather(oslo(23, 7))
    status.drain()

    assert mailoutbox == []
    assert set(Letter.objects.values_list("state", flat=True)) == {State.DROPPED}


def test_who_left_the_board_overnight_hears_nothing(gathered, mailoutbox):
    Seat.objects.update(ends_on=NOW.date() - timedelta(days=1))
    daily.gather(oslo(23, 7))
    status.drain()

    assert mailoutbox == []
    assert set(Letter.objects.exclude(kind=daily.KIND).values_list("problem", flat=True)) == {"left"}


def test_boards_stand_under_their_names_and_the_letter_says_by_when(send, told, person, mailoutbox, board):
    other = factories.make_board("havneradet", name="Havnerådet")
    factories.make_seat(other, person)
    told.say(1, subject="Badevannsrådet: utkast til referat", deadline=date(2099, 5, 20))
    told.say(2, subject="Havnerådet: utkast til referat")
    send("news", person, about=1)
    send("news", person, about=2, on=other)
    status.drain()
    daily.gather(oslo(23, 7))
    status.drain()

    text = mailoutbox[0].body
    assert text.index("Badevannsrådet") < text.index("Havnerådet")
    assert "Utkast til referat (by 20. mai 2099)" in text


def test_a_broken_mail_server_puts_off_the_whole_mail_and_every_row_says_so(gathered, server):
    server.answers = {"tor@example.org": "550 5.1.1 No such user"}
    daily.gather(oslo(23, 7))
    status.drain()

    assert states() == [State.REFUSED] * 3
    assert set(Letter.objects.values_list("problem", flat=True)) == {"550 5.1.1 No such user"}


@pytest.mark.parametrize(
    ("day", "month", "why"),
    [(25, 4, "Saturday"), (26, 4, "Sunday"), (1, 5, "a public holiday"), (2, 4, "Maundy Thursday")],
)
def test_days_off_are_quiet(gathered, day, month, why):
    assert daily.gather(oslo(day, 9, month=month)) == 0, why


def test_before_the_hour_nothing_is_done_even_if_the_clock_stood_over_midnight(gathered):
    assert daily.gather(oslo(23, 0, 30)) == 0
    assert daily.gather(oslo(23, 6, 59)) == 0
    assert daily.gather(oslo(23, 7)) == 1


@pytest.mark.parametrize(
    ("deadline", "how"), [(date(2026, 4, 22), "at-once"), (date(2026, 4, 24), "at-once"), (date(2026, 4, 27), "daily")]
)
def test_what_is_due_within_two_working_days_goes_at_once(told, send, person, deadline, how):
    letter = send("news", person)
    content = kinds.Content("Emne", ["Tekst"], deadline=deadline)
    assert choices.how(letter, kinds.find("news"), content, NOW) == how


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 23), st.integers(0, 30))
def test_no_weekend_or_holiday_ever_eats_the_time_to_answer(day, hour, ahead):
    at = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
    deadline = day + timedelta(days=ahead)
    if not choices.can_wait(kinds.Content("", [], deadline=deadline), at):
        return
    morning = next(
        later
        for later in (day + timedelta(days=step) for step in range(30))
        if is_working_day(later) and datetime(later.year, later.month, later.day, 7, tzinfo=OSLO) > at
    )
    assert working_days_between(morning, deadline) >= 2


@pytest.mark.parametrize(
    "days", [(date(2026, 3, 27), date(2026, 3, 31)), (date(2026, 10, 23), date(2026, 10, 27))], ids=["spring", "autumn"]
)
def test_once_a_morning_also_when_the_clocks_change(gathered, person, mailoutbox, monkeypatch, days):
    """The clock ticks each quarter of an hour, through the night in which an hour is missing or comes twice."""
    entry = schedule._entries["daily mail"]
    monkeypatch.setattr(schedule, "_entries", {"daily mail": entry})
    now = datetime.combine(days[0], datetime.min.time(), tzinfo=UTC)
    ScheduleRun.objects.update_or_create(name="daily mail", defaults={"last_run_at": now - timedelta(hours=12)})
    made = []
    while now.date() < days[1]:
        before = Letter.objects.filter(kind=daily.KIND).count()
        schedule.tick(now)
        if Letter.objects.filter(kind=daily.KIND).count() > before:
            made.append(now.astimezone(OSLO))
        Letter.objects.filter(kind="news").update(state=State.GATHERED, inside=None)
        now += timedelta(minutes=15)

    assert [moment.hour for moment in made] == [7, 7]
    assert len({moment.date() for moment in made}) == len(made)


def test_each_person_has_their_own_and_asks_the_database_no_more_for_it(told, send, board, person, mailoutbox):
    second = seated(board, "Amira Haddad", "amira@example.org")
    Choice.objects.create(person=second, board=board, kind="news", how=Choice.How.AT_ONCE)
    for one in (person, second):
        send("news", one)
    status.drain()

    assert [mail.to for mail in mailoutbox] == [["amira@example.org"]]
    assert Job.objects.exclude(state="done").count() == 0
