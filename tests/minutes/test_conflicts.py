"""Two wrote one block at once: both texts are shown with who and when, and the one not chosen is kept (R67, F18, F2)."""

import json

import pytest

from minutes.models import Block
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def colleague(client, board):
    """A second secretary of the board."""
    user = factories.make_user("colleague", name="Lars Moe")
    factories.make_seat(board, factories.make_person("Lars Moe", user=user), "secretary")
    client.force_login(user)
    return client


@pytest.fixture
def block(item):
    return factories.make_block(item, "<p>Rådet drøftet saken.</p>")


@pytest.fixture
def address(block):
    return f"{block.item.minutes.get_absolute_url()}blocks/{block.pk}/"


@pytest.fixture
def contested(secretary, colleague, block, address):
    """Lars Moe has saved his text, and the secretary's own was answered with both."""
    colleague.post(f"{address}edit/", {"version": 1, "html": "<p>Rådet drøftet saken grundig.</p>"})
    return secretary.post(f"{address}edit/", {"version": 1, "html": "<p>Rådet drøftet saken.</p><p>Nytt.</p>"}, **HTMX)


def texts(block) -> list[str]:
    """What the block says, and every earlier text of it."""
    return [Block.objects.get(pk=block.pk).html, *block.revisions.values_list("html", flat=True)]


def test_the_second_is_told_who_saved_and_sees_both_texts(contested, block):
    page = contested.content.decode()

    assert contested.status_code == 409
    assert "Lars Moe saved this at" in page
    assert "<p>Rådet drøftet <del>saken grundig.</del></p>" in page
    assert "<p>Rådet drøftet <ins>saken.</ins></p><p><ins>Nytt.</ins></p>" in page
    assert json.loads(contested["HX-Trigger"])["contested"] == {"key": f"block-{block.pk}"}
    assert texts(block)[0] == "<p>Rådet drøftet saken grundig.</p>"


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        ("mine", "<p>Rådet drøftet saken.</p><p>Nytt.</p>"),
        ("other", "<p>Rådet drøftet saken grundig.</p>"),
        ("both", "<p>Rådet drøftet saken grundig.</p><p>Nytt.</p>"),
    ],
)
def test_the_text_that_is_not_chosen_stands_among_the_earlier_texts(
    contested, secretary, block, address, choice, chosen
):
    sent = {"version": 2, "base": 1, "html": "<p>Rådet drøftet saken.</p><p>Nytt.</p>", "choice": choice}
    answer = secretary.post(f"{address}choose/", sent, **HTMX)

    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"])["kept"]["key"] == f"block-{block.pk}"
    found = texts(block)
    assert found[0] == chosen
    assert "<p>Rådet drøftet saken grundig.</p>" in found
    if choice != "both":
        assert "<p>Rådet drøftet saken.</p><p>Nytt.</p>" in found


def test_a_choice_is_refused_when_a_third_text_came_meanwhile(contested, secretary, colleague, block, address):
    colleague.post(f"{address}edit/", {"version": 2, "html": "<p>Tredje.</p>"})
    sent = {"version": 2, "base": 1, "html": "<p>Mitt.</p>", "choice": "other"}
    answer = secretary.post(f"{address}choose/", sent, **HTMX)

    assert answer.status_code == 409
    assert "Tredje." in answer.content.decode()
    assert "Mitt." in answer.content.decode()
    assert texts(block)[0] == "<p>Tredje.</p>"


def test_without_javascript_the_choice_leads_back_to_the_minutes(contested, secretary, block, address):
    answer = secretary.post(f"{address}choose/", {"version": 2, "base": 1, "html": "<p>Mitt.</p>", "choice": "mine"})

    assert (answer.status_code, answer["Location"]) == (302, Block.objects.get(pk=block.pk).get_absolute_url())
    assert texts(block)[0] == "<p>Mitt.</p>"


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(secretary, block, address):
    secretary.post(f"{address}edit/", {"version": 1, "html": "<p>A</p>", "autosave": "1"}, **HTMX)
    sent = json.dumps([[["html", "<p>A</p>"], ["label", ""]]])
    again = {"version": 1, "html": "<p>A og B</p>", "autosave": "1", "unanswered": sent}
    answer = secretary.post(f"{address}edit/", again, **HTMX)

    assert answer.status_code == 204
    assert texts(block)[0] == "<p>A og B</p>"


def test_an_earlier_text_of_ones_own_is_no_excuse_to_overwrite_another(secretary, colleague, block, address):
    secretary.post(f"{address}edit/", {"version": 1, "html": "<p>A</p>", "autosave": "1"}, **HTMX)
    colleague.post(f"{address}edit/", {"version": 2, "html": "<p>Lars</p>"})
    sent = json.dumps([[["html", "<p>A</p>"], ["label", ""]]])
    answer = secretary.post(f"{address}edit/", {"version": 1, "html": "<p>B</p>", "unanswered": sent}, **HTMX)

    assert answer.status_code == 409
    assert texts(block)[0] == "<p>Lars</p>"


@pytest.mark.parametrize("rubbish", ["{", "[[1]]", "3", '[["a"]]', "[" * 2000, '{"a": 1}'])
def test_rubbish_about_earlier_texts_changes_nothing(contested, secretary, block, address, rubbish):
    answer = secretary.post(f"{address}edit/", {"version": 1, "html": "<p>B</p>", "unanswered": rubbish}, **HTMX)

    assert answer.status_code == 409


def test_a_different_heading_with_the_same_text_is_a_conflict_too(secretary, colleague, block, address):
    colleague.post(f"{address}edit/", {"version": 1, "label": "Lars:", "html": "<p>Likt</p>"})
    answer = secretary.post(f"{address}edit/", {"version": 1, "label": "Min:", "html": "<p>Likt</p>"}, **HTMX)

    assert answer.status_code == 409
    assert "These fields differ too: Heading." in answer.content.decode()


def test_a_block_that_was_taken_out_while_it_was_written_leaves_the_text_in_the_form(
    secretary, colleague, block, address
):
    colleague.post(f"{address}delete/", {"version": 1})
    sent = {"version": 1, "html": "<p>Min lange tekst.</p>"}
    page, alone = secretary.post(f"{address}edit/", sent), secretary.post(f"{address}edit/", sent, **HTMX)

    assert (page.status_code, alone.status_code) == (410, 410)
    assert "The block was taken out by someone else. Your text is still on this page." in page.text
    assert "&lt;p&gt;Min lange tekst.&lt;/p&gt;</textarea>" in page.text
    assert "taken out by someone else" in json.loads(alone["HX-Trigger"])["unsaved"]["why"]
    assert alone["HX-Reswap"] == "none"
    assert secretary.get(f"{address}edit/").status_code == 404
