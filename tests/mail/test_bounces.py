"""Reports that a mail came back, in the shapes that mail servers write them (RFC 3464), and what only looks like one."""

import io
import mailbox
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from jobs import schedule, status
from jobs.models import Job
from mail import bounces, daily, overview
from mail.models import Letter
from tests.mail.conftest import NOW
from tests.mail.imap import Mailbox
from tests.mail.reports import EXCHANGE, GMAIL, POSTFIX, SENDMAIL
from tests.mail.test_daily import oslo

ALL = {"postfix": POSTFIX, "exchange": EXCHANGE, "sendmail": SENDMAIL, "gmail": GMAIL}


@pytest.fixture
def letter(person, send, mailoutbox):
    sent = send("call", person)
    status.drain()
    sent.refresh_from_db()
    assert sent.state == "sent"
    return sent


def report(shape: str, letter: Letter, **changes: str) -> bytes:
    """The report about this letter, with pieces of it changed."""
    text = shape.replace("{id}", letter.message_id).replace("{to}", letter.address)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("postfix", "The mailbox does not exist (550)."),
        ("exchange", "The address receives no mail (550)."),
        ("sendmail", "The mailbox is full (552)."),
        ("gmail", "The mailbox does not exist (550)."),
    ],
)
def test_a_report_marks_its_letter_with_the_reason(letter, name, said):
    assert bounces.record(report(ALL[name], letter), at=NOW) == 1

    letter.refresh_from_db()
    row = overview.Delivery(letter)
    assert (row.word, row.problem) == ("Came back", said)
    assert row.can_be_sent_again
    assert Entry.objects.get(act="mail.returned").board == "badevannsradet"


def test_the_same_report_twice_is_told_once(letter):
    assert bounces.record(report(POSTFIX, letter), at=NOW) == 1
    assert bounces.record(report(POSTFIX, letter), at=NOW) == 0
    assert Entry.objects.filter(act="mail.returned").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"Action: failed": "Action: delayed"},
        {"Action: failed": "Action: delivered"},
        {"Status: 5.1.1": "Status: 4.4.1"},
        {"tor@example.org": "someone.else@example.org"},
        {"Message-ID: <": "Message-ID: <x"},
        {"report-type=delivery-status": "report-type=disposition-notification", "multipart/report": "multipart/mixed"},
        {"message/delivery-status": "text/plain"},
    ],
    ids=["delayed", "delivered", "for now", "other recipient", "other letter", "no report", "no status"],
)
def test_what_is_not_this_letters_failure_changes_nothing(letter, changes):
    assert bounces.record(report(POSTFIX, letter, **changes), at=NOW) == 0
    assert Letter.objects.get().state == "sent"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report\r\n\r\n",
        b"Content-Type: multipart/report; boundary=a; charset=bogus\r\n\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\n",
        b"Subject: Undelivered Mail Returned to Sender\r\n\r\n550 5.1.1 tor@example.org\r\n",
        b'Content-Type: multipart/report; boundary="a"\r\n\r\n' + b'--a\r\nContent-Type: multipart/report; boundary="a"\r\n\r\n' * 3000,
    ],
)  # fmt: skip
def test_hostile_and_unrelated_messages_change_nothing(letter, raw):
    assert bounces.record(raw, at=NOW) == 0
    assert Letter.objects.get().state == "sent"


@given(st.binary(max_size=2000), st.integers(0, 1200))
def test_no_message_stops_the_reading(noise, at):
    whole = POSTFIX.encode()
    bounces.parse(whole[:at] + noise + whole[at:])
    bounces.parse(noise)


def test_a_hostile_reason_is_shown_on_one_plain_line(letter):
    raw = report(POSTFIX, letter, **{"User unknown": "<script>alert(1)</script>\x1b[31m\u202e" + "x" * 900})
    bounces.record(raw, at=NOW)

    problem = Letter.objects.get().problem
    assert problem.isprintable() and len(problem) <= 500 and "\u202e" not in problem


def test_with_a_daily_mail_comes_back_all_that_was_in_it(person, send, told, mailoutbox):
    for about in (1, 2):
        send("news", person, about=about)
    status.drain()
    daily.gather(oslo(23, 7))
    status.drain()
    mail = Letter.objects.get(kind=daily.KIND)

    assert bounces.record(report(POSTFIX, mail), at=NOW) == 3
    assert set(Letter.objects.values_list("state", flat=True)) == {"returned"}


def test_the_command_reads_a_pipe_a_file_a_mailbox_and_a_maildir(letter, tmp_path, monkeypatch, capsys):
    raw = report(POSTFIX, letter)
    (tmp_path / "one.eml").write_bytes(raw)
    box = mailbox.mbox(tmp_path / "many")
    box.add(b"Subject: Hei\r\n\r\nHei")
    box.add(raw)
    box.close()
    folder = mailbox.Maildir(tmp_path / "maildir")
    folder.add(raw)
    sources = [tmp_path / "one.eml", tmp_path / "many", tmp_path / "maildir"]
    for source in [*map(str, sources), "-"]:
        Letter.objects.update(state="sent")
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("readbounces", source)
        assert "1 letters marked as returned" in capsys.readouterr().out, source

    call_command("readbounces", str(tmp_path / "maildir"))
    assert capsys.readouterr().out.startswith("0 read")
    with pytest.raises(CommandError, match="does not exist"):
        call_command("readbounces", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="BOUNCES_URL"):
        call_command("readbounces")


def test_a_mailbox_on_a_server_is_read_by_the_clock_and_what_people_wrote_stays_unread(letter, settings, monkeypatch):
    entry = schedule._entries["bounces"]
    monkeypatch.setattr(schedule, "_entries", {"bounces": entry})
    with Mailbox({3: b"Subject: Hei\r\n\r\nKan ikke komme.", 7: report(POSTFIX, letter)}) as box:
        settings.BOUNCES_URL = f"imap://boardroom:hemmelig@127.0.0.1:{box.port}/INBOX"
        schedule.tick(NOW)
        status.drain()

        assert Letter.objects.get().state == "returned"
        assert box.seen == {7}
        assert "UNSEEN" in box.searches[0]

        call_command("readbounces")
        assert box.seen == {7}


def test_a_mailbox_that_does_not_let_us_in_is_tried_again(db, settings, monkeypatch):
    with Mailbox({}, password="another") as box:
        settings.BOUNCES_URL = f"imap://boardroom:hemmelig@127.0.0.1:{box.port}/INBOX"
        entry = schedule._entries["bounces"]
        monkeypatch.setattr(schedule, "_entries", {"bounces": entry})
        schedule.tick(NOW)
        status.drain()

    assert Job.objects.get(kind="bounces").state == "queued"


def test_without_a_mailbox_nothing_is_asked_for(db, monkeypatch):
    entry = schedule._entries["bounces"]
    monkeypatch.setattr(schedule, "_entries", {"bounces": entry})
    schedule.tick(NOW)
    assert Job.objects.count() == 0
