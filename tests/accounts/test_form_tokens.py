"""A form that makes something is done once, however often it is sent (F2, F20, B9)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import FormToken
from cases.models import Case
from tests import factories

FORMS, SENDINGS = 20, 10
HTMX = {"HX-Request": "true"}


@pytest.fixture
def people(db):
    board = factories.make_board()
    user = factories.make_user("secretary", language="en")
    factories.make_seat(board, factories.make_person("Sigrun Vik", user=user), "secretary")
    return user


@pytest.fixture
def secretary(people, client):
    client.force_login(people)
    return client


ADDRESS = "/boards/badevannsradet/cases/new/"


def form(client) -> str:
    """The page with the form; the word it carries."""
    return re.search(r'name="form_token" value="([^"]+)"', client.get(ADDRESS).text)[1]


def send(client, token: str, title: str = "Nye livbøyer", **more):
    return client.post(ADDRESS, {"title": title, "form_token": token}, **more)


@pytest.mark.django_db
def test_the_second_sending_leads_to_what_the_first_made(secretary):
    token = form(secretary)
    first, second = send(secretary, token), send(secretary, token)

    assert Case.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert "This was already taken; here it is." in secretary.get(second["Location"]).text


@pytest.mark.django_db
def test_the_same_words_in_a_new_form_are_a_new_case(secretary):
    send(secretary, form(secretary))
    send(secretary, form(secretary))

    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_other_words_in_a_form_that_was_taken_are_not_lost(secretary):
    token = form(secretary)
    send(secretary, token)
    send(secretary, token, title="Noe annet")

    assert sorted(Case.objects.values_list("title", flat=True)) == ["Noe annet", "Nye livbøyer"]


@pytest.mark.django_db
def test_a_refused_form_can_be_mended_and_sent_again(secretary):
    token = form(secretary)

    assert send(secretary, token, title="").status_code == 422
    assert send(secretary, token).status_code == 302
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_fragment_sent_twice_leads_the_page_to_the_result(secretary):
    token = form(secretary)
    first = send(secretary, token, headers=HTMX)
    second = send(secretary, token, headers=HTMX)

    assert second["HX-Redirect"] == first["Location"]
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_stays_on_the_page_gets_a_new_word(secretary):
    token = form(secretary)
    told = send(secretary, token, headers=HTMX)["HX-Trigger"]

    assert f'"taken": {{"token": "{token}", "next": "' in told


@pytest.mark.django_db
def test_the_word_of_another_is_nobodys_business(secretary, people):
    other = factories.make_user("colleague", language="en")
    factories.make_seat(people.person.seats.get().board, factories.make_person("Lars Moe", user=other), "secretary")
    token = form(secretary)
    send(secretary, token)
    colleague = Client()
    colleague.force_login(other)
    send(colleague, token)

    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_words_are_swept_after_a_week(secretary):
    send(secretary, form(secretary))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        secretary.force_login(FormToken.objects.get().user)
        send(secretary, form(secretary))

    assert FormToken.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x" * 65, "æ", "a\nb"])
@pytest.mark.django_db
def test_a_word_that_is_none_of_ours_stops_nothing(secretary, token):
    assert send(secretary, token).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_twenty_forms_sent_ten_times_at_once_make_twenty_objects(people):
    def signed_in() -> Client:
        client = Client()
        client.force_login(people)
        return client

    clients = [signed_in() for _number in range(SENDINGS)]
    tokens = [form(clients[0]) for _number in range(FORMS)]
    start = Barrier(SENDINGS)

    def sendings(client):
        start.wait(timeout=20)
        try:
            return [send(client, token, title=f"Sak {number}") for number, token in enumerate(tokens)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SENDINGS) as pool:
        answers = list(pool.map(sendings, clients))

    assert sorted(Case.objects.values_list("title", flat=True)) == sorted(f"Sak {number}" for number in range(FORMS))
    for number in range(FORMS):
        assert {(one[number].status_code, one[number]["Location"]) for one in answers} == {
            (302, answers[0][number]["Location"])
        }
