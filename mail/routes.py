"""The rows of mail in the route table."""

from boardroom.lib.route import Route

ROUTES: dict[str, Route] = {}
