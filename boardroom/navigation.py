"""What every page's frame needs: the main areas, where we are, and the languages."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# URL name and word of each main area; an area appears when its address exists.
AREAS = (
    ("home", _("Desk")),
    ("meetings:meetings", _("Meetings")),
    ("boards:boards", _("Boards")),
    ("cases:cases", _("Cases")),
    ("followups", _("Follow-up")),
    ("meetings:calendar", _("Calendar")),
)

# The area that an app's pages inside a board belong to.
AREA_OF = {
    "boards": "boards:boards",
    "cases": "cases:cases",
    "followups": "followups",
    "meetings": "meetings:meetings",
    "minutes": "meetings:meetings",
    "publishing": "meetings:meetings",
}


@cache
def areas() -> list[tuple[str, str, object]]:
    """(URL name, address, word) of the areas that exist."""
    found = []
    for name, word in AREAS:
        try:
            found.append((name, reverse(name), word))
        except NoReverseMatch:
            continue
    return found


def _here(request: HttpRequest) -> str:
    """The address of the area the page belongs to: its own, else that of its app."""
    if any(request.path == address for _name, address, _word in areas()):
        return request.path
    app = request.resolver_match.namespace if request.resolver_match else ""
    return next((address for name, address, _word in areas() if name == AREA_OF.get(app)), "")


def shell(request: HttpRequest) -> dict:
    """Template variables `navigation`, `languages` and `is_demo`. Reads nothing from the database."""
    here = _here(request)
    return {
        "navigation": [{"url": url, "word": word, "is_here": url == here} for _name, url, word in areas()],
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
    }
