"""The rows of mail in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")

ROUTES: dict[str, Route] = {
    "mail:mine": Route("signed-in", methods=BOTH),
    "mail:off": Route("public", methods=BOTH),
}
