"""The rows of cases in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")

ROUTES: dict[str, Route] = {
    "cases:cases": Route("signed-in"),
    "cases:board-cases": Route("board", "meetings.read", "board"),
    "cases:create": Route("board", "cases.edit", "board", BOTH),
    "cases:case": Route("board", "meetings.read", "case"),
    "cases:edit": Route("board", "cases.edit", "case", BOTH),
    "cases:set-waiting": Route("board", "cases.edit", "case", ("POST",)),
}
