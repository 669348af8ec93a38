"""Addresses of meetings."""

from django.urls import include, path

from meetings.views import (
    agenda,
    annual_plan,
    answers,
    attendance,
    boards,
    calendar,
    calendar_files,
    generating,
    lists,
    meeting,
    moving,
    papers,
    row_conflict,
    row_form,
    shielding,
    telling,
)
from meetings.views import rows as row_acts

app_name = "meetings"

plan = [
    path("", annual_plan.annual_plan, name="annual-plan"),
    path("meetings/", generating.generate, name="generate"),
    path("repeat/", annual_plan.repeat_topics, name="repeat-topics"),
    path("topics/<int:topic>/", annual_plan.topic, name="topic"),
    path("topics/<int:topic>/move/", annual_plan.move_topic, name="move-topic"),
    path("topics/<int:topic>/remove/", annual_plan.remove_topic, name="remove-topic"),
]
rows = [
    path("add/", row_acts.add_row, name="add-row"),
    path("take/", row_acts.take_case, name="take-case"),
    path("standing/", row_acts.add_standing, name="add-standing"),
    path("put-back/", row_acts.put_back, name="put-back"),
    path("end/", row_acts.move_end, name="move-end"),
    path("rows/<int:row>/", row_form.row, name="row"),
    path("rows/<int:row>/choose/", row_conflict.choose_row, name="choose-row"),
    path("rows/<int:row>/papers/", row_form.drop_papers, name="drop-papers"),
    path("rows/<int:row>/move/", row_acts.move_row, name="move-row"),
    path("rows/<int:row>/remove/", row_acts.remove_row, name="remove-row"),
    path("rows/<int:row>/split/", row_acts.split_row, name="split-row"),
    path("rows/<int:row>/withdraw/", row_acts.withdraw_row, name="withdraw-row"),
    path("rows/<int:row>/postpone/", row_acts.postpone_row, name="postpone-row"),
    path("rows/<int:row>/restore/", row_acts.restore_row, name="restore-row"),
]
people = [
    path("prepare/", attendance.prepare, name="prepare-attendance"),
    path("add/", attendance.add_person, name="add-person"),
    path("<int:person>/", attendance.person, name="person"),
    path("<int:person>/status/", attendance.set_status, name="set-status"),
    path("<int:person>/remove/", attendance.remove_person, name="remove-person"),
]
asked = [
    path("", answers.answers, name="answers"),
    path("remind/", answers.remind, name="remind"),
    path("<int:asked>/", answers.answer_for, name="answer-for"),
    path("<int:asked>/deputy/", answers.call_deputy, name="call-deputy"),
    path("<int:asked>/release/", answers.release_deputy, name="release-deputy"),
]
of_meeting = [
    path("", meeting.meeting, name="meeting"),
    path("edit/", meeting.edit, name="edit"),
    path("move/", moving.move, name="move"),
    path("tell/", telling.tell, name="tell"),
    path("meeting.ics", calendar_files.meeting_file, name="calendar-file"),
    path("plan/", meeting.plan, name="plan"),
    path("hold/", meeting.hold, name="hold"),
    path("cancel/", meeting.cancel, name="cancel"),
    path("postpone/", meeting.postpone, name="postpone"),
    path("close/", meeting.close, name="close"),
    path("reopen/", meeting.reopen, name="reopen"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/", include(rows)),
    path("agenda/take-planned/", annual_plan.take_planned, name="take-planned"),
    path("agenda/rows/<int:row>/shield/", shielding.shield_row, name="shield-row"),
    path("papers/add/", papers.add_paper, name="add-paper"),
    path("papers/<int:paper>/", papers.download, name="paper"),
    path("papers/<int:paper>/edit/", papers.edit_paper, name="edit-paper"),
    path("papers/<int:paper>/remove/", papers.remove_paper, name="remove-paper"),
    path("answer/", answers.answer, name="answer"),
    path("answers/", include(asked)),
    path("attendance/", attendance.attendance, name="attendance"),
    path("attendance/", include(people)),
]
urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/", calendar_files.renew, name="renew-feed"),
    path("calendar/<str:token>.ics", calendar_files.feed, name="feed"),
    path("boards/<slug:board>/numbers/", boards.numbers, name="numbers"),
    path("boards/<slug:board>/annual-plan/", include(plan)),
    path("boards/<slug:board>/calendar/", calendar.board_calendar, name="board-calendar"),
    path("boards/<slug:board>/calendar/dates/", annual_plan.calendar_dates, name="calendar-dates"),
    path("boards/<slug:board>/seats/<int:seat>/replace/", boards.replace_holder, name="replace-holder"),
    path("boards/<slug:board>/meetings/", lists.board_meetings, name="board-meetings"),
    path("boards/<slug:board>/meetings/new/", meeting.create, name="create"),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(of_meeting)),
]
