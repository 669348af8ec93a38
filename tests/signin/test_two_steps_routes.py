"""Where a board asks for two steps, no address shows or does anything before the second (A16)."""

from django.db import connection
from django.test import Client

from accounts.models import User
from boards.models import Board
from tests.demo import demo  # noqa: F401
from tests.test_access_matrix import Writes, cells

GATE = "/my/security/two-steps/"
OWN = {"home", "my_page", "boards:boards", "meetings:meetings", "meetings:calendar", "cases:cases", "publishing:find"}


def test_no_route_shows_or_does_anything_before_the_second_step(demo, db):  # noqa: F811
    Board.objects.filter(pk=demo.board.pk).update(second_factor="everybody")
    client, wrong, asked = Client(), [], 0
    client.force_login(User.objects.get(username="medlem"))
    for name, route, address, _state, method in cells(demo, ("in review",)):
        if route.audience != "board" and name not in OWN:
            continue
        asked, writes = asked + 1, Writes()
        with connection.execute_wrapper(writes):
            answer = client.get(address) if method == "GET" else client.post(address)
        is_led = answer.status_code == 302 and answer["Location"].startswith(GATE)
        is_refused = answer.status_code == 403 and "asks for a second step" in answer.text
        if not (is_led if method == "GET" else is_refused) or writes.found:
            wrong.append(f"{method} {name}: {answer.status_code} {writes.found}")
    assert wrong == [] and asked > 100
