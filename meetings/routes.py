"""The rows of meetings in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")
POST = ("POST",)


def _route(act: str, methods: tuple[str, ...] = ("GET",), object: str = "meeting") -> Route:
    return Route("board", act, object, methods)


ROUTES: dict[str, Route] = {
    "meetings:meetings": Route("signed-in"),
    "meetings:calendar": Route("signed-in"),
    "meetings:numbers": _route("boards.edit", BOTH, "board"),
    "meetings:board-calendar": _route("meetings.read", object="board"),
    **{
        f"meetings:{name}": _route("meetings.edit", BOTH, "board")
        for name in ("annual-plan", "generate", "calendar-dates")
    },
    "meetings:topic": _route("meetings.edit", BOTH, "topic"),
    "meetings:move-topic": _route("meetings.edit", POST, "topic"),
    "meetings:remove-topic": _route("meetings.edit", POST, "topic"),
    "meetings:repeat-topics": _route("meetings.edit", POST, "board"),
    "meetings:take-planned": _route("meetings.edit", POST),
    "meetings:shield-row": _route("meetings.edit", POST, "row"),
    "meetings:replace-holder": _route("boards.edit_people", BOTH, "seat"),
    "meetings:board-meetings": _route("meetings.read", object="board"),
    "meetings:create": _route("meetings.edit", BOTH, "board"),
    "meetings:meeting": _route("meetings.read"),
    **{f"meetings:{name}": _route("meetings.edit", BOTH) for name in ("edit", "move", "cancel", "postpone")},
    "meetings:tell": _route("meetings.send_call", BOTH),
    "meetings:calendar-file": _route("meetings.read"),
    "meetings:feed": Route("public", object="feed"),
    "meetings:renew-feed": Route("signed-in", methods=POST),
    "meetings:reopen": _route("minutes.reopen", BOTH),
    **{f"meetings:{name}": _route("meetings.edit", POST) for name in ("plan", "hold", "close", "add-row", "take-case")},
    **{f"meetings:{name}": _route("meetings.edit", POST) for name in ("add-standing", "put-back", "move-end")},
    "meetings:agenda": _route("meetings.read"),
    **{
        f"meetings:{name}": _route("meetings.edit", BOTH, "row")
        for name in ("row", "withdraw-row", "postpone-row", "remove-row")
    },
    **{
        f"meetings:{name}": _route("meetings.edit", POST, "row")
        for name in ("move-row", "split-row", "restore-row", "drop-papers", "choose-row")
    },
    "meetings:add-paper": _route("meetings.edit", BOTH),
    "meetings:paper": _route("meetings.read", object="paper"),
    "meetings:edit-paper": _route("meetings.edit", BOTH, "paper"),
    "meetings:remove-paper": _route("meetings.edit", POST, "paper"),
    "meetings:answer": _route("meetings.answer_call", BOTH),
    "meetings:answers": _route("meetings.send_call"),
    "meetings:remind": _route("meetings.send_call", POST),
    **{
        f"meetings:{name}": _route("meetings.send_call", POST, "seat")
        for name in ("answer-for", "call-deputy", "release-deputy")
    },
    "meetings:attendance": _route("meetings.read"),
    "meetings:prepare-attendance": _route("meetings.take_attendance", POST),
    "meetings:add-person": _route("meetings.take_attendance", BOTH),
    "meetings:person": _route("meetings.take_attendance", BOTH, "attendance"),
    "meetings:set-status": _route("meetings.take_attendance", POST, "attendance"),
    "meetings:remove-person": _route("meetings.take_attendance", POST, "attendance"),
}
