"""A document's content as part of a page: the article alone, without the paper's furniture, below the page's own heading."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publishing.printing.rendering import render_html

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_BLOCK = re.compile(r'<div class="block [^"]*">.*?</div>', re.DOTALL)
_LETTERHEAD = re.compile(r'<header class="letterhead">.*?</header>\s*', re.DOTALL)


def article(content: dict) -> SafeString:
    """The `<article>` of the document's HTML; its heading is a paragraph, because the page has an `h1` of its own.

    Safe to show: the document's template has escaped every text, and rich text was sanitised when it was frozen.
    """
    found = _ARTICLE.search(render_html(content))
    if found is None:
        raise ValueError("The document's HTML has no article.")
    plain = _LETTERHEAD.sub("", found.group())
    heading = re.sub(r"<h1>(.*?)</h1>", r'<p class="document-heading">\1</p>', plain, count=1, flags=re.DOTALL)
    language = content["language"]
    return SafeString(heading.replace("<article ", f'<article lang="{language}" ', 1))


def kept(page_html: str) -> SafeString:
    """An article that was rendered by `article` when its document was published, and kept since."""
    return SafeString(page_html)


def with_notes(page_html: str, notes: dict[int, list]) -> SafeString:
    """The kept article with a note beside each block of it that has one: the column is the record, the margin the present.

    `notes` are the tracker's lines by the number of the block. A block of the document's template has no `div` inside.
    """
    number = -1

    def beside(block: re.Match) -> str:
        nonlocal number
        number += 1
        if number not in notes:
            return block.group()
        note = render_to_string("publishing/_tracker_note.html", {"lines": notes[number]})
        return f'<div class="noted">{block.group()}{note}</div>'

    return SafeString(_BLOCK.sub(beside, page_html) if notes else page_html)
