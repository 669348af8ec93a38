"""The acceptance rule on the two real meetings; every expected value is read from their records."""

import itertools
import re

import pytest

from minutes.models import Minutes
from publishing.models import Document
from publishing.printing.fragments import plain
from publishing.printing.rendering import render_html, render_text

from .printed import html_of, imported, meeting_on, missing_in_order, sample, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def m39():
    record = sample("produktstyret-39-2023")
    imported(record)
    return record


@pytest.fixture
def p2():
    record = sample("programstyret-2021")
    imported(record)
    return record


def paragraphs(html: str) -> list[str]:
    return [plain(part) for part in re.split(r"</?(?:p|li|ul|ol)>", html) if part.strip()]


def block_strings(block: dict) -> list[str]:
    heading = " ".join(filter(None, [block.get("source_printed"), block.get("title")]))
    actions = (
        [action["text"] for action in block.get("actions", [])]
        if "report" in block["type"] or "follow" in block["type"]
        else []
    )
    texts = paragraphs(block.get("html", "")) + paragraphs(block.get("resolution", ""))
    labels = [block.get("label") or heading, *actions, block.get("resolution_label"), *texts]
    return [text for text in labels if text]


def item_strings(item: dict, titles: dict[str, str]) -> list[str]:
    if item.get("section"):
        return [item["section"]]
    strings = [item["label"], item.get("title") or titles[item["label"]], item.get("presenters_printed")]
    for block in item.get("blocks", []):
        strings += block_strings(block)
    return [text for text in strings if text]


def test_minutes_39_print_all_of_the_record_in_its_order(m39):
    meeting = m39["meetings"][1]
    titles = {row["label"]: row["title"] for row in meeting["agenda"] if row.get("label")}
    expected = [meeting["minutes"]["heading"]]
    for row in meeting["head"]:
        expected += [row["label"], row["value"]]
    expected += [row["printed"] for row in meeting["attendance"]]
    expected.append(meeting["agenda_heading"])
    for row in meeting["agenda"]:
        times = "-".join(filter(None, [row.get("start"), row.get("end")])).replace(":", ".")
        strings = [row.get("label"), row["title"], row.get("presenters_printed"), row.get("type"), times]
        expected += [text for text in strings if text]
    for item in meeting["minutes"]["items"]:
        expected += item_strings(item, titles)
    for paper in meeting["papers"]:
        expected += [paper["number"], paper["title"]]

    assert missing_in_order(text_of(meeting_on("2023-04-20"), "minutes"), expected) == []


def test_minutes_39_print_nothing_but_the_record(m39):
    """Every line is a text of the record, one of its labels, or two of its texts side by side."""
    meeting = m39["meetings"][1]
    known = {label for label in m39["board"]["layout"]["labels"].values()}

    def gather(value):
        if isinstance(value, str):
            known.update([value, *paragraphs(value)])
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            gather(inner)

    gather(meeting)
    known |= {part for row in meeting["attendance"] for part in row["group"].split(" / ")}
    known |= {f"{row['start']}-{row['end']}".replace(":", ".") for row in meeting["agenda"] if row.get("start")}
    reports = [block for item in meeting["minutes"]["items"] for block in item.get("blocks", [])]
    known |= {f"{block['source_printed']} {block['title']}" for block in reports if block.get("source_printed")}

    printed = text_of(meeting_on("2023-04-20"), "minutes").splitlines()
    assert [line for line in printed if line not in {" ".join(text.split()) for text in known}] == []


def test_attendance_of_minutes_39_stands_in_its_printed_groups(m39):
    """G39-2: eleven present, four in part, one absent, two observers, six of the secretariat."""
    lines = text_of(meeting_on("2023-04-20"), "minutes").splitlines()
    rows = m39["meetings"][1]["attendance"]
    headings = list(dict.fromkeys(part for row in rows for part in row["group"].split(" / ")))
    begins = [lines.index(heading) for heading in headings] + [lines.index(m39["meetings"][1]["agenda_heading"])]
    counts = [after - before - 1 for before, after in itertools.pairwise(begins)]
    assert counts == [0, 11, 4, 1, 2, 6]


def test_agenda_of_minutes_39_has_the_boards_four_columns(m39):
    html = html_of(meeting_on("2023-04-20"), "agenda")
    labels = m39["board"]["layout"]["labels"]
    heads = re.findall(r'<th scope="col" class="col-\w+">([^<]+)</th>', html)
    assert heads == [labels[key] for key in m39["board"]["layout"]["agenda_columns"]]


