from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from followups.carrying import placing
from followups.carrying.carry import carry
from followups.models import OwnerReport, Report
from followups.owners import reporting
from mail.models import Letter
from meetings.models import Meeting
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting, on_agenda

pytestmark = pytest.mark.django_db
NEXT, AFTER = date(2049, 6, 8), date(2049, 9, 14)


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def held(board):
    return held_meeting(board)


@pytest.fixture
def coming(board, held):
    """The next meeting and the one after it; three follow-ups stand in the next."""
    for item, title in enumerate(("Prøver", "Skilt", "Flåte"), start=3):
        follow_up(held, title, item=item, responsible=["Tor Inge Sandbakk"])
    made = [coming_meeting(board, NEXT, 99), coming_meeting(board, AFTER, 100)]
    carry(board, at=timezone.now())
    return made


def url(name, meeting, *args):
    return reverse(f"followups:{name}", args=[meeting.board.slug, meeting.slug, *args])


def report(title: str, meeting=None) -> Report:
    reports = Report.objects.filter(title=title).select_related("follow_up", "meeting__board")
    return reports.get(meeting=meeting) if meeting else reports.get()


def said(title: str, kind: str, text="Det går fram.", **more) -> OwnerReport:
    return reporting.report(report(title).follow_up, kind, text, at=timezone.now(), **more)


def shown(answer):
    page = html.fromstring(answer.content.decode())
    return {
        "rows": [link.text_content() for link in page.xpath("//*[@id='plan-rows']//a[contains(@class,'plan-open')]")],
        "headings": [one.text_content() for one in page.xpath("//main//h2")],
        "text": " ".join(" ".join(page.xpath("//main//text()")).split()),
        "undo": next(
            (dict(one.form_values()) | {"at": one.action} for one in page.forms if one.get("id") == "plan-undo"), None
        ),
    }


def press_undo(client, answer):
    values = shown(answer)["undo"]
    return client.post(values.pop("at"), values, follow=True)


def test_every_coming_meeting_has_its_plan_and_says_what_it_counts(coming, secretary, cast):
    said("Skilt", "done", user=cast.secretary)
    placing.put_in(report("Prøver").follow_up, coming[1], "Begge møter.", by=cast.secretary, at=timezone.now())

    first, second = [shown(secretary.get(url("meeting-plan", meeting))) for meeting in coming]

    assert first["rows"] == ["Prøver", "Skilt", "Flåte"]
    assert "3 taken along 2 lack a report 1 reported done" in first["text"]
    assert second["rows"] == ["Prøver"]
    assert "Taken along here too: «Begge møter.»" in second["text"]
    assert "Show 2 that wait" in second["text"]


def test_taking_out_asks_in_the_place_of_the_row_and_is_undone_and_done_again_without_javascript(coming, secretary):
    one = report("Skilt")
    asked = secretary.get(url("meeting-plan", coming[0]) + f"?ask=out&of={one.follow_up_id}")
    assert "Why is it taken out?" in shown(asked)["text"]
    out = url("plan-out", coming[0], one.follow_up_id)
    refused = secretary.post(out, {"reason": " "})
    assert (refused.status_code, "Why is it taken out?" in shown(refused)["text"]) == (422, True)

    answer = secretary.post(out, {"reason": "Venter på svar."}, follow=True)
    page = shown(answer)
    assert page["rows"] == ["Prøver", "Flåte"]
    assert "«Venter på svar.» Sigrun Aasland Vik" in page["text"]
    back = press_undo(secretary, answer)
    assert shown(back)["rows"] == ["Prøver", "Skilt", "Flåte"]
    assert shown(back)["undo"] is None
    assert "is taken out" not in shown(secretary.get(url("meeting-plan", coming[0])))["text"]


def test_putting_off_is_listed_with_reason_and_undone_to_its_place(coming, secretary):
    key = report("Skilt").follow_up_id
    data = {"to": coming[1].pk, "reason": "Fylket svarer i august."}
    answer = secretary.post(url("plan-off", coming[0], key), data, follow=True)
    page = shown(answer)
    assert (page["rows"], on_agenda(coming[1])) == (["Prøver", "Flåte"], ["Skilt"])
    assert "To a later meeting" in page["headings"]
    assert "«Fylket svarer i august.»" in page["text"]
    assert shown(press_undo(secretary, answer))["rows"] == ["Prøver", "Skilt", "Flåte"]
    assert on_agenda(coming[1]) == []


