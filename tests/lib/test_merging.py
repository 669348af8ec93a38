import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.merging import merge, pieces

words = st.lists(st.sampled_from("abcdef"), max_size=6).map(lambda ones: "".join(f"<p>{one}</p>" for one in ones))


@given(words, words, words)
def test_no_paragraph_that_either_added_is_lost(base, theirs, yours):
    merged = pieces(merge(base, theirs, yours))
    for text in (theirs, yours):
        assert {piece for piece in pieces(text) if piece not in pieces(base)} <= set(merged)


@given(words, words)
def test_a_change_of_one_alone_is_that_change(base, changed):
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed


@pytest.mark.parametrize(
    "html", ["<p>a</p><ul><li>b</li><li>c</li></ul>", "løs tekst <strong>her</strong><p>d</p>", ""]
)
def test_the_pieces_put_together_are_the_text(html):
    assert "".join(pieces(html)) == html