def test_the_minutes_before_39_become_approved_with_date_and_case(m39):
    """G39-5, R73: the approval stands on the approved version of the earlier minutes."""
    minutes = Minutes.objects.get(meeting=meeting_on("2023-02-09"))
    assert (minutes.state, minutes.approved_on.isoformat()) == ("approved", "2023-04-20")
    assert text_of(minutes.meeting, "minutes").splitlines()[-1] == "Godkjent 20. april 2023 i sak 1-39/23."


def test_labels_of_follow_up_sources_print_as_written(m39):
    """G39-7."""
    reports = [b for b in m39["meetings"][1]["minutes"]["items"][2]["blocks"] if b["type"] == "follow-up-report"]
    lines = text_of(meeting_on("2023-04-20"), "minutes").splitlines()
    assert [f"{b['source_printed']} {b['title']}" in lines for b in reports] == [True, True, True]


def test_attachments_of_minutes_39_stand_once_at_the_end(m39):
    """G39-12."""
    titles = [paper["title"] for paper in m39["meetings"][1]["papers"]]
    lines = text_of(meeting_on("2023-04-20"), "minutes").splitlines()
    assert [line for line in lines if line in titles] == titles
    assert lines[-1] == titles[-1]


def test_call_of_the_programme_board_prints_cards_changes_calendar_and_contacts(p2):
    """GP-2, GP-3, GP-4, GP-9, GP-11."""
    expected = []
    for seat in p2["memberships"]:
        expected += [seat["person"], seat["title"], seat["organisation"]]
    march = p2["meetings"][1]
    for change in march["representation_changes"]:
        expected.append(f"{change['incoming']} erstatter {change['outgoing']} ({change['organisation']})")
    expected += [
        "12. februar 2021 kl. 13.00-14.30",
        "(23. april 2021 kl. 13.30-15.30)",
        "1. desember 2021 kl. 13.00-15.00",
    ]
    for contact in p2["board"]["contacts"]:
        expected += [contact["role"], contact["person"], contact["email"]]
    for row in march["agenda"]:
        expected += [row["label"], row["title"], *paragraphs(row.get("description", "")), row.get("type", "")]
    assert missing_in_order(text_of(meeting_on("2021-03-12"), "call"), expected) == []


def test_february_minutes_print_two_chairs_minute_taker_and_attendance(p2):
    """GP-5."""
    february = p2["meetings"][0]
    first, second = (chair["person"] for chair in february["chairs"])
    expected = [
        february["minutes"]["heading"],
        f"{first} til kl 13.55",
        f"{second} fra 13.55 til 14.30",
        f"Referent: {february['minute_taker']}",
    ]
    for row in february["attendance"]:
        expected.append(", ".join(filter(None, [row["person"], row.get("organisation"), row.get("title")])))
    for row in february["agenda"]:
        expected += [row["label"], row["title"], *paragraphs(row.get("description", "")), row.get("type", "")]
    assert missing_in_order(text_of(meeting_on("2021-02-12"), "minutes"), expected) == []


def test_draft_and_final_differ_in_letterhead_footer_and_nothing_else(p2):
    """GP-6, R90."""
    versions = p2["meetings"][0]["minutes"]["versions"]
    documents = Document.objects.filter(meeting=meeting_on("2021-02-12"), kind="minutes").order_by("version")
    draft, final, approved = (document.content for document in documents)
    assert [draft["footer"], final["footer"]] == [version["footer"] for version in versions]
    assert [draft["letterhead"], final["letterhead"]] == [[version["letterhead"]] for version in versions]
    apart = {"footer", "letterhead", "created"}
    assert {key for key in draft if draft[key] != final[key]} == apart
    assert draft["footer"] in render_html(draft)
    assert {key for key in final if final[key] != approved[key]} == {*apart, "approval"}


def test_approved_minutes_show_when_and_in_which_case(p2):
    """GP-8, R97."""
    approval = p2["meetings"][0]["minutes"]["approval"]
    newest = Document.objects.filter(meeting=meeting_on("2021-02-12"), kind="minutes").latest("version")
    assert (
        render_text(render_html(newest.content)).splitlines()[-1]
        == f"Godkjent 12. mars 2021 i sak {approval['in_case']}."
    )


def test_summary_of_the_review_prints_each_remark_and_the_rest_apart(p2):
    """GP-7, R92, R95."""
    remarks = p2["meetings"][0]["minutes"]["review_rounds"][0]["remarks"]
    expected = [
        "17. februar 2021",
        "24. februar 2021",
        f"{remarks[0]['from']} mottatt 20. februar 2021",
        remarks[0]["status_printed"],
        "3. mars 2021",
        "Annet",
    ]
    for remark in remarks[1:]:
        expected += [remark["text"], remark["status_printed"]]
    assert missing_in_order(text_of(meeting_on("2021-02-12"), "review"), expected) == []
