"""The rows of accounts in the route table."""

from boardroom.lib.route import Route

ROUTES: dict[str, Route] = {
    "session": Route("signed-in"),
    "sign_out": Route("signed-in", methods=("GET", "POST")),
}
