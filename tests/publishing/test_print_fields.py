"""What is printed of each field of the format, and what never is (print-and-exchange)."""

import pytest

from publishing.printing.content import compose
from publishing.printing.rendering import render_html, render_text

from . import wide_record


def facts(language: str = "nb", **changes) -> dict:
    record = wide_record.record(**changes)
    meeting = record["meetings"][0]
    layout = meeting.get("layout")
    return {
        "board": {**record["board"], "language": language},
        "layout": record["board"]["layout"] if layout is None else layout,
        "memberships": record["memberships"],
        "calendar": record["calendar"],
        "meeting": meeting,
        "as_written": True,
    }


def lines(kind: str = "minutes", *, version: dict | None = None, language: str = "nb", **changes) -> list[str]:
    return render_text(render_html(compose(facts(language, **changes), kind, version=version))).splitlines()


def minutes_of(blocks: list[dict], **item) -> dict:
    return {"state": "draft", "items": [{"label": "PS 1/26", "blocks": blocks, **item}]}


def block_lines(*blocks: dict, language: str = "nb") -> list[str]:
    """The lines that the blocks of one case print below its title."""
    shown = lines(
        minutes=minutes_of(list(blocks)), agenda=[], papers=[], attendance=[], treatment_order=[], language=language
    )
    return shown[shown.index("PS 1/26") + 1 :]


def test_blocks_print_label_title_text_and_the_printed_vote_in_order():
    vote = {"kind": "counted", "for": 6, "against": 5, "printed": "Vedtatt med 6 mot 5 stemmer."}
    decision = {
        "type": "decision",
        "label": "Vedtak",
        "kind": "decided",
        "html": "<p>Ja.</p><p>Straks.</p>",
        "vote": vote,
    }
    assert block_lines(decision) == ["Vedtak", "Ja.", "Straks.", "Vedtatt med 6 mot 5 stemmer."]


def test_no_sentence_is_made_of_a_vote_beside_a_text():
    decision = {"type": "decision", "kind": "decided", "html": "<p>Ja.</p>", "vote": {"kind": "unanimous"}}
    assert block_lines(decision) == ["Ja."]


@pytest.mark.parametrize(
    ("language", "vote", "expected"),
    [
        ("nb", {"kind": "unanimous"}, ["Enstemmig."]),
        ("nn", {"kind": "unanimous", "for": 7}, ["Samrøystes (7 røyster)."]),
        (
            "en",
            {"kind": "counted", "for": 4, "against": 4, "casting_vote": "A. Dal"},
            ["4 for, 4 against.", "Casting vote: A. Dal."],
        ),
        (
            "nb",
            {"kind": "named", "for_by": [{"person": "A. Dal", "party": "FL"}], "against_by": ["B. Li"]},
            ["For: A. Dal (FL).", "Mot: B. Li."],
        ),
    ],
)
def test_a_vote_without_text_or_result_becomes_a_sentence_in_the_documents_language(language, vote, expected):
    assert block_lines({"type": "vote", "vote": vote}, language=language) == expected


def test_statements_name_their_person_once():
    unnamed = {"type": "statement", "kind": "dissent", "person": "Tor Sandbakk", "html": "<p>Uenig.</p>"}
    named = {"type": "statement", "kind": "dissent", "person": "Tor Sandbakk", "html": "<p>Sandbakk er uenig.</p>"}
    labelled = {**unnamed, "label": "Protokolltilførsel:"}
    assert block_lines(unnamed) == ["Dissens fra Tor Sandbakk:", "Uenig."]
    assert block_lines(named) == ["Sandbakk er uenig."]
    assert block_lines(labelled) == ["Protokolltilførsel:", "Uenig."]


def test_a_disqualification_prints_its_text_or_else_a_sentence():
    fields = {"type": "disqualification", "person": "Petter Holm", "basis": "fvl. § 6", "deputy": "Siv Gaino"}
    assert block_lines(fields) == ["Petter Holm er inhabil, jf. fvl. § 6. Siv Gaino tiltrådte."]
    assert block_lines({**fields, "html": "<p>Holm fratrådte.</p>"}) == ["Holm fratrådte."]


def test_follow_ups_print_their_texts_and_nothing_of_the_register():
    action = {"text": "Måle vannet", "responsible": ["Etaten"], "due_text": "mai", "status": "done", "note": "Notat"}
    report = {
        "type": "follow-up-report",
        "source_label": "4/38-23",
        "title": "Plan",
        "actions": [action],
        "due_text": "juni",
    }
    report |= {
        "resolution_label": "Status:",
        "resolution": "<p>Ferdig.</p>",
        "resolves_to_url": "https://x.example",
        "status": "done",
    }
    assert block_lines({"type": "follow-up", "label": "Oppfølging:", "actions": [action]}) == [
        "Oppfølging:",
        "Måle vannet",
    ]
    assert block_lines(report) == ["4/38-23 Plan", "Måle vannet", "Status:", "Ferdig."]


