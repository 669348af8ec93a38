"""Addresses of meetings."""

from django.urls import include, path

from meetings.views import agenda, attendance, boards, lists, meeting, papers

app_name = "meetings"

rows = [
    path("add/", agenda.add_row, name="add-row"),
    path("take/", agenda.take_case, name="take-case"),
    path("rows/<int:row>/", agenda.row, name="row"),
    path("rows/<int:row>/move/", agenda.move_row, name="move-row"),
    path("rows/<int:row>/remove/", agenda.remove_row, name="remove-row"),
    path("rows/<int:row>/split/", agenda.split_row, name="split-row"),
    path("rows/<int:row>/withdraw/", agenda.withdraw_row, name="withdraw-row"),
    path("rows/<int:row>/postpone/", agenda.postpone_row, name="postpone-row"),
    path("rows/<int:row>/restore/", agenda.restore_row, name="restore-row"),
]
people = [
    path("prepare/", attendance.prepare, name="prepare-attendance"),
    path("add/", attendance.add_person, name="add-person"),
    path("<int:person>/", attendance.person, name="person"),
    path("<int:person>/status/", attendance.set_status, name="set-status"),
    path("<int:person>/remove/", attendance.remove_person, name="remove-person"),
]
of_meeting = [
    path("", meeting.meeting, name="meeting"),
    path("edit/", meeting.edit, name="edit"),
    path("move/", meeting.move, name="move"),
    path("plan/", meeting.plan, name="plan"),
    path("hold/", meeting.hold, name="hold"),
    path("cancel/", meeting.cancel, name="cancel"),
    path("postpone/", meeting.postpone, name="postpone"),
    path("reopen/", meeting.reopen, name="reopen"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/", include(rows)),
    path("papers/add/", papers.add_paper, name="add-paper"),
    path("papers/<int:paper>/", papers.download, name="paper"),
    path("papers/<int:paper>/edit/", papers.edit_paper, name="edit-paper"),
    path("papers/<int:paper>/remove/", papers.remove_paper, name="remove-paper"),
    path("attendance/", attendance.attendance, name="attendance"),
    path("attendance/", include(people)),
]
urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("calendar/", lists.calendar, name="calendar"),
    path("boards/<slug:board>/numbers/", boards.numbers, name="numbers"),
    path("boards/<slug:board>/annual-plan/", boards.annual_plan, name="annual-plan"),
    path("boards/<slug:board>/calendar/", boards.board_calendar, name="board-calendar"),
    path("boards/<slug:board>/seats/<int:seat>/replace/", boards.replace_holder, name="replace-holder"),
    path("boards/<slug:board>/meetings/", lists.board_meetings, name="board-meetings"),
    path("boards/<slug:board>/meetings/new/", meeting.create, name="create"),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(of_meeting)),
]
