import pytest

from boardroom.lib.differences import marked


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("<p>likt</p>", "<p>likt</p>", "<p>likt</p>"),
        ("<p>ett nytt ord</p>", "<p>ett ord</p>", "<p>ett <ins>nytt </ins>ord</p>"),
        ("<p>a</p><p>b</p>", "<p>a</p>", "<p>a</p><p><ins>b</ins></p>"),
        ("<p>a &amp; b</p>", "<p>a b</p>", "<p>a <ins>&amp; </ins>b</p>"),
        ("<ul><li>x</li>\n<li>y</li></ul>", "<ul><li>x</li></ul>", "<ul><li>x</li>\n<li><ins>y</ins></li></ul>"),
        ("", "<p>a</p>", ""),
    ],
)
def test_what_only_one_text_says_is_marked_in_it(one, other, shown):
    assert marked(one, other, "ins") == shown


def test_a_long_text_is_compared_by_paragraphs_and_stays_whole():
    long = "".join(f"<p>avsnitt {number} med ord og mer</p>" for number in range(2000))
    shown = marked(long + "<p>nytt</p>", long, "ins")

    assert shown == long + "<p><ins>nytt</ins></p>"
