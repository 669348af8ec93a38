"""The register: searched, kept, taken out as files, and a promise split in two (R78, R84, R85, R87, P41)."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from followups.models import FollowUp, OwnerReport, SavedView, Status, StatusChange
from followups.register import edits
from followups.status import change_status
from tests.followups.build import AT, TODAY, follow_up, held_meeting

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"followups:{name}", args=args)


@pytest.fixture
def held(board):
    return held_meeting(board)


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def both(held):
    """Two actions under one heading."""
    return follow_up(held, "Badevann", actions=("Legge ut prøvene.", "Sette opp skilt."), responsible=["Åse Bø"])


def titles(client, board, query):
    return [row.follow_up.title for row in client.get(url("register", board.slug) + query).context["rows"]]


@pytest.fixture
def four(board, held, cast):
    old = held_meeting(board, date(2025, 2, 3), 35)
    mine = follow_up(held, "Mine", item=1, responsible=["Tora"], due_on=date(2049, 1, 1))
    mine.actions.get().owners.create(person=cast.secretary.person)
    follow_up(held, "Ærlig", item=2, responsible=["Åse Bø"], due_on=date(2026, 5, 1))
    follow_up(old, "Gammel", item=3, responsible=["medlemmene"])
    closed = follow_up(held, "Lukket", item=4, actions=("Én.",))
    change_status(closed, Status.DONE, by=cast.secretary, on=TODAY, at=AT, meeting=held)
    return {one.title: one for one in FollowUp.objects.all()} | {"held": held, "old": old}


FINDS = {
    "?text=sak 2/41-26": ["Ærlig"],
    "?text=ærlig": ["Ærlig"],
    "?responsible=åse": ["Ærlig"],
    "?whose=mine": ["Mine"],
    "?due=overdue": ["Ærlig"],
    "?due_from=1.1.2049&due_to=2.1.2049": ["Mine"],
    "?due=undated&status=all-open": ["Gammel"],
    "?age=very-old&status=": ["Gammel"],
    "?source_meeting={old}": ["Gammel"],
    "?closed_in={held}": ["Lukket"],
    "?said=without": ["Gammel", "Mine", "Ærlig"],
    "?said=since&status=": ["Lukket"],
    "?status=all-open&sort=due": ["Ærlig", "Mine", "Gammel"],
    "?status=all-open&sort=responsible": ["Mine", "Gammel", "Ærlig"],
    "?page=1": ["Gammel", "Mine", "Ærlig"],
    "?due_from=i+morgen&closed_in=999999&sort=--x": ["Gammel", "Mine", "Ærlig", "Lukket"],
}


def test_the_register_finds(board, four, secretary):
    asked = {query.format(old=four["old"].pk, held=four["held"].pk): found for query, found in FINDS.items()}
    found = {query: titles(secretary, board, query) for query in asked}
    assert {query: sorted(those) for query, those in found.items()} == {
        query: sorted(those) for query, those in asked.items()
    }
    assert found["?status=all-open&sort=due"] == FINDS["?status=all-open&sort=due"]


def test_what_is_asked_for_stands_in_chips_that_are_taken_away_one_by_one(board, four, secretary):
    page = secretary.get(url("register", board.slug) + "?status=all-open&due=overdue&responsible=%C3%A5se")
    chips = {chip.words: chip.without for chip in page.context["chips"]}
    assert set(chips) == {"Everything open", "Overdue", "«åse»"}
    assert titles(secretary, board, "?" + chips["«åse»"]) == ["Ærlig"]
    assert len(titles(secretary, board, "?" + chips["Everything open"])) == 1
    (last,) = secretary.get(url("register", board.slug)).context["chips"]
    assert len(titles(secretary, board, "?" + last.without)) == 4


def test_a_search_is_kept_chosen_changed_renamed_and_deleted_by_its_owner_only(board, four, cast, signed_in, secretary):
    address = url("register", board.slug)
    kept = secretary.post(
        url("keep-view"), {"board": board.slug, "name": "Åse", "query": "responsible=%C3%A5se&evil=<b>"}
    )
    view = SavedView.objects.get()
    assert (kept.url, view.query) == (f"{address}?responsible=%C3%A5se&view={view.pk}", "responsible=%C3%A5se")
    assert [choice.name for choice in secretary.get(kept.url).context["choices"] if choice.is_here] == ["Åse"]

    secretary.post(url("keep-view"), {"board": board.slug, "name": "Åse", "query": "due=overdue"})
    view.refresh_from_db()
    assert (SavedView.objects.count(), view.query) == (1, "due=overdue")

    member = signed_in(cast.member)
    for other in (member.get(url("view", view.pk)), member.post(url("delete-view", view.pk))):
        assert other.status_code == 404
    assert "Åse" not in [choice.name for choice in member.get(address).context["choices"]]

    assert secretary.post(url("view", view.pk), {"name": " "}).status_code == 422
    secretary.post(url("view", view.pk), {"name": "Forfalt hos Åse"})
    view.refresh_from_db()
    assert view.name == "Forfalt hos Åse"
    secretary.post(url("delete-view", view.pk))
    assert not SavedView.objects.exists()


def test_a_search_of_a_board_one_may_not_read_is_not_kept(cast, secretary):
    assert secretary.post(url("keep-view"), {"board": "no-such", "name": "X", "query": ""}).status_code == 404


def cells(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def sheet(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def test_an_export_has_a_row_for_each_action_of_what_is_found_and_no_formulas(board, both, held, secretary):
    actions = ("=HYPERLINK(A1)", "＝1+1", "@SUM(1)", "\tTab", "Vanlig")
    follow_up(held, "+Farlig", item=7, actions=actions, due_on=date(2026, 5, 1))
    follow_up(held, "Lukket", item=8, state=Status.DONE)

    answer = secretary.get(url("csv", board.slug) + "?status=all-open")
    heads, *rows = cells(answer)
    assert [row[3] for row in rows] == [
        "Legge ut prøvene.",
        "Sette opp skilt.",
        *(f"'{one}" for one in actions[:4]),
        "Vanlig",
    ]
    assert {row[2] for row in rows} == {"Badevann", "'+Farlig"}
    assert rows[-1][heads.index("Due on")] == "2026-05-01"

    opened = sheet(secretary.get(url("xlsx", board.slug) + "?status=all-open"))
    assert [cell.value for cell in opened["D"]][1:] == ["Legge ut prøvene.", "Sette opp skilt.", *actions]
    assert {cell.data_type for cell in opened["D"]} | {cell.data_type for cell in opened["C"]} == {"s"}
    due = opened.cell(row=8, column=heads.index("Due on") + 1)
    assert (due.is_date, due.value.date(), opened.freeze_panes) == (True, date(2026, 5, 1), "A2")


def test_exempt_and_others_follow_ups_are_in_no_list_count_name_or_file(board, both, held, cast, signed_in):
    secret = follow_up(held, "Hemmelig", item=9, actions=("Hemmelig tiltak.",), responsible=["Hemmelig navn"])
    secret.source_row.access_level = "exempt"
    secret.source_row.save()
    follow_up(held_meeting(cast.other_board), "Deres", actions=("Deres tiltak.",), responsible=["Deres navn"])
    observer = signed_in(cast.observer)
    for name, place in (("register", [board.slug]), ("print", [board.slug]), ("csv", [board.slug]), ("all-print", [])):
        told = observer.get(url(name, *place)).getvalue().decode()
        assert "Legge ut prøvene." in told
        assert "Hemmelig" not in told and "Deres" not in told
    assert observer.get(reverse("followups")).context["page"].paginator.count == 1
    told = [cell.value for row in sheet(observer.get(url("all-xlsx"))) for cell in row]
    assert not any("Hemmelig" in str(value) or "Deres" in str(value) for value in told)
    for typed in ("hem", "der"):
        assert "navn" not in observer.get(url("find-responsible"), {"q": typed}).content.decode()
    assert "Åse Bø" in observer.get(url("find-responsible"), {"q": "bø"}).content.decode()
    outsider = signed_in(cast.outsider)
    for name in ("csv", "xlsx", "print"):
        assert outsider.get(url(name, board.slug)).status_code == 404

    part = edits.split(secret_with_two(secret), [secret.actions.first()], reason="To saker.", by=None, at=AT)
    assert observer.get(part.get_absolute_url()).status_code == 404


def secret_with_two(one):
    one.actions.create(order=1, text="Enda et hemmelig.")
    return one


def test_a_list_costs_the_same_queries_whatever_is_in_it(board, held, secretary):
    counts = []
    for many in range(1, 31):
        follow_up(held, f"Sak {many}", item=many, actions=("En.", "To."), responsible=[f"Navn {many}"])
        if many in {3, 30}:
            for address in (url("all-print") + "?group=responsible", reverse("followups"), url("csv", board.slug)):
                secretary.get(address).getvalue()
                with CaptureQueriesContext(connection) as queries:
                    secretary.get(address).getvalue()
                counts.append(len(queries))
    assert counts[:3] == counts[3:]


def test_one_of_two_actions_is_closed_from_the_list_and_the_search_stays(board, both, secretary):
    first = both.actions.first()
    data = {"after": "done", "action": first.pk, "text": "Se e-post.", "list": "board", "query": "due=undated&x=//evil"}
    answer = secretary.post(url("status", board.slug, both.pk), data)
    assert answer.url == url("register", board.slug) + "?due=undated"
    both.refresh_from_db()
    assert ([one.state for one in both.actions.all()], both.state) == (["done", "open"], "open")
    assert "Se e-post." in secretary.get(both.get_absolute_url()).content.decode()


def test_a_split_promise_goes_on_as_two_with_one_past(board, both, held, cast, secretary):
    first, second = both.actions.all()
    held.reports.create(follow_up=both, title="Badevann", resolution="<p>Prøvene er bestilt.</p>")
    FollowUp.objects.filter(pk=both.pk).update(as_issued=[first.as_words(), second.as_words()])
    waiting = OwnerReport.objects.create(
        follow_up=both, action=second, kind="done", text="Skiltet står.", said_at=AT, fate="waiting"
    )
    address = url("split", board.slug, both.pk)
    for wrong in (
        {"actions": [], "reason": "x"},
        {"actions": [first.pk, second.pk], "reason": "x"},
        {"actions": [second.pk]},
    ):
        assert secretary.post(address, wrong).status_code == 422
    answer = secretary.post(address, {"actions": [second.pk], "reason": "To eiere."})
    part = FollowUp.objects.get(split_from=both)
    assert answer.url == part.get_absolute_url()

    assert (list(both.actions.all()), list(part.actions.all())) == ([first], [second])
    assert (part.source_row, part.source_label, part.title) == (both.source_row, both.source_label, both.title)
    waiting.refresh_from_db()
    assert waiting.follow_up == part
    assert part in FollowUp.objects.promised()
    both.refresh_from_db()
    assert (len(both.as_issued), part.as_issued) == (2, [])  # what was issued is printed by the first alone
    assert {entry.act for entry in Entry.objects.about(both)} | {entry.act for entry in Entry.objects.about(part)} == {
        "followups.split",
        "followups.add",
    }
    page = secretary.get(part.get_absolute_url()).content.decode()
    assert "Prøvene er bestilt." in page and "before the split" in page and "To eiere." in page
    assert "To eiere." in secretary.get(both.get_absolute_url()).content.decode()
    assert StatusChange.objects.filter(follow_up=part, before="").count() == 1
    with pytest.raises(TransitionRefused):
        edits.split(part, [second], reason="Igjen.", by=cast.secretary, at=AT)


def test_what_was_edited_and_moved_is_told_in_the_history_with_why(board, both, secretary):
    first, second = both.actions.all()
    data = {"title": "Badevannet", "source_label": both.source_label, "reason": "Laboratoriet er stengt."}
    data |= {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    data |= {"form-0-pk": first.pk, "form-0-text": first.text, "form-0-due_text": "1.9.2026"}
    data |= {"form-1-pk": second.pk, "form-1-text": "Sette opp to skilt."}
    assert secretary.post(url("edit", board.slug, both.pk), data).status_code == 302
    oldest = secretary.get(both.get_absolute_url() + "?order=oldest").context["events"]
    newest = secretary.get(both.get_absolute_url()).context["events"]
    assert [event.kind for event in oldest] == [event.kind for event in newest][::-1] == ["made", "due", "edit"]
    page = secretary.get(both.get_absolute_url()).content.decode()
    for said in ("Laboratoriet er stengt.", "Sette opp to skilt.", "1.9.2026"):
        assert said in page
