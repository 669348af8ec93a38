"""The embedded mode's mails, as their readers would see them; nowhere else, and for nobody else."""

from pathlib import Path

import pytest

from jobs import status
from mail import folder, kinds
from mail.folder import calendar_lines
from mail.models import Letter
from tests import factories

CALENDAR = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
SUMMARY:Badevannsrådet\\, møte 41/2026\\; i \r
 salen\r
DTSTART:20260420T100000Z\r
LOCATION:Rådhuset\\nSal 2\r
X-SECRET:no\r
BEGIN:VALARM\r
DESCRIPTION:Nå\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
""".encode()


@pytest.fixture
def kept(settings, tmp_path, send, told, person):
    """A folder with one mail from a board, with a calendar entry, and one to an account."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "mail.folder.Backend", str(tmp_path / "mail")
    attachment = kinds.Attachment("../../møte.ics", CALENDAR, "text/calendar")
    told.say(1, calendar=CALENDAR, method="REQUEST", attachments=[attachment], paragraphs=["<b>Hei</b>"])
    send("call", person, about=1)
    send("farewell", None, on=None, about=2).__class__.objects.filter(about=2).update(user=person.user)
    status.drain()
    return {("board" if one.is_from_a_board else "account"): one for one in folder.newest(only_boards=False)}


@pytest.fixture
def administrator(signed_in):
    return signed_in(factories.make_user("drift", is_superuser=True))


def test_an_administrator_reads_what_went_out(kept, administrator):
    assert sorted(kept) == ["account", "board"]
    page = administrator.get("/mail/").content.decode()
    assert page.count("tor@example.org") == 2

    one = administrator.get(f"/mail/{kept['board'].name}/").content.decode()
    assert "Badevannsrådet" in one and "&lt;b&gt;Hei&lt;/b&gt;" in one and "20. april 2026" in one


def test_the_mail_itself_is_shown_in_a_frame_that_runs_and_fetches_nothing(kept, administrator):
    answer = administrator.get(f"/mail/{kept['board'].name}/html/")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "allow-scripts" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "&lt;b&gt;Hei&lt;/b&gt;" in answer.content.decode()


def test_a_calendar_entry_is_kept_as_it_is_under_a_plain_name(kept, administrator):
    name = kept["board"].name
    names = {administrator.get(f"/mail/{name}/parts/{number}/")["Content-Disposition"] for number in (0, 1)}
    whole = administrator.get(f"/mail/{name}/parts/0/")

    assert whole["Content-Type"] == "text/calendar"
    assert whole.content.replace(b"\r\n", b"\n") == CALENDAR.replace(b"\r\n", b"\n")
    assert all(".." not in one and "/" not in one for one in names)
    assert administrator.get(f"/mail/{name}/parts/9/").status_code == 404


def test_a_demo_role_sees_what_boards_send_and_no_way_to_sign_in(kept, settings, signed_in):
    demo = signed_in(factories.make_user("rolle", is_demo=True))
    assert demo.get("/mail/").status_code == 404
    settings.DEMO = True

    assert demo.get("/mail/").content.decode().count("tor@example.org") == 1
    assert demo.get(f"/mail/{kept['board'].name}/").status_code == 200
    assert demo.get(f"/mail/{kept['account'].name}/").status_code == 404


@pytest.mark.parametrize("about", ["board", "account"])
def test_a_mail_that_lets_its_holder_in_is_shown_to_nobody(kept, settings, send, person, board, administrator, about):
    """An invitation has a person and a board, a link an account: neither is anybody else's to read (A16)."""
    letter = send("key", person, on=board if about == "board" else None, about=3)
    if about == "account":
        Letter.objects.filter(pk=letter.pk).update(person=None, user=person.user)
    status.drain()
    names = {path.stem for path in Path(settings.EMAIL_FILE_PATH).glob("*.eml")}
    hidden = (names - {one.name for one in kept.values()}).pop()

    assert administrator.get("/mail/").content.decode().count("tor@example.org") == 2
    assert {administrator.get(f"/mail/{hidden}/{rest}").status_code for rest in ("", "html/", "parts/0/")} == {404}


def test_the_demonstration_s_administrator_sees_no_more_than_its_other_roles(kept, settings, signed_in):
    settings.DEMO = True
    demo = signed_in(factories.make_user("rolle", is_demo=True, is_superuser=True))

    assert demo.get("/mail/").content.decode().count("tor@example.org") == 1
    assert demo.get(f"/mail/{kept['account'].name}/").status_code == 404


def test_nobody_else_reads_it_and_outside_the_embedded_mode_nobody_does(
    kept, settings, signed_in, person, administrator
):
    paths = ["/mail/", *(f"/mail/{kept['board'].name}/{rest}" for rest in ("", "html/", "parts/0/"))]
    member = signed_in(person.user)
    assert {member.get(path).status_code for path in paths} == {404}

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert {administrator.get(path).status_code for path in paths} == {404}


@pytest.mark.parametrize("name", ["x", "..", "20260420T120000-0123456789ab", "secret-key"])
def test_no_other_file_can_be_read(kept, administrator, name):
    assert administrator.get(f"/mail/{name}/").status_code == 404


def test_a_calendar_entry_is_told_in_words():
    assert calendar_lines(CALENDAR.decode()) == [
        ("Kind", "REQUEST"),
        ("What", "Badevannsrådet, møte 41/2026; i salen"),
        ("From", "20 April 2026, 12:00"),
        ("Place", "Rådhuset\nSal 2"),
    ]
    assert calendar_lines("BEGIN:VEVENT") == calendar_lines("") == []
