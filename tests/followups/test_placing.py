from datetime import date, timedelta

import pytest

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from followups.carrying import arranging, placing
from followups.carrying.arranging import Words
from followups.carrying.carry import carry
from followups.models import Report
from followups.status import change_status
from meetings.models import Meeting
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting, on_agenda

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
JUNE, SEPTEMBER, NOVEMBER = date(2026, 6, 8), date(2026, 9, 14), date(2026, 11, 9)


@pytest.fixture
def held(board):
    return held_meeting(board)


@pytest.fixture
def meetings(board, held):
    """Three coming drafts, and two follow-ups carried to the first."""
    follow_up(held, "Prøver")
    follow_up(held, "Skilt", item=4)
    made = [coming_meeting(board, day, 42 + n) for n, day in enumerate((JUNE, SEPTEMBER, NOVEMBER))]
    carry(board, at=AT)
    return made


def report(title: str, meeting: Meeting | None = None) -> Report:
    found = Report.objects.filter(title=title).select_related("follow_up", "meeting__board")
    return found.get(meeting=meeting) if meeting else found.get()


def all_agendas(meetings) -> list[list[str]]:
    return [on_agenda(meeting) for meeting in meetings]


def test_what_is_taken_out_stays_out_with_reason_name_and_time_until_it_is_put_back(meetings, cast):
    june = meetings[0]
    out = placing.take_out(report("Prøver").follow_up, june, " Venter på svar. ", by=cast.secretary, at=LATER)
    carry(june.board, at=LATER)

    assert all_agendas(meetings) == [["Skilt"], [], []]
    assert (out.left_out_reason, out.left_out_by, out.left_out_at) == ("Venter på svar.", cast.secretary, LATER)
    placing.put_back(out, by=cast.secretary, at=LATER)
    assert on_agenda(june) == ["Prøver", "Skilt"]
    acts = Entry.objects.filter(act__in=["followups.leave_out", "followups.put_back"]).values_list("act", flat=True)
    assert sorted(acts) == ["followups.leave_out", "followups.put_back"]


def test_one_that_is_not_carried_yet_can_be_taken_out_too(board, held, cast):
    promised, june = follow_up(held, "Prøver"), coming_meeting(board)
    placing.take_out(promised, june, "Venter på svar.", by=cast.secretary, at=AT)
    assert (on_agenda(june), report("Prøver").is_left_out) == ([], True)


def test_the_second_of_two_secretaries_is_told_the_first_ones_reason(meetings, cast):
    one = report("Prøver")
    placing.leave_out(one, "Min grunn.", by=cast.secretary, at=AT)
    placing.leave_out(one, "Min grunn.", by=cast.secretary, at=LATER)
    with pytest.raises(TransitionRefused, match="Min grunn"):
        placing.leave_out(one, "En annen grunn.", by=cast.chair, at=LATER)
    assert Entry.objects.filter(act="followups.leave_out").count() == 1


def test_put_off_stands_in_the_later_meeting_only_with_its_words_and_comes_back_when_taken_back(meetings, cast):
    Report.objects.filter(title="Prøver").update(resolution="<p>Prøvene er tatt.</p>")
    placed = placing.put_off_to(
        report("Prøver").follow_up, meetings[1], "Fylket svarer sent.", by=cast.secretary, at=AT
    )
    carry(meetings[0].board, at=LATER)

    assert all_agendas(meetings) == [["Skilt"], ["Prøver"], []]
    assert (placed.placed_reason, report("Prøver").resolution) == ("Fylket svarer sent.", "<p>Prøvene er tatt.</p>")

    placing.take_back(placed, by=cast.secretary, at=LATER)
    assert all_agendas(meetings) == [["Skilt", "Prøver"], [], []]
    assert report("Prøver").resolution == "<p>Prøvene er tatt.</p>"


def test_put_off_again_moves_it_and_the_meeting_it_waits_for_receives_it_in_time(meetings, cast):
    promised = report("Prøver").follow_up
    placing.put_off_to(promised, meetings[1], "Fylket.", by=cast.secretary, at=AT)
    placing.put_off_to(promised, meetings[2], "Fylket igjen.", by=cast.secretary, at=LATER)
    assert all_agendas(meetings) == [["Skilt"], [], ["Prøver"]]

    Meeting.objects.filter(pk__in=[meetings[0].pk, meetings[1].pk]).update(state="held", numbers_fixed_at=AT)
    carry(meetings[0].board, at=LATER)
    assert on_agenda(meetings[2]) == ["Prøver", "Skilt"]


def test_words_prepared_for_both_meetings_are_kept_where_they_were_written(meetings, cast):
    promised = report("Prøver").follow_up
    placing.put_in(promised, meetings[1], by=cast.secretary, at=AT)
    Report.objects.filter(meeting=meetings[0], title="Prøver").update(resolution="<p>Til juni.</p>")
    Report.objects.filter(meeting=meetings[1], title="Prøver").update(resolution="<p>Til september.</p>")

    placing.put_off_to(promised, meetings[1], "Fylket.", by=cast.secretary, at=LATER)

    assert all_agendas(meetings) == [["Skilt"], ["Prøver"], []]
    june = report("Prøver", meetings[0])
    assert (june.is_left_out, june.left_out_reason, june.resolution) == (True, "Fylket.", "<p>Til juni.</p>")


