"""The rows of signin in the route table."""

from boardroom.lib.route import Route

ROUTES: dict[str, Route] = {}
