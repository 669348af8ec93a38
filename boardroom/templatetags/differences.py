"""Two texts beside each other: `{% load differences %}{{ theirs|lacking:yours }}` and `{{ yours|adding:theirs }}`."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from boardroom.lib.differences import marked
from boardroom.lib.richtext import sanitise

register = template.Library()


@register.filter
def lacking(html: str, other: str) -> SafeString:
    """The fragment, with what `other` does not have struck out."""
    return _marked(html, other, "del")


@register.filter
def adding(html: str, other: str) -> SafeString:
    """The fragment, with what `other` does not have marked as new."""
    return _marked(html, other, "ins")


@register.filter
def lacking_words(text, other) -> SafeString:
    """As `lacking`, for plain text."""
    return SafeString(marked(_plain(text), _plain(other), "del"))


@register.filter
def adding_words(text, other) -> SafeString:
    """As `adding`, for plain text."""
    return SafeString(marked(_plain(text), _plain(other), "ins"))


def _marked(html: str, other: str, tag: str) -> SafeString:
    # Sanitised here, as by the filter `fragment`; what is put in are the two elements alone.
    one, another = (sanitise(each or "", refuse_spans=False)[0] for each in (html, other))
    return SafeString(marked(one, another, tag))


def _plain(text) -> str:
    return escape("" if text is None else text)