@pytest.mark.parametrize("data", [{"to": "ukjent", "reason": "Fylket."}, {"reason": "Fylket."}, {"to": "1\0"}])
def test_an_incomplete_answer_keeps_what_was_typed(coming, secretary, data):
    answer = secretary.post(url("plan-off", coming[0], report("Skilt").follow_up_id), data)
    assert answer.status_code == 422
    assert data.get("reason", "") in answer.content.decode()
    assert on_agenda(coming[0]) == ["Prøver", "Skilt", "Flåte"]


def test_a_move_says_the_place_and_is_undone(coming, secretary):
    answer = secretary.post(
        url("move-report", coming[0], report("Flåte").pk), {"before": report("Prøver").pk}, follow=True
    )
    assert shown(answer)["rows"] == ["Flåte", "Prøver", "Skilt"]
    assert "«Flåte» stands at place 1 now." in shown(answer)["text"]
    assert shown(press_undo(secretary, answer))["rows"] == ["Prøver", "Skilt", "Flåte"]
    gone = secretary.post(url("move-report", coming[0], report("Flåte").pk), {"after": 10**9})
    assert gone.status_code == 409
    assert shown(gone)["rows"] == ["Prøver", "Skilt", "Flåte"]


def test_the_words_of_one_meeting_are_written_and_two_writers_do_not_overwrite_each_other(coming, secretary):
    one = report("Skilt")
    address = url("wording", coming[0], one.pk)
    forms = html.fromstring(secretary.get(address).content.decode()).forms
    form = dict(next(one for one in forms if "title" in one.fields).form_values())
    form |= {"title": "Skilt ved stranda", "form-0-text": "Sette opp skiltet."}
    page = shown(secretary.post(address, form, follow=True))
    assert page["rows"] == ["Prøver", "Skilt ved stranda", "Flåte"]
    assert "With words of its own in this meeting" in page["text"]

    second = secretary.post(address, form | {"title": "Mitt skilt"})
    assert (second.status_code, "Mitt skilt" in second.content.decode()) == (409, True)
    for seen in ("[" * 100_000, "9" * 5_000, "{"):
        assert secretary.post(address, form | {"title": "Mitt skilt", "seen": seen}).status_code == 409
    back = secretary.post(url("use-register", coming[0], one.pk), follow=True)
    assert shown(back)["rows"] == ["Prøver", "Skilt", "Flåte"]


def test_the_panel_tells_the_report_and_its_proposal_is_taken_in_once_and_given_up(coming, secretary, cast):
    said("Skilt", "done", "Skiltene er oppe.", user=cast.secretary)
    one = report("Skilt")
    beside = shown(secretary.get(url("meeting-plan", coming[0]) + f"?chosen={one.follow_up_id}"))["text"]
    assert "Skiltene er oppe." in beside
    assert "Rådet confirms in meeting 99/2049 Proposed text for the minutes: Rådet bekreftet at" in beside
    assert "Made. «Sundby legger ut prøvene.»" in beside

    used = secretary.post(url("use-proposal", coming[0], one.pk), {"chosen": one.follow_up_id}, follow=True)
    assert "Text for the minutes Rådet bekreftet at oppfølgingen er utført" in shown(used)["text"]
    assert secretary.post(url("use-proposal", coming[0], one.pk)).status_code == 409
    press_undo(secretary, used)
    assert (report("Skilt").resolution, report("Skilt").status) == ("", "")


def test_the_proposal_names_the_new_date_and_escapes_what_was_written(coming, secretary, cast):
    said("Skilt", "new-date", "Forsinket <b>lakk</b>.", due_text="1. mars 2050", user=cast.secretary)
    said("Flåte", "waiting", "Venter på <b>tømmer</b>.", user=cast.secretary)
    for title in ("Skilt", "Flåte"):
        secretary.post(url("use-proposal", coming[0], report(title).pk))
    assert (report("Skilt").resolution, report("Skilt").due_text) == (
        "<p>Rådet flyttet fristen til 1. mars 2050.</p>",
        "1. mars 2050",
    )
    assert "Venter på &lt;b&gt;tømmer&lt;/b&gt;." in report("Flåte").resolution


