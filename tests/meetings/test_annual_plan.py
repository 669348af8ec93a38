"""The annual plan: topics until they become cases, year after year, and back again when a row is removed (R9)."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from followups.sources import resolve_dues
from meetings import agenda, annual_plan, planning, topic_cases, workflow
from meetings.models import Meeting, PlannedTopic
from tests import factories
from tests.followups.build import follow_up, held_meeting
from tests.meetings.test_agenda import NOW

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2027, 9, 1)


def add(cast, title="Budsjett", month=SEPTEMBER, **fields) -> PlannedTopic:
    return annual_plan.add_topic(cast.board, by=cast.secretary, title=title, month=month, **fields)


def meet(cast, day=date(2027, 9, 16), **fields) -> Meeting:
    return planning.create_next_meeting(cast.board, day, by=cast.secretary, **fields)


def titles(meeting) -> list[str]:
    return list(meeting.agenda_rows.order_by("order").values_list("title", flat=True))


def waiting(meeting) -> list[str]:
    return [topic.title for topic in annual_plan.waiting_for(meeting)]


def plan_page(cast, year=2027) -> str:
    return f"{reverse('meetings:annual-plan', args=[cast.board.slug])}?year={year}"


def test_topics_of_the_month_are_cases_before_other_business_when_the_meeting_is_made(cast):
    factories.add_standing_items(cast.board)
    add(cast, "Budsjett", note="Utkast fra administrasjonen", type="Tilslutning")
    add(cast, "Møteplan")
    add(cast, "Produktplan", month=date(2027, 10, 1))
    meeting = meet(cast)
    assert titles(meeting)[-3:] == ["Budsjett", "Møteplan", "Eventuelt"]
    row = meeting.agenda_rows.get(title="Budsjett")
    assert (row.type, row.description, row.case.planned_topic.title) == (
        "Tilslutning",
        "<p>Utkast fra administrasjonen</p>",
        "Budsjett",
    )
    assert waiting(meeting) == []


def test_a_tentative_meeting_holds_its_topics_until_the_agenda_is_made(cast):
    topic = add(cast)
    meeting = meet(cast, state=Meeting.State.TENTATIVE)
    topic.refresh_from_db()
    assert (topic.meeting, titles(meeting), waiting(meeting)) == (meeting, [], ["Budsjett"])
    workflow.plan(meeting, by=cast.secretary)
    topic_cases.take_topics(meeting, annual_plan.waiting_for(meeting), by=cast.secretary)
    assert (titles(meeting), waiting(meeting)) == (["Budsjett"], [])


def test_a_topic_becomes_a_case_once(cast):
    topic, meeting = add(cast), meet(cast, state=Meeting.State.TENTATIVE)
    topic_cases.take_topic(meeting, topic, by=cast.secretary)
    with pytest.raises(TransitionRefused, match="is a case already"):
        topic_cases.take_topic(meeting, topic, by=cast.secretary)
    assert Case.objects.filter(title="Budsjett").count() == 1


def test_removing_the_row_gives_the_topic_back_and_taking_it_again_makes_no_second_case(cast):
    topic = add(cast, note="Utkast")
    meeting = meet(cast)
    agenda.remove_row(meeting.agenda_rows.get(title="Budsjett"), by=cast.secretary)
    assert (waiting(meeting), list(cast.board.cases.waiting())) == (["Budsjett"], [])
    topic_cases.take_topic(meeting, topic, by=cast.secretary)
    assert (titles(meeting), Case.objects.filter(title="Budsjett").count()) == (["Budsjett"], 1)


def test_a_topic_nobody_took_up_is_offered_to_the_meeting_after(cast):
    add(cast)
    meet(cast, state=Meeting.State.TENTATIVE)
    later = meet(cast, date(2027, 11, 18))
    assert waiting(later) == []
    Meeting.objects.filter(first_day=date(2027, 9, 16)).update(state=Meeting.State.HELD)
    assert waiting(later) == ["Budsjett"]
    assert annual_plan.why_it_waits(annual_plan.waiting_for(later)[0]) == "Annual plan: September 2027"


def test_topics_of_a_meeting_that_is_cancelled_wait_for_another(cast):
    add(cast)
    meeting = meet(cast, state=Meeting.State.TENTATIVE)
    workflow.cancel(meeting, by=cast.secretary, reason="Ingen saker")
    assert titles(meet(cast, date(2027, 9, 30))) == ["Budsjett"]


def test_a_yearly_topic_stands_in_next_years_plan_once_and_stops_when_it_is_removed(cast):
    add(cast, is_yearly=True)
    add(cast, "Flytting")
    assert annual_plan.repeat_topics(cast.board, 2028, by=cast.secretary) == 1
    assert annual_plan.repeat_topics(cast.board, 2028, by=cast.secretary) == 0
    next_year = PlannedTopic.objects.get(month=date(2028, 9, 1))
    assert (next_year.title, next_year.is_yearly, next_year.repeats.month) == ("Budsjett", True, SEPTEMBER)
    annual_plan.remove_topic(next_year, by=cast.secretary)
    assert annual_plan.repeat_topics(cast.board, 2028, by=cast.secretary) == 0


def test_making_a_meeting_begins_the_years_plan(cast):
    add(cast, is_yearly=True)
    assert titles(meet(cast, date(2028, 9, 14))) == ["Budsjett"]


def test_topics_follow_a_meeting_that_is_moved_to_another_month(cast):
    add(cast)
    meeting = meet(cast, state=Meeting.State.TENTATIVE)
    workflow.move(meeting, date(2027, 10, 7), by=cast.secretary, start=time(9, 0))
    assert PlannedTopic.objects.get().month == date(2027, 10, 1)
    assert (meeting.moved_from, meeting.days.get().start, meeting.days.get().end) == (
        date(2027, 9, 16), time(9, 0), time(15, 0),
    )  # fmt: skip


def test_a_follow_up_points_to_a_month_whose_meeting_has_no_number_yet(cast, signed_in):
    source = held_meeting(cast.board, date(2027, 4, 20))
    action = follow_up(source, "Legge fram budsjettet", due_text="septembermøtet").actions.get()
    resolve_dues([cast.board.pk])
    action.refresh_from_db()
    assert (action.due_month, action.due_meeting) == (SEPTEMBER, None)
    client = signed_in(cast.secretary)
    assert "1 follow-up waits for it" in client.get(plan_page(cast)).content.decode()
    meeting = meet(cast)
    resolve_dues([cast.board.pk])
    action.refresh_from_db()
    assert action.due_meeting == meeting
    assert "1 follow-up is due here" in client.get(plan_page(cast)).content.decode()


def test_a_topic_is_typed_moved_edited_and_removed_in_the_browser(cast, signed_in):
    client, url = signed_in(cast.secretary), plan_page(cast)
    meeting = factories.make_meeting(cast.board, date(2027, 10, 7), state="planned")
    answer = client.post(url, {"title": "Budsjett", "place": "2027-09"})
    assert answer.url.endswith("?year=2027#add-2027-09")
    topic = PlannedTopic.objects.get()
    edit = reverse("meetings:topic", args=[cast.board.slug, topic.pk])
    said = {"title": "Budsjett 2028", "note": "Første utkast", "type": "Drøfting", "is_yearly": "on", "version": "1"}
    client.post(edit, said | {"place": f"meeting-{meeting.pk}"})
    topic.refresh_from_db()
    assert (topic.title, topic.note, topic.type, topic.is_yearly) == (
        "Budsjett 2028",
        "Første utkast",
        "Drøfting",
        True,
    )
    assert (topic.meeting, topic.month) == (meeting, date(2027, 10, 1))
    client.post(reverse("meetings:remove-topic", args=[cast.board.slug, topic.pk]))
    assert not PlannedTopic.objects.exists()
    acts = set(Entry.objects.filter(act__contains="topic").values_list("act", flat=True))
    assert acts == {"meetings.add_topic", "meetings.change_topic", "meetings.move_topic", "meetings.remove_topic"}


def test_what_cannot_be_read_stays_typed(cast, signed_in):
    client = signed_in(cast.secretary)
    answer = client.post(plan_page(cast), {"title": "x" * 400, "place": "2027-09"})
    assert (answer.status_code, "x" * 400 in answer.content.decode()) == (422, True)
    nowhere = client.post(plan_page(cast), {"title": "Budsjett", "place": "somewhere"})
    assert (nowhere.status_code, "Budsjett" in nowhere.content.decode()) == (422, True)


def test_two_secretaries_in_one_topic_see_each_others_text(cast, signed_in):
    topic = add(cast)
    url = reverse("meetings:topic", args=[cast.board.slug, topic.pk])
    client = signed_in(cast.secretary)
    client.post(url, {"title": "Budsjettet", "version": "1"})
    answer = client.post(url, {"title": "Budsjett og plan", "version": "1"})
    text = answer.content.decode()
    assert (answer.status_code, "«Budsjettet»" in text, "Budsjett og plan" in text) == (409, True, True)
    client.post(url, {"title": "Budsjett og plan", "version": "2"})
    assert PlannedTopic.objects.get().title == "Budsjett og plan"


def test_a_topic_that_is_removed_while_it_is_written_keeps_the_text_on_the_page(cast):
    topic = add(cast)
    meanwhile = PlannedTopic.objects.get()
    meanwhile.delete()
    with pytest.raises(TransitionRefused) as refusal:
        annual_plan.change_topic(topic, by=None, version=1, title="Budsjett og plan")
    assert "removed by someone else" in refusal.value.reasons[0]


def test_dragging_places_a_topic_after_another(cast, signed_in):
    first, second, third = add(cast, "A"), add(cast, "B"), add(cast, "C")
    url = reverse("meetings:move-topic", args=[cast.board.slug, third.pk])
    answer = signed_in(cast.secretary).post(
        url, {"place": "2027-09", "after": first.pk}, headers={"HX-Request": "true"}
    )
    assert [topic.title for topic in cast.board.planned_topics.all()] == ["A", "C", "B"]
    assert answer.content.decode().lstrip().startswith('<div id="plan"')
    assert second.title == "B"


def test_topics_wait_in_the_agendas_queue_and_are_taken_from_there(cast, signed_in):
    topic = add(cast, note="Utkast fra administrasjonen")
    meeting = meet(cast, state=Meeting.State.TENTATIVE)
    workflow.plan(meeting, by=cast.secretary)
    client = signed_in(cast.secretary)
    page = client.get(reverse("meetings:agenda", args=[cast.board.slug, meeting.slug])).content.decode()
    assert "Annual plan: september 2027. Utkast fra administrasjonen" in page
    client.post(reverse("meetings:take-case", args=[cast.board.slug, meeting.slug]), {"case": f"topic-{topic.pk}"})
    assert titles(meeting) == ["Budsjett"]
    again = client.post(
        reverse("meetings:take-case", args=[cast.board.slug, meeting.slug]), {"case": f"topic-{topic.pk}"}
    )
    assert again.status_code == 409


def test_the_plan_tells_which_case_a_topic_became_and_the_case_tells_of_the_plan(cast, signed_in):
    add(cast)
    meeting = meet(cast)
    row, client = meeting.agenda_rows.get(), signed_in(cast.secretary)
    assert f"Case {row.label}" in client.get(plan_page(cast)).content.decode()
    case = client.get(reverse("cases:case", args=[cast.board.slug, row.case_id])).content.decode()
    assert "Came from the annual plan, september 2027." in case


def test_all_topics_of_a_meeting_are_taken_at_one_press(cast, signed_in):
    add(cast, "A"), add(cast, "B")
    meeting = meet(cast, state=Meeting.State.TENTATIVE)
    workflow.plan(meeting, by=cast.secretary)
    url = reverse("meetings:take-planned", args=[cast.board.slug, meeting.slug])
    answer = signed_in(cast.secretary).post(url, {"back": "annual-plan"}, follow=True)
    assert (titles(meeting), "2 topics are cases now." in answer.content.decode()) == (["A", "B"], True)


def test_a_called_meeting_takes_a_topic_as_a_late_case(cast):
    meeting = meet(cast)
    agenda.add_row(meeting, by=cast.secretary, title="Stupetårn")
    workflow.call(meeting, by=cast.secretary, at=NOW)
    topic = add(cast, meeting=meeting)
    assert topic_cases.take_topic(meeting, topic, by=cast.secretary).is_late


def test_members_do_not_see_the_plan(cast, signed_in):
    assert [signed_in(user).get(plan_page(cast)).status_code for user in (cast.member, cast.outsider)] == [403, 404]


def test_a_full_year_costs_no_more_than_a_short_one(cast, signed_in):
    client = signed_in(cast.secretary)
    client.get(plan_page(cast))

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(plan_page(cast))
        return len(found)

    def fill(month: int) -> None:
        day = date(2027, month, 10)
        add(cast, f"Tema {month}", month=day.replace(day=1), is_yearly=True)
        meet(cast, day)
        add(cast, f"Uten møte {month}", month=day.replace(day=1))

    fill(1)
    short = cost()
    for month in range(2, 11):
        fill(month)
    assert cost() == short


@pytest.mark.parametrize("place", ["9999-12", "0001-01", "2101-01"])
def test_a_month_that_no_plan_has_is_refused_with_the_topic_still_typed(cast, signed_in, place):
    typed = {"title": "Budsjett", "place": place}
    answer = signed_in(cast.secretary).post(plan_page(cast), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert not PlannedTopic.objects.exists()