@pytest.mark.parametrize(
    ("style", "tag"),
    [
        ("plain", "<p>A</p><p>B</p>"),
        ("bullets", "<ul><li>A</li><li>B</li></ul>"),
        ("numbers", "<ol><li>A</li><li>B</li></ol>"),
        (None, "<ul><li>A</li><li>B</li></ul>"),
    ],
)
def test_actions_print_as_the_list_says(style, tag):
    block = {"type": "follow-up", "list": style, "actions": [{"text": "A"}, {"text": "B"}]}
    assert tag in render_html(compose(facts(minutes=minutes_of([block])), "minutes"))


def test_attendance_rows_are_written_from_their_fields_where_nothing_is_printed():
    shown = lines()
    start = shown.index("Til stede")
    assert shown[start : start + 10] == [
        "Til stede",
        "Ragnhild Myrvold, Nordvik",
        "Til stede deler av møtet",
        "Olav Tveitereid, Legevakta Sør, kl. 12:00-13:35",
        "Nora Fjeldheim, Studentunionen, stiller for Mehmet Yildirim, fra kl. 12:45 (telefon), møtte for første gang",
        "Håkon Ødegård, unntatt sak PS 3/26, fra sak PS 1/26 til og med sak PS 2/26",
        "Forfall",
        "Mehmet Yildirim, Studentunionen",
        "Fra administrasjonen",
        "Kari Nymoen, rådgiver",
    ]


def test_nested_groups_keep_the_order_of_the_rows():
    rows = [("Medlemmer", "A"), ("Medlemmer / Forfall", "B"), ("Observatører", "C"), ("Medlemmer", "D")]
    attendance = [{"group": group, "person": person, "status": "present"} for group, person in rows]
    shown = lines(attendance=attendance)
    start = shown.index("Medlemmer")
    assert shown[start : start + 8] == ["Medlemmer", "A", "Forfall", "B", "Observatører", "C", "Medlemmer", "D"]


def test_chairs_and_minute_taker_are_left_out_where_the_head_names_them():
    head = [{"label": "Møteleder", "value": "Ragnhild Myrvold og Tor Sandbakk"}]
    shown = lines(head=head)
    assert "Referent: Ida Kvamme" in shown
    assert [line for line in shown if line.startswith("Møteleder:")] == []
    assert "Møteleder: Tor Sandbakk fra kl 13:55" in lines()


def test_only_the_call_has_members_calendar_and_contacts_and_only_call_and_agenda_proposals():
    call, agenda, minutes = lines("call"), lines("agenda"), lines("minutes")
    shown = {
        text: [text in document for document in (call, agenda, minutes)]
        for text in (
            "Ubesatt plass",
            "(1. mars 2026)",
            "Rådgiver",
            "Leder velges.",
            "Hvem?",
            "https://mote.example/abc",
            "Referent: Ida Kvamme",
        )
    }
    assert shown == {
        "Ubesatt plass": [True, False, False],
        "(1. mars 2026)": [True, False, False],
        "Rådgiver": [True, False, False],
        "Leder velges.": [True, True, False],
        "Hvem?": [True, True, False],
        "https://mote.example/abc": [True, True, False],
        "Referent: Ida Kvamme": [False, False, True],
    }


def test_register_fields_and_file_names_are_never_printed():
    for kind in ("call", "agenda", "minutes"):
        html = render_html(compose(facts(), kind))
        assert [
            word for word in ("REGISTER", "registerlenke", "hemmelig-filnavn", "Felleslista</p>") if word in html
        ] == []


def test_cases_without_an_item_print_at_their_place_in_the_agenda():
    shown = lines()
    tail = shown[shown.index("PS 2/26 a) * Personalsak") :]
    assert tail[:5] == [
        "PS 2/26 a) * Personalsak",
        "Lukket etter kommuneloven § 11-5",
        "Skisse",
        "PS 3/26 Referatsaker",
        "Brev fra fylket",
    ]


@pytest.mark.parametrize(
    ("placement", "after"), [("before", "Åpning"), ("in-case", "Konstituering av utvalget"), ("none", None)]
)
def test_the_agenda_stands_where_the_layout_puts_it(placement, after):
    layout = {"agenda_in_minutes": placement, "agenda_columns": ["label", "title"]}
    shown = lines(layout=layout)
    heads = [index for index, line in enumerate(shown) if line == "Saks ID"]
    cases = next(index for index, line in enumerate(shown) if line.endswith("Konstituering av utvalget"))
    assert [index > cases for index in heads] == ([] if placement == "none" else [placement == "in-case"])


