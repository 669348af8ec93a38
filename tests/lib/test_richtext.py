import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.richtext import (
    RichTextRefused,
    compliant_lists,
    from_word,
    is_clean,
    is_empty,
    paragraphs,
    plain_text,
    sanitise,
)

RECORDS = Path(__file__).resolve().parents[2].parent / "shared" / "records"


def fragments_of(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from fragments_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from fragments_of(value)
    elif isinstance(node, str) and "<" in node and ">" in node:
        yield node


@pytest.mark.parametrize("name", ["produktstyret-39-2023.json", "programstyret-2021.json"])
def test_fragments_of_real_records_come_back_unchanged(name):
    if not (RECORDS / name).exists():
        pytest.skip("the sample records are not at hand")
    fragments = list(fragments_of(json.loads((RECORDS / name).read_text(encoding="utf-8"))))
    assert fragments
    for fragment in fragments:
        assert sanitise(fragment) == (fragment, [])


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "Bare tekst, \"sitat\" og 'apostrof'",
        "<p>&laquo;Sak&raquo; &amp; &quot;x&quot; – «y»\u00a0z &nbsp; &#8211;</p>",
        "<p>En<br>To<br/>Tre<br /></p>",
        '<p><a href="https://example.org/?a=1&amp;b=2">x</a> <a href="mailto:a@example.org">y</a></p>',
        '<ol start="3"><li>a<ul><li><em>b</em></li></ul></li></ol>',
        '<table><caption>T</caption><tr><th scope="row" colspan="2">a</th><td rowspan="50">b</td></tr></table>',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        '<blockquote><p><span lang="en-GB">x</span><sup>2</sup><sub>3</sub></p></blockquote><h4>a</h4><h5>b</h5>',
        "<p>a\n\n  b</p>\n<p>\tc</p>\n",
        "<ul><li><p>a</p></li></ul>",
        "<p>5 > 3</p>",
    ],
)
def test_a_fragment_in_the_subset_is_kept_byte_for_byte(fragment):
    assert is_clean(fragment)
    assert sanitise(fragment) == (fragment, [])


@pytest.mark.parametrize(
    ("fragment", "clean", "removed"),
    [
        ("<p><b>a</b> <i>b</i></p>", "<p>a b</p>", ["b", "i"]),
        ("<h1>a</h1><p>b</p>", "a\n<p>b</p>", ["h1"]),
        ("<div>a</div><div>b</div>", "a\nb", ["div"]),
        ('<p onclick="x()" class="y">a</p>', "<p>a</p>", ["p onclick", "p class"]),
        ('<a href="javascript:alert(1)">a</a>', "a", ["a href"]),
        ('<a href="/relative">a</a>', "a", ["a href"]),
        ('<a href="https://example.org" target="_blank">a</a>', '<a href="https://example.org">a</a>', ["a target"]),
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>", ["script"]),
        ("<p>a<!-- b --></p>", "<p>a</p>", ["comment"]),
        ('<p><span style="x"><span lang="en">a</span> b</span></p>',
         '<p><span lang="en">a</span> b</p>', ["span style"]),
        ('<table><tbody onclick="x"><tr><td>a</td></tr></tbody></table>',
         "<table><tbody><tr><td>a</td></tr></tbody></table>", ["tbody onclick"]),
        ('<table><tr><td colspan="x" width="3">a</td></tr></table>',
         "<table><tbody><tr><td>a</td></tr></tbody></table>", ["td colspan", "td width"]),
        ("<p>a\u202eb&#x202e;c</p>", "<p>abc</p>", ["bidi"]),
        ("<p>a<p>b", "<p>a</p><p>b</p>", []),
        ("a < b & c", "a &lt; b &amp; c", []),
        ('<p><a href="https://a.example/?a>b">x</a></p>', '<p><a href="https://a.example/?a%3Eb">x</a></p>', []),
        ("<li><table><li>", "<li></li><li></li><table></table>", []),
        ('<a href="https://ok.example" href="javascript:x">a</a>', '<a href="https://ok.example">a</a>', ["a href"]),
    ],
)  # fmt: skip
def test_what_is_outside_goes_and_its_text_stays(fragment, clean, removed):
    assert sanitise(fragment) == (clean, removed)
    assert is_clean(clean)


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("<ul><li>" * 21 + "x" + "</li></ul>" * 21, "levels"),
        ("<blockquote>" * 20_000, "levels"),
        ("<ul></b>" * 5_000, "levels"),
        ('<table><tr><td colspan="99999999">x</td></tr></table>', "99999999 columns; at most 50"),
        ("<table><tr><td ROWSPAN=51>x</td></tr></table>", "51 rows; at most 50"),
        ("<table>" + "<tr><td>x</td></tr>" * 201 + "</table>", "201 rows; at most 200"),
        ("<p>" + "å" * 100_001 + "</p>", "201 kB; at most 200 kB"),
        ("x" * 5_000_000, "5000 kB"),
        ("<ul>" + "<li></li>" * 20_000 + "</ul>", "at most 5000"),
        ("<p>a\x00b</p>", "position 5"),
        ("<p>a&#1;b</p>", "cannot be stored"),
        ("<p>\ud800</p>", "cannot be stored"),
    ],
)
def test_what_passes_a_limit_is_refused_with_a_sentence(fragment, said):
    with pytest.raises(RichTextRefused, match=said):
        sanitise(fragment)


