from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from boards.models import RowPurpose
from cases.models import Case
from followups.carrying.carry import carry
from followups.models import FollowUp, Report, Status
from minutes.models import Block, Minutes
from tests import factories
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db
LATER = date(2049, 6, 8)


@pytest.fixture
def held(board):
    return held_meeting(board)


@pytest.fixture
def promised(held):
    return follow_up(held, "Prøver på nett", responsible=["Sundby kommune"], due_text="septembermøtet")


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


def url(name, *args):
    return reverse(f"followups:{name}", args=args)


def test_members_read_the_register_and_a_follow_up_with_its_history(board, promised, cast, signed_in):
    member = signed_in(cast.member)
    page = member.get(url("register", board.slug)).content.decode()
    assert "Prøver på nett" in page
    assert "3-41/26" in page
    assert "New follow-up" not in page

    one = member.get(promised.get_absolute_url()).content.decode()
    assert "Made in meeting 41/2026" in one
    assert "Change the status" not in one


def test_outsiders_do_not_learn_that_it_exists(board, promised, cast, signed_in):
    outsider = signed_in(cast.outsider)
    for address in (url("register", board.slug), promised.get_absolute_url(), url("plan", board.slug)):
        assert outsider.get(address).status_code == 404
    assert "Prøver på nett" not in outsider.get(reverse("followups")).content.decode()


def test_members_may_not_edit(board, promised, cast, signed_in):
    member = signed_in(cast.member)
    for address in (url("new", board.slug), url("edit", board.slug, promised.pk), url("plan", board.slug)):
        assert member.get(address).status_code == 403


def test_a_shielded_case_s_follow_up_is_hidden_from_who_may_not_read_exempt_text(board, promised, cast, signed_in):
    row = promised.source_row
    row.access_level = "exempt"
    row.save()
    assert "Prøver på nett" in signed_in(cast.member).get(url("register", board.slug)).content.decode()
    assert "Prøver på nett" not in signed_in(cast.observer).get(url("register", board.slug)).content.decode()
    assert signed_in(cast.observer).get(promised.get_absolute_url()).status_code == 404


def test_my_boards_are_listed_together(board, promised, cast, signed_in):
    follow_up(held_meeting(cast.other_board), "Deres sak")
    page = signed_in(cast.member).get(reverse("followups")).content.decode()
    assert "Prøver på nett" in page
    assert "Deres sak" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Prøver på nett", "Skilt"]),
        ("?status=", ["Prøver på nett", "Skilt", "Flåte"]),
        ("?status=done", ["Flåte"]),
        ("?status=all-open&responsible=Nordvik", ["Skilt"]),
        ("?text=3-41", ["Prøver på nett"]),
        ("?due=overdue", ["Skilt"]),
        ("?status=&year=2025", []),
        ("?sort=title&status=", ["Flåte", "Prøver på nett", "Skilt"]),
        ("?year=abc&sort=nonsense", ["Prøver på nett", "Skilt", "Flåte"]),
    ],
)
def test_the_register_is_searched(board, held, promised, secretary, query, found):
    follow_up(held, "Skilt", item=4, responsible=["Kari Nordvik"], due_on=date(2026, 5, 1))
    follow_up(held, "Flåte", item=5, state=Status.DONE)
    rows = secretary.get(url("register", board.slug) + query).context["rows"]
    assert [row.follow_up.title for row in rows] == found


@pytest.mark.parametrize("name", ["register", "print"])
def test_a_list_of_thirty_costs_the_queries_of_three(board, held, secretary, name):
    counts = []
    for many in range(1, 31):
        follow_up(held, f"Sak {many}", item=many)
        if many in {3, 30}:
            secretary.get(url(name, board.slug))
            with CaptureQueriesContext(connection) as queries:
                assert len(secretary.get(url(name, board.slug)).context["rows"]) == many
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_secretary_closes_with_a_remark(board, promised, secretary):
    answer = secretary.post(
        url("status", board.slug, promised.pk), {"after": "done", "text": "Utført, se e-post fra Ola Bakken."}
    )
    assert answer.status_code == 302
    page = secretary.get(promised.get_absolute_url()).content.decode()
    assert "Utført, se e-post fra Ola Bakken." in page
    promised.refresh_from_db()
    assert promised.state == Status.DONE


