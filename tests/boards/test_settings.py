"""A board's lists, seats and days as they are saved from the browser."""

from datetime import date, time

import pytest
from django.urls import reverse

from boards.models import CaseType, Seat, StandardPhrase, StandingItem
from jobs.models import Job
from meetings.models import CalendarEntry
from tests import factories

pytestmark = pytest.mark.django_db


def rows(total, initial=0, prefix="rows"):
    return {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": str(initial)}


@pytest.fixture
def client(cast, signed_in):
    return signed_in(cast.secretary)


def test_a_list_is_changed_added_to_and_cut_in_one_go(cast, client):
    first, second, third = cast.board.case_types.all()
    data = rows(4, 3)
    for place, (kind, name) in enumerate([(first, "Beslutning"), (second, second.name), (third, third.name)]):
        data |= {f"rows-{place}-id": str(kind.pk), f"rows-{place}-name": name, f"rows-{place}-order": str(place)}
        data[f"rows-{place}-purpose"] = "other"
    data |= {"rows-2-DELETE": "on", "rows-3-name": "Høring", "rows-3-order": "9", "rows-3-purpose": "other"}
    answer = client.post(reverse("boards:list", args=[cast.board.slug, "case-types"]), data)
    assert answer.status_code == 302
    assert list(CaseType.objects.filter(board=cast.board).values_list("name", flat=True)) == [
        "Beslutning",
        "Orientering",
        "Høring",
    ]


def test_empty_lines_at_the_end_are_left_out(cast, client):
    url = reverse("boards:list", args=[cast.board.slug, "standing-items"])
    page = client.get(url)
    extra = page.context["formset"].extra_forms
    data = rows(2) | {
        "rows-0-title": "Eventuelt", "rows-0-kind": "case", "rows-0-order": "0", "rows-0-is_last": "on",
        "rows-1-kind": "case", "rows-1-order": str(extra[1]["order"].initial),
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    assert [(item.title, item.is_last) for item in StandingItem.objects.all()] == [("Eventuelt", True)]


def test_a_wording_is_typed_as_plain_text(cast, client):
    url = reverse("boards:list", args=[cast.board.slug, "phrases"])
    client.post(
        url, rows(1) | {"rows-0-kind": "noted", "rows-0-order": "0", "rows-0-html": "Rådet tar saken til orientering."}
    )
    assert StandardPhrase.objects.get().html == "<p>Rådet tar saken til orientering.</p>"


def test_a_list_that_is_not_there_is_not_found(cast, client):
    assert client.get(reverse("boards:list", args=[cast.board.slug, "secrets"])).status_code == 404


def test_a_seat_is_added_changed_and_ended(cast, client):
    slug = cast.board.slug
    data = {"name": "Lise Ravn", "organisation_name": "Havnevesenet", "role": "observer", "starts_on": "1. mars 2026"}
    client.post(reverse("boards:add-seat", args=[slug]), data)
    seat = Seat.objects.get(name="Lise Ravn")
    assert (seat.starts_on, seat.organisation.name, seat.role) == (date(2026, 3, 1), "Havnevesenet", "observer")
    client.post(reverse("boards:seat", args=[slug, seat.pk]), data | {"role": "member"})
    client.post(reverse("boards:end-seat", args=[slug, seat.pk]), {"last_day": "31.12.26"})
    seat.refresh_from_db()
    assert (seat.role, seat.ends_on, seat.order) == ("member", date(2026, 12, 31), 6)
    early = client.post(reverse("boards:end-seat", args=[slug, seat.pk]), {"last_day": "1.1.2020"})
    assert early.status_code == 409


def test_a_vacant_seat_names_its_organisation(cast, client):
    url = reverse("boards:add-seat", args=[cast.board.slug])
    assert client.post(url, {"role": "member"}).status_code == 422
    client.post(url, {"role": "member", "organisation_name": "Havnevesenet"})
    seat = Seat.objects.get(organisation_name="Havnevesenet")
    assert (seat.person, seat.name) == (None, "")


def test_days_and_chairs_of_a_meeting_are_saved_in_order(cast, client):
    meeting = factories.make_meeting(cast.board)
    data = rows(2, 1, "days") | rows(2, 0, "chairs") | {
        "days-0-date": "29.8.2026", "days-0-start": "9", "days-0-end": "15.00",
        "days-1-date": "28. august 2026", "days-1-start": "10.00",
        "chairs-0-name": "Ragnhild Myrvold", "chairs-0-end": "13.55",
        "chairs-1-name": "Tor Inge Sandbakk", "chairs-1-start": "kl 13.55",
    }  # fmt: skip
    url = reverse("meetings:edit", args=[cast.board.slug, meeting.slug])
    assert client.post(url, data | {"days-0-start": "9.00"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.first_day, [day.date.day for day in meeting.days.all()]) == (date(2026, 8, 28), [28, 29])
    assert [(chair.name, chair.start, chair.end) for chair in meeting.chairs.all()] == [
        ("Ragnhild Myrvold", None, time(13, 55)),
        ("Tor Inge Sandbakk", time(13, 55), None),
    ]


def test_an_imported_date_of_the_calendar_is_corrected(cast, client):
    url = reverse("meetings:calendar-dates", args=[cast.board.slug])
    data = rows(2) | {"rows-0-date": "12.2.2021", "rows-1-date": "23.4.2021", "rows-1-is_tentative": "on"}
    client.post(url, data)
    assert list(CalendarEntry.objects.values_list("is_tentative", flat=True)) == [None, True]


def test_a_second_seat_in_the_same_role_is_warned_of_and_made(cast, client):
    url = reverse("boards:add-seat", args=[cast.board.slug])
    said = "Tor Inge Sandbakk has two seats as member at the same time."
    answer = client.post(url, {"name": "Tor Inge Sandbakk", "role": "member", "starts_on": "1.1.2026"}, follow=True)
    assert said in answer.content.decode()
    other_role = client.post(url, {"name": "Tor Inge Sandbakk", "role": "observer"}, follow=True)
    assert "has two seats" not in other_role.content.decode()
    earlier = {"name": "Nora Fjeldheim", "role": "deputy", "starts_on": "1.1.2001", "ends_on": "31.12.2002"}
    Seat.objects.filter(name="Nora Fjeldheim").update(starts_on=date(2020, 1, 1))
    assert "has two seats" not in client.post(url, earlier, follow=True).content.decode()
    assert Seat.objects.filter(name="Tor Inge Sandbakk", role="member").count() == 2


def test_an_administrator_appoints_a_secretary_who_can_sign_in(cast, signed_in):
    url = reverse("boards:appoint", args=[cast.board.slug])
    answer = signed_in(cast.administrator).post(url, {"name": "Ola Berg", "email": "ola@example.org"})
    assert answer.url == f"/boards/{cast.board.slug}/"
    assert Job.objects.filter(kind="invite").count() == 1
    again = signed_in(cast.administrator).post(url, {"name": "Tor Inge Sandbakk", "email": ""})
    assert again.url == f"/boards/{cast.board.slug}/"
    assert Job.objects.filter(kind="invite").count() == 1
    assert Seat.objects.filter(board=cast.board, role="secretary").count() == 3


def test_the_form_says_the_deadlines_in_words_and_keeps_them(cast, client):
    url = reverse("boards:edit", args=[cast.board.slug])
    form = client.get(url).context["form"]
    typed = {name: "" if form[name].value() in (None, False) else form[name].value() for name in form.fields}
    assert "The call is sent so many working days before the meeting" in client.get(url).content.decode()
    typed |= {"default_start": "12.00", "default_end": "15.00", "call_days": "10", "final_days": "0"}
    assert client.post(url, typed).status_code == 302
    cast.board.refresh_from_db()
    assert (cast.board.call_days, cast.board.papers_days, cast.board.final_days) == (10, 5, 0)
    refused = client.post(url, typed | {"call_days": "700"})
    assert (refused.status_code, 'value="700"' in refused.content.decode()) == (422, True)