def test_an_import_may_lose_a_span_instead():
    assert sanitise('<table><tbody><tr><td colspan="51">x</td></tr></tbody></table>', refuse_spans=False) == (
        "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ["td colspan"],
    )


@pytest.mark.parametrize(
    "payload",
    [
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<style><img src=x onerror=alert(1)></style>",
        "<form><input autofocus onfocus=alert(1)></form>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<link rel=attachment href='file:///etc/hostname'>",
    ],
)
def test_nothing_active_is_left(payload):
    clean, removed = sanitise(f"<p>før</p>{payload}<p>etter</p>")
    assert removed
    assert is_clean(clean)
    assert not {"src", "href", "on", "style"} & {part.split("=")[0] for part in clean.split() if "=" in part}


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<b>", "</b>", "<a href=\"https://a.example\">", "</a>",
     "<table>", "<tr>", "<td>", "</table>", "<tbody>", "<span>", "</span>", "a", " ", "&lt;", "&", "<", ">", "<br>",
     "<div>", "</div>"]
), max_size=15))  # fmt: skip
def test_a_sanitised_fragment_stays_as_it_is(pieces):
    clean, _removed = sanitise("".join(pieces))
    assert sanitise(clean) == (clean, [])
    compliant_lists(clean)


def test_plain_text_has_one_block_or_cell_a_line():
    html = "<p>a <strong>b</strong>\nc<br>d</p><ul><li>e</li><li><p>f</p></li></ul>"
    html += "<table><tr><td>g</td><td>&amp;</td></tr></table>"
    assert plain_text(html) == "a b c\nd\ne\nf\ng\n&"


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>&nbsp;\u200b<br></p>", "<ul><li></li></ul>"])
def test_a_fragment_that_shows_nothing_is_empty(html):
    assert is_empty(html)


def test_plain_text_becomes_paragraphs():
    assert paragraphs("a & b\nc\n\n  d\n") == "<p>a &amp; b<br>c</p><p>d</p>"


def test_dotted_paragraphs_from_word_become_a_list():
    html = (
        '<p class="MsoNormal">Før</p>'
        '<p class="MsoListParagraph"><!--[if !supportLists]--><span style="x:Symbol">·<span>&nbsp;&nbsp; </span></span>'
        "<!--[endif]-->En</p>\n<p>·\u00a0<strong>To</strong></p><p>Etter<o:p></o:p></p>"
    )
    assert from_word(html) == "<p>Før</p><ul><li>En</li><li><strong>To</strong></li></ul><p>Etter</p>"


@pytest.mark.parametrize(
    ("html", "paper"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li><span>a</span></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><span>a</span><br><span>b</span></li></ul>"),
        ("<ul><li>a<p>b</p>c</li></ul>", "<ul><li>a<br><span>b</span><br>c</li></ul>"),
        (
            "<ul><li><p>a</p><ol><li><p>b</p></li></ol><p>c</p></li></ul><p>d</p>",
            "<ul><li><span>a</span><ol><li><span>b</span></li></ol><span>c</span></li></ul><p>d</p>",
        ),
        ("<ul><li><blockquote><p>a</p></blockquote></li></ul>", "<ul><li><span>a</span></li></ul>"),
        ("<table><tr><td><p>a</p></td></tr></table>", "<table><tr><td><p>a</p></td></tr></table>"),
        ("<ul><li><h4>a</h4><em>b</em></li></ul>", "<ul><li><span>a</span><br><em>b</em></li></ul>"),
    ],
)
def test_no_block_is_left_in_a_list_item_for_paper(html, paper):
    assert compliant_lists(html) == paper
