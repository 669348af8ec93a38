"""Addresses of boards."""

from django.urls import include, path

from boards.views import boards, find, people, register, settings

app_name = "boards"

of_board = [
    path("", boards.board, name="board"),
    path("edit/", boards.edit, name="edit"),
    path("appoint/", boards.appoint, name="appoint"),
    path("reminders/", settings.reminders, name="reminders"),
    path("layouts/", settings.layouts, name="layouts"),
    path("layouts/new/", settings.new_layout, name="new-layout"),
    path("layouts/<int:layout>/", settings.layout, name="layout"),
    path("lists/<slug:kind>/", settings.board_list, name="list"),
    path("people/", people.people, name="people"),
    path("people/find/", find.find_people, name="find-people"),
    path("seats/new/", people.add_seat, name="add-seat"),
    path("seats/<int:seat>/", people.seat, name="seat"),
    path("seats/<int:seat>/end/", people.end_seat, name="end-seat"),
    path("persons/", register.persons, name="persons"),
    path("persons/<int:person>/", register.person, name="person"),
    path("persons/<int:person>/merge/<int:other>/", register.merge, name="merge"),
    path("organisations/", register.organisations, name="organisations"),
    path("organisations/<int:organisation>/", register.organisation, name="organisation"),
]
urlpatterns = [
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.create, name="create"),
    path("boards/<slug:board>/", include(of_board)),
]
