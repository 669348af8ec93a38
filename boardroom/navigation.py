"""What every page's frame needs: the main areas, where we are, and the languages."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from boards.roles import keeps_a_board
from mail import folder

# URL name, word and key of each main area; an area appears when its address exists.
AREAS = (
    ("home", _("Desk"), "G D"),
    ("my_page", _("My page"), "G N"),
    ("meetings:meetings", _("Meetings"), "G M"),
    ("cases:cases", _("Cases"), "G S"),
    ("followups", _("Follow-up"), "G O"),
    ("meetings:calendar", _("Calendar"), "G K"),
)

# The area that an app's pages inside a board belong to.
AREA_OF = {
    "cases": "cases:cases",
    "followups": "followups",
    "meetings": "meetings:meetings",
    "minutes": "meetings:meetings",
    "publishing": "meetings:meetings",
}
OWN_AREA = {"meetings:board-calendar": "meetings:calendar", "meetings:annual-plan": "meetings:calendar"}


@cache
def areas() -> list[tuple[str, str, object, str]]:
    """(URL name, address, word, key) of the areas that exist."""
    found = []
    for name, word, key in AREAS:
        try:
            found.append((name, reverse(name), word, key))
        except NoReverseMatch:
            continue
    return found


def _here(request: HttpRequest) -> str:
    """The address of the area the page belongs to: its own, else that of its app where it is a page of some board."""
    if any(request.path == address for _name, address, _word, _key in areas()):
        return request.path
    match = request.resolver_match
    app = match.namespace if match and match.kwargs else ""
    area = OWN_AREA.get(match.view_name, AREA_OF.get(app)) if match else None
    return next((address for name, address, _word, _key in areas() if name == area), "")


def shell(request: HttpRequest) -> dict:
    """Template variables `navigation`, `languages`, `is_demo` and `keeps_mail`.

    Only a page that shows the navigation asks who it is for.
    """
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        "keeps_mail": folder.is_open(),
    }


def _navigation(request: HttpRequest) -> list[dict]:
    """The areas for this user: a desk is for who keeps a board."""
    here, has_desk = _here(request), keeps_a_board(request.user)
    return [
        {"url": url, "word": word, "key": key, "is_here": url == here}
        for name, url, word, key in areas()
        if has_desk or name != "home"
    ]