def test_dropping_without_a_reason_keeps_the_form_and_changes_nothing(board, promised, secretary):
    answer = secretary.post(url("status", board.slug, promised.pk), {"after": "dropped", "text": ""})
    assert answer.status_code == 422
    assert "Write why this is dropped." in answer.content.decode()
    promised.refresh_from_db()
    assert promised.state == Status.OPEN


def test_who_answers_for_it_reports_and_cannot_close(board, promised, cast, signed_in):
    person = cast.member.person
    promised.actions.get().owners.create(person=person)
    member = signed_in(cast.member)

    assert member.post(url("status", board.slug, promised.pk), {"after": "done"}).status_code == 422
    assert member.post(url("status", board.slug, promised.pk), {"after": "reported-done"}).status_code == 302
    promised.refresh_from_db()
    assert promised.state == Status.REPORTED_DONE
    stranger = signed_in(cast.second_member)
    assert stranger.post(url("status", board.slug, promised.pk), {"after": "in-progress"}).status_code == 409
    others = signed_in(cast.observer)
    assert others.post(url("status", board.slug, promised.pk), {"after": "in-progress"}).status_code == 403


def formset(prefix, *rows, **more):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **more}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_follow_up_from_before_the_system_is_put_in_and_its_unknown_source_is_kept(board, secretary):
    data = formset(
        "form",
        {"text": "Måle strømmen.", "responsible": "Sundby kommune, Kari Nordvik", "due_text": "neste møte"},
        {"text": ""},
        title="Strøm i bukta",
        source_label="6/12-24",
    )
    page = secretary.post(url("new", board.slug), data, follow=True).content.decode()
    assert "No case 6-12/24 is found on this board. It is kept as written." in page
    made = FollowUp.objects.get()
    assert (made.source_label, made.source_normal, made.source_row) == ("6/12-24", "6-12/24", None)
    assert made.actions.get().responsible == ["Sundby kommune", "Kari Nordvik"]
    assert list(FollowUp.objects.promised()) == [made]


def test_a_changed_due_time_is_counted_as_moved(board, promised, secretary):
    action = promised.actions.get()
    row = {"pk": action.pk, "text": action.text, "responsible": "Sundby kommune", "due_text": "desembermøtet"}
    secretary.post(url("edit", board.slug, promised.pk), formset("form", row, title="Prøver", source_label="3-41/26"))
    action.refresh_from_db()
    assert (action.due_month, action.times_moved) == (date(2026, 12, 1), 1)


def test_an_action_does_not_disappear(board, promised, secretary):
    row = {"pk": promised.actions.get().pk, "text": "", "responsible": "", "due_text": ""}
    answer = secretary.post(url("edit", board.slug, promised.pk), formset("form", row, title="Prøver"))
    assert answer.status_code == 422
    assert promised.actions.count() == 1


def test_a_case_is_made_once_and_carries_its_source(board, promised, secretary):
    assert secretary.post(url("create-case", board.slug, promised.pk)).status_code == 302
    assert secretary.post(url("create-case", board.slug, promised.pk)).status_code == 409
    case = Case.objects.get(is_waiting=True)
    assert case.title == "Prøver på nett"
    assert "3-41/26" in case.description
    promised.refresh_from_db()
    assert promised.raised_case == case


@pytest.fixture
def carried(board, promised):
    coming = coming_meeting(board, LATER, 99)
    carry(board, at=timezone.now())
    return Report.objects.get(meeting=coming)


