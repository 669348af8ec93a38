"""Rich text on its way to paper: allow-listed, tagged as the standards want it, and with its words kept."""

import pytest

from publishing.printing.fragments import Setting


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li><p>A</p><p>B</p></li></ul>", "<ul><li><span>A</span><br><span>B</span></li></ul>"),
        (
            "<ul><li>A<ul><li><p>B</p></li></ul></li></ul>",
            "<ul><li><span>A</span><ul><li><span>B</span></li></ul></li></ul>",
        ),
        ("<ol start='3'><li>A</li></ol>", '<ol start="3"><li><span>A</span></li></ol>'),
        ("<h4>A</h4><h5>B</h5>", '<h4 class="subhead">A</h4><h5 class="subhead">B</h5>'),
        ("<h5>B</h5>", '<h4 class="subhead">B</h4>'),
        ("loose <strong>text</strong><p>A</p>", "<p>loose <strong>text</strong></p><p>A</p>"),
        ("<p> </p><p>A</p>", "<p>A</p>"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p><span lang='en'>A</span></p>", '<p><span lang="en">A</span></p>'),
    ],
)
def test_blocks_are_set_for_paper(html, expected):
    assert Setting().fragment(html, 4) == expected


def test_headings_in_a_table_cell_are_bold_lines():
    assert Setting().fragment("<h4>A</h4>") == '<p class="subhead">A</p>'


def test_a_table_has_heads_with_scope_and_keeps_its_spans():
    html = "<table><thead><tr><th>A</th><th colspan='2'>B</th></tr></thead><tbody><tr><th>C</th><td><p>D</p></td><td>E</td></tr><tr><td>F</td></tr></tbody></table>"
    assert Setting().fragment(html) == (
        '<table class="text-table"><thead><tr><th scope="col">A</th><th colspan="2" scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">C</th><td>D</td><td>E</td></tr>'
        "<tr><td>F</td><td></td><td></td></tr></tbody></table>"
    )


def test_a_table_with_heads_of_rows_has_one_in_every_row():
    html = "<table><tbody><tr><th>A</th><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>"
    assert Setting().fragment(html) == (
        '<table class="text-table"><tbody><tr><th scope="row">A</th><td>B</td></tr>'
        '<tr><th scope="row">C</th><td>D</td></tr></tbody></table>'
    )


def test_emphasis_in_a_link_is_a_link_in_the_emphasis():
    link = '<a class="address" href="https://x.example/">'
    assert (
        Setting().fragment('<p><a href="https://x.example/">A <em>B</em></a></p>')
        == f"<p>{link}A </a><em>{link}B</a></em></p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x()>A</p><script>alert(1)</script>",
        "<p><a href='javascript:x()'>A</a><img src=x onerror=x()></p>",
        "<p>A<svg><style><img src=x></style></svg></p>",
        "<p>A<iframe src='file:///etc/passwd'></iframe></p>",
    ],
)
def test_nothing_active_is_printed(html):
    assert Setting().fragment(html) == "<p>A</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sak 3-39/23 nå", 'sak <span class="nowrap">3-39/23</span> nå'),
        ("den 8. februar 2024", 'den <span class="nowrap">8. februar</span> 2024'),
        ("kl. 12.45 og § 23", '<span class="nowrap">kl. 12.45</span> og <span class="nowrap">§ 23</span>'),
        ("se www.x.no/a.", 'se <a class="address" href="https://www.x.no/a">www.x.no/a</a>.'),
        ("(https://x.no/a(b))", '(<a class="address" href="https://x.no/a(b)">https://x.no/a(b)</a>)'),
        ("a & b < c", "a &amp; b &lt; c"),
    ],
)
def test_figures_hold_together_and_addresses_are_links(text, expected):
    assert Setting().line(text) == expected


def test_references_that_resolve_are_links_and_longer_numbers_are_not_cut():
    setting = Setting({"1-39/23": "#case-1-39-23"})
    link = '<a class="nowrap" href="#case-1-39-23">1-39/23</a>'
    assert (
        setting.fragment("<p>se 1-39/23, ikke 11-39/23</p>")
        == f'<p>se {link}, ikke <span class="nowrap">11-39/23</span></p>'
    )
