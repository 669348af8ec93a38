"""A document's content as part of a page: the article alone, without the paper's furniture, below the page's own heading."""

import re

from publishing.printing.rendering import render_html

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_LETTERHEAD = re.compile(r'<header class="letterhead">.*?</header>\s*', re.DOTALL)


def article(content: dict) -> str:
    """The `<article>` of the document's HTML; its heading is a paragraph, because the page has an `h1` of its own."""
    found = _ARTICLE.search(render_html(content))
    if found is None:
        raise ValueError("The document's HTML has no article.")
    plain = _LETTERHEAD.sub("", found.group())
    heading = re.sub(r"<h1>(.*?)</h1>", r'<p class="document-heading">\1</p>', plain, count=1, flags=re.DOTALL)
    language = content["language"]
    return heading.replace("<article ", f'<article lang="{language}" ', 1)
