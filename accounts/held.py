"""A form that was sent after the session had ended: what was typed rides along through signing in (F21).

It stands in the sign-in page as hidden fields, waits in the session while a second step is taken, and then stands in a
page from which it is sent again. With JavaScript the browser keeps it besides (static/js/keep.js).
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.http import url_has_allowed_host_and_scheme

ADDRESS, FIELD = "held_address", "held:"
CHARACTERS_MAX = 1_000_000
KEY, CHARACTERS_KEPT_MAX = "held", 200_000


@dataclass(frozen=True)
class Held:
    """Where the form was sent to, and its fields in order."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool = False

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields of the sign-in form that carry it."""
        files = [(f"{FIELD}", "files")] if self.had_files else []
        return [(ADDRESS, self.address), *((FIELD + name, value) for name, value in self.fields), *files]

    @property
    def texts(self) -> list[str]:
        """What a person wrote in it, to be read again before it is sent."""
        said = [strip_tags(value.replace("</p>", "</p>\n")).strip() for _name, value in self.fields]
        return [text for text in said if len(text) > 3 and any(letter.isalpha() for letter in text)]


def sent_too_late(request: HttpRequest) -> Held | None:
    """The form in this POST; None where nothing was filled in, or too much for a page."""
    left_out = {"csrfmiddlewaretoken", "keep_receipt"}
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if value and name not in left_out
    ]
    if not fields or sum(len(value) for _name, value in fields) > CHARACTERS_MAX:
        return None
    return Held(request.get_full_path(), fields, bool(request.FILES))


def carried(request: HttpRequest) -> Held | None:
    """The form that rode along through the sign-in page; None where there is none or its address is not of this site."""
    address = request.POST.get(ADDRESS, "")
    is_own = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    if not is_own or not address.isprintable():
        return None
    names = [name for name in request.POST if name.startswith(FIELD) and name != FIELD]
    fields = [(name.removeprefix(FIELD), value) for name in names for value in request.POST.getlist(name)]
    return Held(address, fields, FIELD in request.POST)


def keep(request: HttpRequest) -> None:
    """The form that rode along waits in the session until one has signed in."""
    found = carried(request)
    if found and sum(len(value) for _name, value in found.fields) <= CHARACTERS_KEPT_MAX:
        request.session[KEY] = {"address": found.address, "fields": found.fields, "had_files": found.had_files}


def taken(request: HttpRequest) -> Held | None:
    """The form that waited, which waits no longer."""
    found = request.session.pop(KEY, None)
    return Held(found["address"], [tuple(one) for one in found["fields"]], found["had_files"]) if found else None
