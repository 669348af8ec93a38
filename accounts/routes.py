"""The rows of accounts in the route table."""

from boardroom.lib.route import Route

ROUTES: dict[str, Route] = {
    "sign_in": Route("public", methods=("GET", "POST")),
    "sign_in_as": Route("public", methods=("POST",)),
    "session": Route("signed-in"),
    "sign_out": Route("signed-in", methods=("GET", "POST")),
}
