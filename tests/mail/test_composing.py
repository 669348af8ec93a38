"""What a mail looks like from outside: names, dates, links; nothing smuggled in, and nothing that is exempt (A8, A22)."""

import email
import email.policy
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.models import Contact
from jobs import status
from mail import composing, kinds
from mail.models import Letter

HOSTILE = [
    "Møte\r\nBcc: alle@example.org",
    "Møte\nContent-Type: text/html\n\n<script>",
    "Møte\r\n\r\nBody",
    "Møte\u2028Bcc: alle@example.org",
    "Møte\x00\x0b\x0c\x85Bcc: x@example.org",
    '"A" <a@example.org>, c@example.org',
    "\u202egro.elpmaxe@a",
    "M" * 2000,
    "=?utf-8?q?Bcc:_x?=",
]


def received(mail) -> email.message.EmailMessage:
    """As the reader's mail program takes it in."""
    return email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)


@pytest.fixture
def get(person, send, told, mailoutbox):
    """A function: the mail that comes of saying this."""

    def one(kind: str = "reminder", **changes):
        told.say(1, **changes)
        send(kind, person, about=1)
        status.drain()
        return received(mailoutbox[-1])

    return one


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_subject_stays_one_header_whatever_it_holds(get, hostile):
    mail = get(subject=hostile)

    assert mail["Bcc"] is None and mail["To"] == "tor@example.org"
    assert "\n" not in mail["Subject"] and len(mail["Subject"]) <= composing.SUBJECT_MAX
    assert "\u202e" not in mail["Subject"]
    assert mail.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("hostile", [one for one in HOSTILE if len(one) <= 300])
def test_a_board_or_a_contact_cannot_smuggle_a_header_in(get, board, hostile):
    name = hostile.replace("\x00", "")  # which PostgreSQL holds in no column
    type(board).objects.filter(pk=board.pk).update(name=name)
    Contact.objects.create(board=board, name=name, email="post@example.org")
    mail = get()

    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["From"].addresses] == ["boardroom@localhost"]
    assert [one.addr_spec for one in mail["Reply-To"].addresses] == ["post@example.org"]


@given(st.text(max_size=300))
def test_no_text_makes_a_second_header_of_the_subject(text):
    subject = composing.subject(kinds.Content(text, []))
    assert subject.isprintable() and len(subject) <= composing.SUBJECT_MAX


def test_the_sender_is_the_board_and_answers_go_to_its_contact(get, board):
    Contact.objects.create(board=board, name="Kari uten adresse", email="ikke en adresse")
    Contact.objects.create(board=board, name="Sekretariatet", email="sekretariat@example.org")
    mail = get()

    assert mail["From"].addresses[0].display_name == "Badevannsrådet"
    assert str(mail["Reply-To"]) == "Sekretariatet <sekretariat@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_text_and_html_say_the_same_and_html_is_escaped(get):
    mail = get(paragraphs=["Møtet er <b>20. april</b> & i salen."], rows=["Første", "Andre"])
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))

    assert "Møtet er <b>20. april</b> & i salen." in text
    assert "Møtet er &lt;b&gt;20. april&lt;/b&gt; &amp; i salen." in html
    assert 'lang="nb"' in html
    for part in (text, html):
        assert "http://localhost:8000/boards/badevannsradet/" in part and "Første" in part
        assert "http://localhost:8000/my/mail/" in part


@given(st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=90), max_size=60))
def test_lines_are_short_and_no_word_or_address_is_broken(words):
    wrapped = composing.wrapped(" ".join(words))
    assert wrapped.split() == " ".join(words).split()
    assert all(len(line) <= composing.WIDTH or " " not in line.strip() for line in wrapped.splitlines())


def test_only_a_kind_that_can_be_turned_off_says_how(get, send, person, mailoutbox):
    assert get("reminder")["List-Unsubscribe"]
    send("call", person, about=2)
    status.drain()
    assert received(mailoutbox[-1])["List-Unsubscribe"] is None


def test_the_reader_meets_their_own_language(get, person):
    type(person.user).objects.filter(pk=person.user.pk).update(language="nn")
    html = get().get_body(("html",)).get_content()
    assert 'lang="nn"' in html


def test_a_calendar_part_and_an_attachment_come_along(get):
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    attachment = kinds.Attachment("møte\r\nX: y.ics", calendar, "text/calendar")
    mail = get("call", calendar=calendar, method="REQUEST", attachments=[attachment])

    part = next(part for part in mail.walk() if part.get_param("method") == "REQUEST")
    assert part.get_payload(decode=True).replace(b"\n", b"\r\n").replace(b"\r\r", b"\r") == calendar
    assert mail["X"] is None


def test_the_id_cannot_be_worked_out_and_is_the_same_for_every_copy(person, send, settings):
    letter = send("call", person, about=1)
    first = composing.message_id(letter)
    assert first == composing.message_id(Letter.objects.get(pk=letter.pk))
    settings.SECRET_KEY = "another secret key altogether, as long as it has to be 0123"
    assert composing.message_id(letter) != first
    assert re.fullmatch(r"<[0-9a-f]{40}@localhost>", first)