def test_the_plan_says_in_and_out_and_takes_out_and_puts_back_with_a_reason(board, carried, secretary):
    out = url("take-out", board.slug, carried.meeting.slug, carried.pk)
    assert "Prøver på nett" in secretary.get(url("plan", board.slug)).content.decode()
    assert secretary.post(out, {"reason": " "}).status_code == 422

    secretary.post(out, {"reason": "Venter på svar fra fylket."})
    assert "«Venter på svar fra fylket.»" in secretary.get(url("plan", board.slug)).content.decode()

    secretary.post(url("put-back", board.slug, carried.meeting.slug, carried.pk))
    carried.refresh_from_db()
    assert (carried.is_left_out, carried.left_out_reason) == (False, "")


def test_what_is_on_its_way_is_carried_at_a_press(board, promised, secretary):
    coming = coming_meeting(board, LATER, 99)
    assert "is on its way to this agenda" in secretary.get(url("plan", board.slug)).content.decode()
    assert Report.objects.count() == 0
    secretary.post(url("carry", board.slug))
    assert Report.objects.get().meeting == coming


def test_the_plan_without_a_meeting_says_that_everything_waits(board, promised, secretary):
    page = secretary.get(url("plan", board.slug)).content.decode()
    assert "Waits: there is no meeting yet whose call is not sent." in page


def test_words_are_prepared_and_linked_to_the_case_that_answers(board, carried, secretary):
    answers = factories.make_row(carried.meeting, "Vannkvalitet", item=7)
    data = {"resolution": "<p>Sak 7-99/49 i dette møtet</p>", "resolves_to_label": "7-99/49", "status": "waiting"}
    answer = secretary.post(url("say", board.slug, carried.meeting.slug, carried.pk), data)
    assert answer.status_code == 302
    carried.refresh_from_db()
    assert (carried.resolves_to_row, carried.status) == (answers, "waiting")


@pytest.fixture
def draft(board, cast):
    meeting = held_meeting(board, date(2026, 6, 8), 42, minutes_state=Minutes.State.DRAFT)
    return factories.make_item(meeting.minutes, factories.make_row(meeting, "Badesesongen", item=3))


def test_follow_ups_are_written_in_the_minutes(board, draft, secretary):
    meeting = draft.minutes.meeting
    opened = secretary.post(url("add-block", board.slug, meeting.slug, draft.pk))
    again = secretary.post(url("add-block", board.slug, meeting.slug, draft.pk))
    assert opened.url == again.url
    assert secretary.get(opened.url).status_code == 200

    block = Block.objects.get()
    data = formset(
        "form",
        {"text": "Sundby kommune legger ut prøvene.", "responsible": "Sundby kommune", "status": "open"},
        {"text": "", "status": "open"},
        version=block.version,
        label="Oppfølging:",
    )
    assert secretary.post(opened.url, data).status_code == 302
    assert [one.title for one in block.follow_ups.all()] == ["Badesesongen"]
    assert "Sundby kommune legger ut prøvene." in secretary.get(draft.minutes.get_absolute_url()).content.decode()


def test_an_old_version_is_a_conflict_and_what_was_typed_stays(board, draft, secretary):
    block = factories.make_block(draft, "", type=Block.Type.FOLLOW_UP, version=3)
    data = formset("form", {"text": "Min tekst", "status": "open"}, version=2, label="Oppfølging:")
    answer = secretary.post(url("edit-block", board.slug, draft.minutes.meeting.slug, block.pk), data)
    assert answer.status_code == 409
    assert "Min tekst" in answer.content.decode()
    assert not FollowUp.objects.exists()


def test_a_decision_s_promises_are_registered_without_a_second_print(board, draft, secretary):
    block = factories.make_decision(draft)
    data = formset("form", {"text": "Invitere instituttet.", "status": "open"}, version=block.version)
    answer = secretary.post(url("edit-block", board.slug, draft.minutes.meeting.slug, block.pk), data)
    assert answer.status_code == 302
    assert FollowUp.objects.get().source_block == block


