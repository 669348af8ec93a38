"""What the sanitiser took out of a text that was sent, said to who sent it: nothing is corrected silently."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import trigger_client_event

from boardroom.lib.fields import RichTextField

# What the editor itself writes on its elements, which says nothing of the text.
OF_EDITOR = frozenset(["ol data-type", "ol type", "td colwidth", "th colwidth", "a title", "a rel", "a target"])
WORDS = {
    "pictures": gettext_lazy("pictures"),
    "embedded": gettext_lazy("embedded content"),
    "headings": gettext_lazy("headings of a level the text does not have"),
    "links": gettext_lazy("links whose address cannot be kept"),
    "invisible": gettext_lazy("invisible characters"),
    "formatting": gettext_lazy("formatting"),
}
_KINDS = {
    "pictures": ["img", "picture", "figure"],
    "embedded": "script iframe object embed video audio svg canvas form input button select textarea".split(),
    "headings": ["h1", "h2", "h3", "h6"],
    "links": ["a href"],
    "invisible": ["bidi"],
}
_KIND_OF = {mark: kind for kind, marks in _KINDS.items() for mark in marks}


def left_out(form: forms.Form) -> str:
    """One sentence about all rich texts of a form that was cleaned, or ""."""
    texts = [field for field in form.fields.values() if isinstance(field, RichTextField)]
    removed = {mark for field in texts for mark in field.removed} - OF_EDITOR - {"comment"}
    kinds = {_KIND_OF.get(mark, "formatting") for mark in removed}
    if not kinds:
        return ""
    what = ", ".join(str(word) for kind, word in WORDS.items() if kind in kinds)
    return _("Left out of the text: %(what)s.") % {"what": what}


def told(request: HttpRequest, response: HttpResponse, form: forms.Form, key: str = "") -> HttpResponse:
    """The answer to a saved form with that sentence: beside the editor (`key` is the form's `data-keep`), or on the next page."""
    sentence = left_out(form) if response.status_code < 400 else ""
    if not sentence:
        return response
    if not request.htmx:
        messages.warning(request, sentence)
        return response
    return trigger_client_event(response, "left-out", {"key": key, "what": sentence})
