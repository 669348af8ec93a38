"""The page where remarks are settled: order, one press, two at once, filters, and the same number of queries for forty."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mail.models import Letter
from minutes import editing, review
from minutes.models import Minutes, Remark, ReviewRound

ADDRESS = ["badevannsradet", "41-2026"]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def sent(minutes, item, cast):
    minutes.refresh_from_db()
    today = timezone.localdate()
    return review.open_round(minutes, sent_on=today, deadline=today, by=cast.secretary)


@pytest.fixture
def blocks(item, cast):
    texts = ("<p>Første tekst.</p>", "<p>Annen tekst.</p>")
    return [editing.add_block(item, "text", by=cast.secretary, values={"label": "", "html": html}) for html in texts]


@pytest.fixture
def remark(sent, blocks, cast):
    """A function: a remark by the user to the place."""

    def write(text: str, user=None, **place) -> Remark:
        user = user or cast.member
        return review.add_remark(sent, text=text, at=timezone.now(), by=user, person=user.person, **place)

    return write


@pytest.fixture
def secretary(signed_in, cast):
    return signed_in(cast.secretary)


def page(name: str, *more) -> str:
    return reverse(f"minutes:{name}", args=[*ADDRESS, *more])


def settle(client, one: Remark, status: str, **said):
    return client.post(page("settle", one.pk), {"status": status, "version": 1, **said}, **HTMX)


def test_remarks_stand_in_the_order_of_the_minutes_beside_their_text(secretary, remark, blocks, item):
    remark("Til det hele")
    remark("Til den andre", block=blocks[1])
    remark("Til saken", item=item)
    remark("Til den første", block=blocks[0])
    text = secretary.get(page("remarks")).content.decode()
    places = [text.index(words) for words in ("Til saken", "Til den første", "Til den andre", "Til det hele")]
    assert places == sorted(places)
    assert text.index("Til den første") < text.index("Første tekst.") < text.index("Til den andre")
    assert "0 of 4 settled" in text


def test_one_press_answers_with_what_changed_and_nothing_else(secretary, remark, blocks):
    first, second = remark("Dato", block=blocks[0]), remark("Navn", block=blocks[1])
    answer = settle(secretary, first, "incorporated", answer="Rettet.")
    text = answer.content.decode()
    assert "1 of 2 settled" in text and "Rettet." in text
    assert f'id="remark-{second.pk}"' not in text and "<html" not in text


def test_the_second_secretary_sees_both_and_can_still_choose(secretary, remark, blocks, cast, signed_in):
    one = remark("Dato", block=blocks[0])
    settle(secretary, one, "incorporated", answer="Rettet.")
    answer = settle(secretary, one, "not-incorporated", answer="Det var 1. mai.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Rettet." in text and "Det var 1. mai." in text and 'name="version" value="2"' in text
    answer = settle(secretary, one, "not-incorporated", answer="Det var 1. mai.", version=2)
    assert answer.status_code == 200
    assert Remark.objects.get().answer == "Det var 1. mai."


def test_without_scripts_a_press_leads_to_the_next_that_waits(secretary, remark, blocks):
    first, second = remark("Dato", block=blocks[0]), remark("Navn", block=blocks[1])
    answer = secretary.post(page("settle", first.pk), {"status": "incorporated", "version": "1"})
    assert answer.url.endswith(f"#remark-{second.pk}")


def test_all_settled_says_what_is_next(secretary, remark, blocks):
    one = remark("Dato", block=blocks[0])
    assert "What is next?" not in secretary.get(page("remarks")).content.decode()
    text = settle(secretary, one, "incorporated").content.decode()
    for name in ("finalise", "send-for-review"):
        assert reverse(f"publishing:{name}", args=ADDRESS) in text


@pytest.mark.parametrize(
    "query, seen",
    [("show=unsettled", {"Navn"}), ("show=late", set()), ("status=incorporated", {"Dato"}), ("case=x&show=y", set())],
)
def test_the_filter_shows_what_it_says(secretary, remark, blocks, query, seen):
    settle(secretary, remark("Dato", block=blocks[0]), "incorporated")
    remark("Navn", block=blocks[1])
    text = secretary.get(f"{page('remarks')}?{query}").content.decode()
    assert {word for word in ("Dato", "Navn") if f">{word}</p>" in text} == seen


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_forty_remarks_take_no_more_queries_than_three(secretary, remark, blocks, cast, item):
    for number in range(3):
        remark(f"Nr. {number}", block=blocks[number % 2])
    secretary.get(page("remarks"))
    few = queries_of(secretary, page("remarks"))
    for number in range(37):
        user = (cast.chair, cast.second_member)[number % 2]
        remark(f"Mer {number}", user, **({"block": blocks[number % 2]} if number % 3 else {"item": item}))
    assert queries_of(secretary, page("remarks")) == few


def test_a_remark_by_telephone_is_registered_with_its_day_and_place(secretary, sent, blocks, cast):
    said = {"person": cast.chair.person.pk, "came_by": "phone", "received_on": timezone.localdate().isoformat(),
            "place": f"block-{blocks[0].pk}", "text": "Feil dato"}  # fmt: skip
    answer = secretary.post(page("add-remark"), said)
    assert answer.status_code == 302
    found = Remark.objects.get()
    assert (found.sender, found.block, found.came_by) == ("Ragnhild Myrvold", blocks[0], "phone")
    text = secretary.get(page("remarks")).content.decode()
    assert "by telephone" in text and "registered by Sigrun Aasland Vik" in text


@pytest.mark.parametrize("missing", ["text", "received_on", "who"])
def test_what_was_typed_stays_when_something_lacks(secretary, sent, missing):
    said = {"sender": "Fylket", "came_by": "letter", "received_on": "20.04.2026", "place": "", "text": "Feil dato"}
    said |= {"who": {"sender": ""}, "text": {"text": ""}, "received_on": {"received_on": "31.02.2026"}}[missing]
    answer = secretary.post(page("add-remark"), said)
    assert answer.status_code == 422
    assert (said["text"] or said["sender"]) in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_deadline_on_a_holiday_is_asked_about_once(secretary, sent):
    answer = secretary.post(page("extend-round"), {"deadline": "17.05.2099"})
    assert answer.status_code == 422
    assert "is no working day" in answer.content.decode()
    assert secretary.post(page("extend-round"), {"deadline": "17.05.2099", "keeps_day": "on"}).status_code == 302
    assert ReviewRound.objects.get().deadline == date(2099, 5, 17)


def test_those_who_are_silent_are_reminded_at_a_press(secretary, sent, cast):
    review.no_remarks(sent, cast.member.person, at=timezone.now(), by=cast.member)
    assert "Remind the 2 who have not answered" in secretary.get(page("remarks")).content.decode()
    secretary.post(page("remind"))
    reminded = Letter.objects.filter(kind="review-reminder").values_list("person__user__username", flat=True)
    assert sorted(reminded) == ["chair", "second_member"]


def test_final_minutes_show_what_became_of_remarks_and_no_press(secretary, remark, blocks):
    settle(secretary, remark("Dato", block=blocks[0]), "incorporated", answer="Rettet.")
    Minutes.objects.update(state="final")
    text = secretary.get(page("remarks")).content.decode()
    assert "Rettet." in text and 'name="status"' not in text.split("data-settling")[1]
