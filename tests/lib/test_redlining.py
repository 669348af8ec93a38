"""Two versions as one text: each of them can be had back from it."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from boardroom.lib.redlining import Marks, normal, redlined

words = st.lists(
    st.sampled_from("Rådet åpner badeplassen 1. juni og lånet av hest & vogn <ikke> i «mai»".split()), max_size=8
)


@st.composite
def runs(draw):
    parts = []
    for text in draw(st.lists(words, min_size=1, max_size=3)):
        escaped = " ".join(text).replace("&", "&amp;").replace("<", "&lt;")
        wrap = draw(
            st.sampled_from(
                ["{}", "<strong>{}</strong>", "<em>{}</em>", '<a href="https://example.org">{}</a>', "{}<br>"]
            )
        )
        parts.append(wrap.format(escaped))
    return " ".join(parts)


@st.composite
def tables(draw):
    rows = draw(st.lists(st.lists(runs(), min_size=1, max_size=3), min_size=1, max_size=3))
    cells = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table><tbody>{''.join(cells)}</tbody></table>"


@st.composite
def lists(draw):
    tag = draw(st.sampled_from(["ul", "ol"]))
    items = draw(st.lists(st.tuples(runs(), st.lists(runs(), max_size=2)), min_size=1, max_size=4))
    inner = [
        one + (f"<ul>{''.join(f'<li>{each}</li>' for each in nested)}</ul>" if nested else "") for one, nested in items
    ]
    return f"<{tag}>{''.join(f'<li>{one}</li>' for one in inner)}</{tag}>"


blocks = st.one_of(runs().map("<p>{}</p>".format), runs().map("<h4>{}</h4>".format), lists(), tables())
fragments = st.lists(blocks, max_size=4).map("".join)


def without(html: str, operation: str) -> str:
    """The text with everything of the one kind taken out, and of the other kind taken in."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in [one for one in root.iter() if one.tag == operation or one.get("data-change") == operation]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in [one for one in root.iter() if one.tag in ("ins", "del")]:
        element.drop_tag()
    for element in root.iter():
        element.attrib.pop("data-change", None)
    inner = copy.deepcopy(root)
    return (inner.text or "").replace("<", "&lt;") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in inner
    )


@given(fragments, fragments)
def test_both_versions_can_be_had_back(old, new):
    both = redlined(old, new)
    assert normal(without(both, "del")) == normal(new)
    assert normal(without(both, "ins")) == normal(old)


@given(fragments)
def test_what_is_the_same_is_not_marked(text):
    assert redlined(text, text) == normal(text)


@pytest.mark.parametrize(
    "old, new, both",
    [
        (
            "<p>Rådet åpner badeplassen 1. juni.</p>",
            "<p>Rådet åpner badeplassen 15. mai.</p>",
            "<p>Rådet åpner badeplassen <del>1</del><ins>15</ins>. <del>juni</del><ins>mai</ins>.</p>",
        ),
        (
            "<ul><li>Benker</li><li>Brygge</li></ul>",
            "<ul><li>Benker</li><li>Toalett</li><li>Brygge</li></ul>",
            '<ul><li>Benker</li><li data-change="ins"><ins>Toalett</ins></li><li>Brygge</li></ul>',
        ),
        (
            "<table><tbody><tr><td>Lån</td><td>5</td></tr><tr><td>Leie</td><td>2</td></tr></tbody></table>",
            "<table><tbody><tr><td>Lån</td><td>6</td></tr></tbody></table>",
            "<table><tbody><tr><td>Lån</td><td><del>5</del><ins>6</ins></td></tr>"
            '<tr data-change="del"><td><del>Leie</del></td><td><del>2</del></td></tr></tbody></table>',
        ),
        ("<p>Nora Fjell</p>", "<p>Siri Dal</p>", "<p><del>Nora Fjell</del><ins>Siri Dal</ins></p>"),
        ("<p>Ja</p>", "<p><strong>Ja</strong></p>", "<p><del>Ja</del><ins><strong>Ja</strong></ins></p>"),
    ],
)
def test_a_change_stands_where_it_was_made(old, new, both):
    assert redlined(old, new) == both


def test_nothing_but_text_comes_through():
    both = redlined('<p onclick="x">Hei</p>', '<p>Hei <script>alert(1)</script><a href="javascript:x">du</a></p>')
    assert "script" not in both and "onclick" not in both


def test_a_change_is_read_aloud_as_one():
    both = redlined("<p>mai</p>", "<p>juni</p>", Marks(went=("tatt ut: ", "."), came=("lagt til: ", ".")))
    assert '<del><span class="ds-sr-only">tatt ut: </span>mai<span class="ds-sr-only">.</span></del>' in both
