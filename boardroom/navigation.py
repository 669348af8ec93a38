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


def shell(request: HttpRequest) -> dict:
    """Template variables `navigation`, `languages` and `is_demo`. Reads nothing from the database."""
    path = request.path
    here = max((address for _name, address, _word in areas() if path.startswith(address)), key=len, default="")
    if here == "/" and path != "/":
        here = ""
    return {
        "navigation": [{"url": url, "word": word, "is_here": url == here} for _name, url, word in areas()],
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
    }