def test_those_responsible_are_asked_once_and_then_the_case_is_the_primary_button(coming, secretary, cast):
    for action in report("Skilt").follow_up.actions.all():
        action.owners.create(person=cast.member.person)
    page = secretary.get(url("meeting-plan", coming[0])).content.decode()
    assert "Ask those responsible for reports" in page
    first = secretary.post(url("ask-for-reports", coming[0]), follow=True)
    assert "1 person is asked for a report." in shown(first)["text"]
    assert "reports asked for" in shown(first)["text"]
    again = secretary.post(url("ask-for-reports", coming[0]), follow=True)
    assert "Nobody was asked" in shown(again)["text"]
    assert Letter.objects.filter(person=cast.member.person).count() == 1


def test_the_called_meeting_shows_what_came_late_and_only_that_can_be_taken_out(board, coming, secretary, cast):
    Meeting.objects.filter(pk=coming[0].pk).update(state="called", numbers_fixed_at=AT)
    follow_up(held_meeting(board, date(2026, 5, 11), 50, slug="ekstra"), "Sent ute")
    carry(board, at=timezone.now())

    page = secretary.get(url("meeting-plan", coming[0]))
    assert "Came after the call" in shown(page)["headings"]
    assert shown(page)["rows"] == ["Prøver", "Skilt", "Flåte"]
    assert page.content.decode().count("data-out") == 1
    assert (
        secretary.post(
            url("plan-out", coming[0], report("Prøver", coming[0]).follow_up_id), {"reason": "x"}
        ).status_code
        == 409
    )
    late = report("Sent ute", coming[0]).follow_up_id
    assert secretary.post(url("plan-out", coming[0], late), {"reason": "Kan vente."}).status_code == 302
    assert on_agenda(coming[0]) == ["Prøver", "Skilt", "Flåte"]


def test_members_do_not_see_plans_and_follow_ups_of_another_board_are_not_found(coming, cast, signed_in, secretary):
    assert signed_in(cast.member).get(url("meeting-plan", coming[0])).status_code == 403
    assert signed_in(cast.outsider).get(url("meeting-plan", coming[0])).status_code == 404
    theirs = follow_up(held_meeting(cast.other_board), "Deres")
    assert secretary.post(url("plan-out", coming[0], theirs.pk), {"reason": "x"}).status_code == 404


def test_members_read_the_agenda_without_what_the_minutes_will_say_and_see_what_came_late(
    coming, secretary, cast, signed_in
):
    said("Skilt", "done", user=cast.secretary)
    secretary.post(url("use-proposal", coming[0], report("Skilt").pk))
    Report.objects.filter(title="Prøver").update(resolution="<p>Orienteres i møtet.</p>")
    Report.objects.filter(title="Flåte").update(is_late=True)
    agenda = reverse("meetings:agenda", args=[coming[0].board.slug, coming[0].slug])
    assert signed_in(cast.member).get(agenda).status_code == 404
    assert "Rådet bekreftet" in secretary.get(agenda).content.decode()

    Meeting.objects.filter(pk=coming[0].pk).update(state="called", numbers_fixed_at=AT)
    read = signed_in(cast.member).get(agenda).content.decode()
    assert "Rådet bekreftet" not in read
    assert "Orienteres i møtet." in read
    assert read.count("Came after the call") == 1
    secretary.post(reverse("followups:start-minutes", args=[coming[0].board.slug, coming[0].slug]))
    assert "Orienteres i møtet." not in signed_in(cast.member).get(agenda).content.decode()


def test_a_plan_of_thirty_costs_the_queries_of_three(board, held, secretary):
    coming, counts = coming_meeting(board, NEXT, 99), []
    for many in range(1, 31):
        one = follow_up(held, f"Sak {many}", item=many)
        if many in {3, 30}:
            carry(board, at=timezone.now())
            address = url("meeting-plan", coming) + f"?chosen={one.pk}"
            secretary.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert len(shown(secretary.get(address))["rows"]) == many
            counts.append(len(queries))
    assert counts[0] == counts[1]
