"""The rows of mail in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")

ROUTES: dict[str, Route] = {
    "mail:mine": Route("signed-in", methods=BOTH),
    "mail:off": Route("public", methods=BOTH),
    "mail:folder": Route("signed-in", object="mail"),
    "mail:mail": Route("signed-in", object="mail"),
    "mail:as-read": Route("signed-in", object="mail"),
    "mail:part": Route("signed-in", object="mail"),
    "mail:board": Route("board", "meetings.send_call", "board"),
    "mail:send-again": Route("board", "meetings.send_call", "board", ("POST",)),
}
