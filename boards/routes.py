"""The rows of boards in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")

ROUTES: dict[str, Route] = {
    "boards:boards": Route("signed-in"),
    "boards:create": Route("signed-in", "boards.create", methods=BOTH),
    "boards:board": Route("board", "boards.read", "board"),
    "boards:edit": Route("board", "boards.edit", "board", BOTH),
    "boards:reminders": Route("board", "boards.edit", "board", BOTH),
    "boards:appoint": Route("board", "boards.appoint", "board", BOTH),
    "boards:layouts": Route("board", "boards.edit", "board"),
    "boards:new-layout": Route("board", "boards.edit", "board", BOTH),
    "boards:layout": Route("board", "boards.edit", "layout", BOTH),
    "boards:list": Route("board", "boards.edit", "board", BOTH),
    "boards:people": Route("board", "boards.read", "board"),
    "boards:find-people": Route("board", "meetings.edit", "board"),
    "boards:add-seat": Route("board", "boards.edit_people", "board", BOTH),
    "boards:seat": Route("board", "boards.edit_people", "seat", BOTH),
    "boards:end-seat": Route("board", "boards.edit_people", "seat", BOTH),
    "boards:persons": Route("board", "boards.edit_people", "board"),
    "boards:person": Route("board", "boards.edit_people", "person", BOTH),
    "boards:merge": Route("board", "boards.edit_people", "person", BOTH),
    "boards:organisations": Route("board", "boards.edit_people", "board"),
    "boards:organisation": Route("board", "boards.edit_people", "organisation", BOTH),
}