def test_put_in_stands_besides_the_next_and_is_taken_back_while_nothing_is_written(meetings, cast):
    promised = report("Prøver").follow_up
    placed = placing.put_in(promised, meetings[1], by=cast.secretary, at=AT)
    assert all_agendas(meetings) == [["Prøver", "Skilt"], ["Prøver"], []]
    assert placed.row.meeting == meetings[1]
    with pytest.raises(TransitionRefused, match="already"):
        placing.put_in(promised, meetings[1], by=cast.secretary, at=AT)

    Report.objects.filter(pk=placed.pk).update(waits_for="fylket")
    with pytest.raises(TransitionRefused, match="Something is written"):
        placing.take_back(placed, by=cast.secretary, at=LATER)
    Report.objects.filter(pk=placed.pk).update(waits_for="")
    placing.take_back(placed, by=cast.secretary, at=LATER)
    assert all_agendas(meetings) == [["Prøver", "Skilt"], [], []]
    with pytest.raises(TransitionRefused, match="taken back already"):
        placing.take_back(placed, by=cast.secretary, at=LATER)


def test_nothing_is_placed_in_a_called_meeting_in_the_next_one_or_without_a_reason_nor_when_it_is_closed(
    meetings, cast
):
    promised, by = report("Prøver").follow_up, {"by": cast.secretary, "at": AT}
    with pytest.raises(TransitionRefused, match="Write why it is put off"):
        placing.put_off_to(promised, meetings[1], " ", **by)
    with pytest.raises(TransitionRefused, match="That is the next meeting"):
        placing.put_off_to(promised, meetings[0], "Fylket.", **by)
    Meeting.objects.filter(pk=meetings[1].pk).update(state="called", numbers_fixed_at=AT)
    with pytest.raises(TransitionRefused, match="The call of that meeting is sent"):
        placing.put_in(promised, Meeting.objects.get(pk=meetings[1].pk), **by)
    change_status(promised, "done", by=cast.secretary, on=TODAY, at=AT)
    with pytest.raises(TransitionRefused, match="closed"):
        placing.put_in(promised, meetings[2], **by)


def test_after_the_call_only_what_came_late_can_be_taken_out(board, meetings, cast):
    june = meetings[0]
    Meeting.objects.filter(pk=june.pk).update(state="called", numbers_fixed_at=AT)
    follow_up(held_meeting(board, date(2026, 5, 11), 50, slug="ekstra"), "Sent ute")
    carry(board, at=LATER)
    assert on_agenda(june) == ["Prøver", "Skilt", "Sent ute"]

    with pytest.raises(TransitionRefused, match="stands as it was sent"):
        placing.leave_out(report("Prøver", june), "Grunn.", by=cast.secretary, at=LATER)
    placing.leave_out(report("Sent ute", june), "Kan vente.", by=cast.secretary, at=LATER)
    carry(board, at=LATER)
    assert on_agenda(june) == ["Prøver", "Skilt"]
    placing.put_back(report("Sent ute", june), by=cast.secretary, at=LATER)
    assert on_agenda(june) == ["Prøver", "Skilt", "Sent ute"]


def test_the_order_is_changed_by_steps_and_beside_another_and_holds_through_a_carrying(meetings, cast):
    june, by = meetings[0], {"by": cast.secretary, "at": AT}
    assert arranging.move_by(report("Prøver"), 1, **by) == 2
    carry(june.board, at=LATER)
    assert on_agenda(june) == ["Skilt", "Prøver"]
    assert arranging.neighbour(report("Prøver")) == {"after": report("Skilt").pk}
    assert arranging.move_beside(report("Prøver"), before=report("Skilt").pk, **by) == 1
    assert arranging.move_by(report("Prøver"), -5, **by) == 1
    with pytest.raises(TransitionRefused, match="is gone from this meeting"):
        arranging.move_beside(report("Prøver"), after=10**6, **by)
    assert Entry.objects.filter(act="followups.move_report").count() == 2
    Meeting.objects.filter(pk=june.pk).update(numbers_fixed_at=AT)
    with pytest.raises(TransitionRefused, match="The call of that meeting is sent"):
        arranging.move_by(report("Skilt"), -1, **by)


def test_words_of_one_meeting_stay_when_the_register_changes_until_those_of_the_register_are_taken(meetings, cast):
    one, by = report("Prøver"), {"by": cast.secretary, "at": AT}
    seen, own = Words.of(one), Words("Prøver, nytt", [{"text": "Legge ut alle."}])
    arranging.word(one, own, seen=seen, **by)
    with pytest.raises(TransitionRefused, match="while you were writing"):
        arranging.word(one, Words("Mitt", []), seen=seen, **by)
    one.follow_up.title = "Badevann"
    one.follow_up.save()
    carry(meetings[0].board, at=LATER)
    assert on_agenda(meetings[0]) == ["Prøver, nytt", "Skilt"]

    arranging.use_register(one, **by)
    assert (one.title, [action["text"] for action in one.actions]) == ("Badevann", ["Sundby legger ut prøvene."])