def test_papers_only_beside_their_case_stand_in_its_column_and_not_in_the_list():
    layout = {"minutes_style": "table", "attachment_column": True}
    papers = [
        {"number": "1", "title": "Langt navn", "column_title": "Kort", "label": "PS 1/26"},
        {"title": "Skisse", "label": "PS 1/26", "in_list": False},
    ]
    shown = lines(layout=layout, papers=papers, treatment_order=[])
    assert ("Vedlegg" in shown, shown.index("Kort") < shown.index("Skisse") < shown.index("Langt navn")) == (True, True)
    assert shown[-3:] == ["Saksdokumenter", "1", "Langt navn"]


def test_days_have_tables_of_their_own_and_dates_of_one_month_one_month():
    days = [{"date": "2024-08-28", "agenda_heading": "Agenda dag 1 – 28. august 2024"}, {"date": "2024-08-29"}]
    agenda = [
        {"kind": "case", "label": "20/24", "title": "Budsjett", "start": "10:15"},
        {"kind": "case", "day": 2, "label": "21/24", "title": "Plan", "start": "09:00"},
    ]
    shown = lines(
        "agenda",
        days=days,
        agenda=agenda,
        head=[],
        layout={"agenda_columns": ["start", "label", "title"], "time_separator": ""},
    )
    assert "28. – 29. august 2024" in shown
    expected = ["Agenda dag 1 – 28. august 2024", "Tid", "Saks ID", "Tema", "1015", "20/24", "Budsjett"]
    start = shown.index(expected[0])
    assert shown[start : start + 7] == expected
    assert shown[start + 7] == "Dag 2 – 29. august 2024"


def test_words_of_the_product_follow_the_language_of_the_document():
    assert lines("call", language="nn")[-1] == "Skisse"
    assert "Ledig plass" in lines("call", language="nn")
    assert "28 January 2026" in lines("agenda", language="en")


@pytest.mark.parametrize(
    ("approval", "expected"),
    [
        ({"how": "next-meeting", "on": "2026-03-01", "in_case": "PS 4/26"}, "Godkjent 1. mars 2026 i sak PS 4/26."),
        ({"how": "circulation", "on": "2026-03-01"}, "Godkjent på sirkulasjon 1. mars 2026."),
        ({"how": "named-approvers", "by": ["A", "B"]}, "Godkjent av A og B."),
        ({"how": "chair", "on": "2026-03-01"}, "Godkjent 1. mars 2026 av møteleder."),
        ({"how": "deemed-at-deadline"}, "Godkjent da fristen for merknader var ute."),
        ({"how": "chair", "printed": "Godkjent slik det står."}, "Godkjent slik det står."),
    ],
)
def test_approval_prints_on_the_approved_version_only(approval, expected):
    minutes = {**wide_record.MEETING["minutes"], "approval": approval}
    assert lines(minutes=minutes, version={"kind": "approved", "on": "2026-03-01"})[-1] == expected
    assert expected not in lines(minutes=minutes, version={"kind": "final", "on": "2026-03-01"})


def test_named_approvers_stand_under_the_boards_own_heading():
    approval = {"how": "named-approvers", "on": "2026-02-02", "by": ["Tor Sandbakk", "Amira Haddad"]}
    minutes = {**wide_record.MEETING["minutes"], "approval": approval}
    shown = lines(
        minutes=minutes, version={"kind": "approved"}, layout={"labels": {"approved-by": "Protokollen er godkjent av"}}
    )
    assert shown[-4:] == ["Protokollen er godkjent av", "Tor Sandbakk", "Amira Haddad", "Godkjent 2. februar 2026."]


def test_the_calendar_covers_the_year_of_the_meeting_and_the_next():
    shown = lines("call")
    start = shown.index("Møtekalender 2026–2027")
    assert shown[start + 1 : start + 4] == ["28. januar 2026 kl. 12:00", "(1. mars 2026)", "1. januar 2027"]


def test_a_correction_after_the_approval_still_shows_it():
    minutes = {**wide_record.MEETING["minutes"], "approval": {"how": "circulation", "on": "2026-03-01"}}
    shown = [
        lines(minutes=minutes, version={"kind": "correction", "on": day})[-1] for day in ("2026-02-20", "2026-03-05")
    ]
    assert [line == "Godkjent på sirkulasjon 1. mars 2026." for line in shown] == [False, True]


def test_numbers_links_and_titles_are_kept_whole_by_style():
    html = render_html(compose(facts(), "minutes"))
    assert '<span class="nowrap">28. januar</span> 2026' in html
    assert '<a class="address" href="https://fjord.example/sak.pdf">Saksframlegg</a>' in html
    assert "\u2011" not in html and "\u00ad" not in html


def test_titles_are_printed_whatever_columns_the_layout_has():
    shown = lines("agenda", layout={"agenda_columns": ["label", "description"]})
    assert shown[shown.index("PS 1/26") : shown.index("PS 1/26") + 2] == ["PS 1/26", "Konstituering"]
