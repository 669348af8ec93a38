"""Nothing is lost in print, whatever the record holds: random records made from the schema itself."""

import page
from hypothesis import HealthCheck, Phase, given, settings

from publishing.pdf import render_pdf
from publishing.printing.content import KINDS, compose
from publishing.printing.exempting import public
from publishing.printing.fragments import plain
from publishing.printing.rendering import render_html, render_text

from .generated import strategy
from .printed import squeezed

ANY_BOARD, ANY_MEETING = strategy({"$ref": "#/$defs/board"}), strategy({"$ref": "#/$defs/meeting"})
# One rule of the validator takes a compressed stream for a wrong one (ecosystem 1.2).
FALSE_ALARMS = {"PDFA3A-STREAM-LENGTH-001", "PDFUA1-STREAM-LENGTH-001"}
quiet = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
# Making a failing PDF small would take minutes; the record is shown as it is.
quick = settings(quiet, max_examples=8, phases=[Phase.generate])


def facts_of(board: dict, meeting: dict) -> dict:
    ours, theirs = board.get("layout") or {}, meeting.get("layout") or {}
    labels = {**ours.get("labels", {}), **theirs.get("labels", {})}
    layout = {**ours, **theirs, "labels": labels}
    return {"board": board, "layout": layout, "memberships": [], "calendar": [], "meeting": meeting, "as_written": True}


def front_texts(meeting: dict, board: dict) -> list:
    minutes = meeting.get("minutes") or {}
    texts = [minutes.get("heading") or board["name"], meeting.get("name"), meeting.get("minute_taker")]
    texts += [row[key] for row in meeting.get("head", []) for key in ("label", "value")]
    texts += [chair["person"] for chair in meeting.get("chairs", [])]
    for row in meeting.get("attendance", []):
        fields = ("person", "organisation", "title", "stands_in_for", "remote", "note")
        texts += [row["printed"]] if row.get("printed") else [row.get(key) for key in fields]
        texts += (row.get("group") or "").split(" / ")
    for paper in meeting.get("papers", []):
        beside = paper.get("in_list") is False and paper.get("column_title")
        texts.append(beside or paper["title"])
    return texts


def block_texts(block: dict) -> list:
    texts = [block.get("label"), plain(block.get("html")), (block.get("vote") or {}).get("printed")]
    if block["type"] in ("follow-up", "follow-up-report"):
        texts += [action["text"] for action in block.get("actions", [])]
    if block["type"] == "follow-up-report":
        texts += [block.get("source_printed") or block.get("source_label"), block["title"]]
        texts += [block.get("resolution_label"), plain(block.get("resolution"))]
    return texts


def case_texts(meeting: dict, layout: dict) -> list:
    texts = []
    if layout.get("agenda_in_minutes") != "none" and "title" in (layout.get("agenda_columns") or ["title"]):
        texts += [
            text for row in meeting.get("agenda", []) for text in (row.get("title"), plain(row.get("description")))
        ]
    for item in (meeting.get("minutes") or {}).get("items", []):
        if item.get("section"):
            texts.append(item["section"])
            continue
        texts += [item.get(key) for key in ("label", "sub_label", "title", "presenters_printed")]
        texts += [text for block in item.get("blocks", []) for text in block_texts(block)]
    return texts


@quiet
@given(ANY_BOARD, ANY_MEETING)
def test_every_printed_text_of_a_record_is_in_the_minutes(board, meeting):
    facts = facts_of(board, meeting)
    text = squeezed(render_text(render_html(compose(facts, "minutes"))))
    expected = front_texts(meeting, board) + case_texts(meeting, facts["layout"])
    assert [one for one in expected if one and squeezed(one) not in text] == []


@settings(quiet, max_examples=30)
@given(ANY_BOARD, ANY_MEETING)
def test_every_kind_and_variant_of_any_record_is_printed(board, meeting):
    facts = facts_of(board, meeting)
    for given_facts in (facts, public(facts), {**facts, "as_written": False}):
        for kind in KINDS:
            html = render_html(compose(given_facts, kind, version={"kind": "approved", "on": "2026-01-01"}))
            assert render_text(html) != ""


@quick
@given(ANY_BOARD, ANY_MEETING)
def test_every_pdf_keeps_both_standards(board, meeting):
    pdf = render_pdf(render_html(compose(facts_of(board, meeting), "minutes")))
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    results = [page.validate_pdf_bytes(pdf, profile=profile) for profile in profiles]
    assert {failure.rule_id for result in results for failure in result.failures} - FALSE_ALARMS == set()
