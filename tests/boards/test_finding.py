"""Names while they are typed: who is nearest comes first, and how a name is typed makes no difference."""

import pytest
from django.urls import reverse

from boardroom.lib.matching import begins, folded, marked
from boards.models import Seat
from meetings.models import Presenter
from tests import bad_values, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast, signed_in):
    """A function: the text of every option for what is typed."""

    def ask(typed: str, user=None) -> list[str]:
        page = signed_in(user or cast.secretary).get(url(cast.board), {"q": typed})
        people = [", ".join(filter(None, [one.name, one.facts])) for one in page.context["people"]]
        return people + ([f"+ {page.context['typed']}"] if page.context["typed"] else [])

    return ask


def url(board) -> str:
    return reverse("boards:find-people", args=[board.slug])


@pytest.mark.parametrize(
    "typed, name",
    [("hå ø", "Håkon Ødegård"), ("HAK", "Håkon Ødegård"), ("odeg", "Håkon Ødegård"), ("ødeg hå", "Håkon Ødegård")],
)
def test_a_name_is_found_by_the_beginning_of_any_word_however_typed(cast, found, typed, name):
    assert found(typed) == [f"{name}, Sundby kommune", f"+ {typed}"]


def test_the_middle_of_a_word_finds_nobody(cast, found):
    assert found("akon") == ["+ akon"]


def test_seats_come_first_then_who_presented_here_then_the_register(cast, found):
    factories.make_person("Tove Lerfald", organisation="Nordhavn kommune")
    row = factories.make_row(factories.make_meeting(cast.board))
    Presenter.objects.create(row=row, name="Tone Tangen", organisation_name="Innbyggeretaten")
    factories.make_seat(cast.board, factories.make_person("Torunn Moe"), Seat.Role.MEMBER, title="fagdirektør")
    assert found("to") == [
        "Tor Inge Sandbakk, Sundby kommune",
        "Torunn Moe, fagdirektør",
        "Tone Tangen, Innbyggeretaten",
        "Tove Lerfald, Nordhavn kommune",
        "+ to",
    ]


def test_presenters_of_another_board_are_not_put_before_the_register(cast, found):
    row = factories.make_row(factories.make_meeting(cast.other_board))
    Presenter.objects.create(row=row, name="Tone Tangen", organisation_name="Innbyggeretaten")
    assert found("tone") == ["+ tone"]


def test_a_person_is_told_once_for_each_organisation(cast, found):
    row = factories.make_row(factories.make_meeting(cast.board))
    for owner in ("Sundby kommune", "Havnevesenet", ""):
        Presenter.objects.create(row=row, name="Håkon Ødegård", organisation_name=owner)
    assert found("håkon") == ["Håkon Ødegård, Sundby kommune", "Håkon Ødegård, Havnevesenet", "+ håkon"]


def test_an_exact_name_is_not_offered_as_new(cast, found):
    assert found("amira haddad") == ["Amira Haddad, Sundby kommune"]


def test_at_most_eight_are_told_and_it_costs_the_same_for_three_and_thirty(
    cast, signed_in, django_assert_max_num_queries
):
    client, counts = signed_in(cast.secretary), []
    for wanted in (3, 30):
        while cast.board.seats.filter(name__startswith="Ola").count() < wanted:
            factories.make_seat(cast.board, factories.make_person("Ola Nordvik", organisation=f"Etat {wanted}"))
            factories.make_person(f"Olav Strand {wanted}")
        with django_assert_max_num_queries(20) as asked:
            page = client.get(url(cast.board), {"q": "ol"})
        counts.append(len(asked))
        assert len(page.context["people"]) <= 8
    assert counts[0] == counts[1]


def test_what_was_typed_is_marked_in_the_name(cast, signed_in):
    page = signed_in(cast.secretary).get(url(cast.board), {"q": "ode"}).content.decode()
    assert "Håkon <mark>Øde</mark>gård" in page


def test_a_name_with_markup_is_text(cast, signed_in):
    page = signed_in(cast.secretary).get(url(cast.board), {"q": "<script>"}).content.decode()
    assert "<script>" not in page and "New person «&lt;script&gt;»" in page


@pytest.mark.parametrize("typed", bad_values.TEXTS)
def test_no_text_brings_it_down(cast, signed_in, typed):
    assert signed_in(cast.secretary).get(url(cast.board), {"q": typed}).status_code in {200, 400, 422}


def test_only_who_writes_on_the_board_may_ask(cast, signed_in):
    answers = {
        name: signed_in(getattr(cast, name)).get(url(cast.board), {"q": "h"}).status_code
        for name in ("secretary", "chair", "member", "outsider", "other_secretary")
    }
    assert answers == {"secretary": 200, "chair": 403, "member": 403, "outsider": 404, "other_secretary": 404}


def test_folding_keeps_words_apart_and_marks_whole_letters():
    assert folded("ÅSE Bjørnø-Ærlig É") == "ase bjorno-aerlig e"
    assert marked("Kari Ærlig", ["ae"]) == ("Kari ", "Æ", "rlig")
    assert marked("Kari Moe", ["x"]) == ("", "", "Kari Moe")
    assert begins([], "hva som helst")