def test_a_block_in_a_draft_is_taken_out_with_its_follow_ups_and_brought_back(board, draft, secretary):
    block = factories.make_block(draft, "", type=Block.Type.FOLLOW_UP)
    address = url("edit-block", board.slug, draft.minutes.meeting.slug, block.pk)
    secretary.post(address, formset("form", {"text": "Feil sted", "status": "open"}, version=1))
    place = [board.slug, draft.minutes.meeting.slug, block.pk]
    out = reverse("minutes:delete-block", args=place)
    assert "Feil sted" in secretary.get(out).content.decode()
    secretary.post(out, {"version": 2})
    page = draft.get_absolute_url()
    assert "Feil sted" not in secretary.get(page).content.decode()
    secretary.post(reverse("minutes:bring-back", args=place))
    assert "Feil sted" in secretary.get(page).content.decode()
    assert FollowUp.objects.get().source_row == draft.row


def test_a_new_block_closed_before_anything_was_written_is_gone(board, draft, secretary):
    block = factories.make_block(draft, "", type=Block.Type.FOLLOW_UP)
    address = url("edit-block", board.slug, draft.minutes.meeting.slug, block.pk)
    secretary.post(address, formset("form", {"text": "", "status": "open"}, version=1))
    assert not draft.blocks.exists()


def test_follow_ups_saved_while_typing_stay_the_same_ones_and_their_due_time_is_read(board, draft, secretary):
    block = factories.make_block(draft, "", type=Block.Type.FOLLOW_UP)
    address = url("edit-block", board.slug, draft.minutes.meeting.slug, block.pk)
    row = {"text": "Måle vannet", "responsible": "Kari Nordvik", "due_text": "8.6.26", "status": "open"}
    answer = secretary.post(address, formset("form", row, version=1, autosave="1"), headers={"HX-Request": "true"})
    assert "8. juni 2026" in answer.content.decode()
    first = FollowUp.objects.get()
    assert f'value="{first.pk}"' in answer.content.decode()
    assert answer["HX-Trigger"] and f'"key": "block-{block.pk}", "version": 2' in answer["HX-Trigger"]
    row |= {"follow_up": first.pk, "text": "Måle vannet hver uke"}
    secretary.post(address, formset("form", row, version=2))
    assert [(one.pk, one.actions.get().text) for one in block.follow_ups.all()] == [(first.pk, "Måle vannet hver uke")]


def test_started_minutes_hold_the_reports_and_they_are_written_there(board, carried, cast, secretary):
    meeting = carried.meeting
    assert meeting.agenda_rows.get().purpose == RowPurpose.FOLLOW_UPS
    secretary.post(url("start-minutes", board.slug, meeting.slug))
    carried.refresh_from_db()

    edit = url("edit-block", board.slug, meeting.slug, carried.block_id)
    assert "Prøver på nett" in secretary.get(edit).content.decode()
    data = {"version": 1, "resolution": "<p>Prøvene ligger ute.</p>", "status": "done"}
    assert secretary.post(edit, data).status_code == 302
    assert secretary.post(edit, data).status_code == 409
    assert "Prøvene ligger ute." in secretary.get(meeting.minutes.get_absolute_url()).content.decode()


def test_the_agenda_shows_what_was_carried_under_its_follow_up_case(board, carried, cast, secretary, signed_in):
    agenda = reverse("meetings:agenda", args=[board.slug, carried.meeting.slug])
    page = secretary.get(agenda).content.decode()
    assert "Prøver på nett" in page
    assert "septembermøtet" in page

    carried.meeting.numbers_fixed_at = AT
    carried.meeting.save()
    row = carried.follow_up.source_row
    row.access_level = "exempt"
    row.save()
    assert "Prøver på nett" in signed_in(cast.member).get(agenda).content.decode()
    assert "Prøver på nett" not in signed_in(cast.observer).get(agenda).content.decode()
