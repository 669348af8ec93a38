"""A record that uses every printed field of the format at least once. Board, people and cases are invented."""

from copy import deepcopy

BOARD = {
    "slug": "fjordutvalget",
    "name": "Fjordutvalget",
    "owner": "Sundby kommune",
    "language": "nb",
    "numbering": {"scheme": "per-year", "case_pattern": "PS {item}/{yy}", "meeting_pattern": "{meeting}/{yyyy}"},
    "letterhead": "Sundby kommune\nPostboks 412, 4126 Sundby • post@sundby.example",
    "contacts": [
        {"person": "Ida Kvamme", "role": "Sekretær", "email": "utvalg@sundby.example"},
        {"person": "Jostein Brekkhus", "role": "Rådgiver", "email": "jostein.brekkhus@sundby.example"},
    ],
    "layout": {
        "agenda_columns": ["label", "title", "presenter", "type", "minutes", "time"],
        "minutes_style": "headings",
        "time_separator": ":",
        "labels": {"papers": "Dokumenter i saken", "archive-reference": "Arkivsaksnr.", "closed": "Lukket etter"},
    },
}

MEMBERSHIPS = [
    {"person": "Ragnhild Myrvold", "organisation": "Nordvik", "role": "chair", "title": "Leder"},
    {"person": None, "organisation": "Ungdomsrådet", "role": "member"},
    {"person": "Siv Áilu Gaino", "organisation": "Samisk språksenter", "role": "observer"},
]

ATTENDANCE = [
    {"person": "Ragnhild Myrvold", "organisation": "Nordvik", "status": "present", "role": "chair"},
    {
        "person": "Olav Tveitereid",
        "organisation": "Legevakta Sør",
        "status": "partial",
        "role": "member",
        "intervals": [{"from": "12:00", "until": "13:35"}],
    },
    {
        "person": "Nora Fjeldheim",
        "organisation": "Studentunionen",
        "status": "partial",
        "role": "member",
        "stands_in_for": "Mehmet Yildirim",
        "intervals": [{"from": "12:45"}],
        "remote": "telefon",
        "note": "møtte for første gang",
    },
    {"person": "Mehmet Yildirim", "organisation": "Studentunionen", "status": "apologies", "role": "member"},
    {"person": "Kari Nymoen", "title": "rådgiver", "status": "present", "role": "administration"},
    {
        "person": "Håkon Ødegård",
        "status": "partial",
        "role": "member",
        "intervals": [{"not_case": "PS 3/26"}, {"from_case": "PS 1/26", "until_case": "PS 2/26"}],
    },
]

BLOCKS = [
    {
        "type": "text",
        "label": "Saksutredning:",
        "html": "<h4>Bakgrunn</h4><p>Se <a href='https://fjord.example/rapport'>rapporten</a> og "
        "https://fjord.example/en/veldig/lang/adresse/som/ikke/faar/plass/paa/en/linje/i/et/vanlig/dokument?a=1&b=2.</p>"
        "<h5>Økonomi</h5><blockquote><p>«Sitat» – med <sup>1</sup> og H<sub>2</sub>O</p></blockquote>"
        "<table><caption>Tabell 1</caption><thead><tr><th scope='col'>År</th><th scope='col'>Sum</th></tr></thead>"
        "<tbody><tr><td colspan='2'>Alle år</td></tr><tr><td>2026</td><td>1 000</td></tr></tbody></table>"
        "<ol start='3'><li><p>Tredje</p><p>fortsetter</p><ul><li>under</li></ul></li><li>Fjerde<br>linje</li></ol>"
        "<p><span lang='en'>In English</span> <strong>fet</strong> <em>kursiv</em> č đ ŋ š ŧ ž</p>",
    },
    {
        "type": "proposal",
        "by": ["Tor Sandbakk", "Amira Haddad"],
        "on_behalf_of": "Felleslista",
        "html": "<p>Saken utsettes.</p>",
        "vote": {"kind": "counted", "printed": "Forslaget falt med 5 mot 6 stemmer."},
    },
    {
        "type": "vote",
        "label": "Votering:",
        "vote": {"kind": "named", "for_by": [{"person": "A. Dal", "party": "FL"}], "against_by": ["B. Li"]},
    },
    {
        "type": "vote",
        "vote": {
            "kind": "alternatives",
            "alternatives": [
                {"title": "Alternativ A", "html": "<p>Bro.</p>", "votes": 6, "by": ["A. Dal"]},
                {"title": "Alternativ B", "votes": 1},
            ],
            "casting_vote": "Ragnhild Myrvold",
        },
    },
    {
        "type": "decision",
        "label": "Vedtak:",
        "kind": "decided",
        "html": "",
        "vote": {"kind": "counted", "for": 6, "against": 5, "blank": 0},
    },
    {"type": "statement", "kind": "dissent", "person": "Birgitte Aasgård", "html": "<p>Uenig i vedtaket.</p>"},
    {
        "type": "statement",
        "kind": "explanation-of-vote",
        "person": "Petter Holm",
        "label": "Stemmeforklaring:",
        "html": "<p>Ja.</p>",
    },
    {
        "type": "disqualification",
        "person": "Håkon Ødegård",
        "basis": "forvaltningsloven § 6",
        "raised_by": "ham selv",
        "decided_by": "utvalget",
        "deputy": "Solveig Bråthen",
    },
    {
        "type": "disqualification",
        "label": "Habilitet",
        "person": "Petter Holm",
        "html": "<p>Petter Holm ble ansett som habil.</p>",
    },
    {
        "type": "follow-up",
        "label": "Oppfølging:",
        "list": "numbers",
        "actions": [
            {
                "text": "Måle vannet",
                "responsible": ["REGISTERETAT"],
                "due_text": "REGISTERFRIST",
                "note": "REGISTERNOTAT",
            },
            {"text": "Melde tilbake"},
        ],
    },
    {
        "type": "follow-up-report",
        "source_label": "PS 8/25",
        "title": "Bryggen",
        "actions": [{"text": "Reparere bryggen"}],
        "resolution_label": "Status:",
        "resolution": "<p>Ferdig, se PS 1/26.</p>",
        "resolves_to_url": "https://registerlenke.example",
        "status": "done",
        "due_text": "REGISTERFRIST",
    },
]

MEETING = {
    "number": "1/2026",
    "sequence": 1,
    "name": "Vintermøtet",
    "days": [{"date": "2026-01-28", "start": "12:00", "end": "15:00"}],
    "place": "Storsalen",
    "url": "https://mote.example/abc",
    "state": "held",
    "chairs": [{"person": "Ragnhild Myrvold", "until": "13:55"}, {"person": "Tor Sandbakk", "from": "13:55"}],
    "minute_taker": "Ida Kvamme",
    "attendance": ATTENDANCE,
    "representation_changes": [
        {"incoming": "Nora Fjeldheim", "outgoing": "Ole Vik", "organisation": "Studentunionen", "note": "fra nyttår"}
    ],
    "agenda": [
        {"kind": "section", "title": "Åpning"},
        {
            "kind": "case",
            "label": "PS 1/26",
            "title": "Konstituering",
            "type": "Vedtakssak",
            "presenters": [
                {"person": "Tor Sandbakk", "organisation": "Sundby"},
                {"person": "Amira Haddad", "organisation": "Sundby"},
            ],
            "minutes": 25,
            "start": "12:00",
            "end": "12:25",
            "description": "<ul><li>Valg av leder</li></ul>",
            "proposed_decision": "<p>Leder velges.</p>",
            "questions": ["Hvem?", "Hvor lenge?"],
            "questions_label": "Spørsmål til utvalget",
            "archive_reference": "26/117",
        },
        {"kind": "break", "title": "Pause", "start": "12:25", "end": "12:35"},
        {
            "kind": "case",
            "label": "PS 2/26",
            "sub_label": "a)",
            "title": "Personalsak",
            "closed": {"marked": "*", "basis": "kommuneloven § 11-5"},
            "late": True,
            "outcome": "treated",
        },
        {"kind": "case", "label": "PS 3/26", "title": "Referatsaker", "description": "<p>Brev fra fylket</p>"},
        {"kind": "text", "title": "Omvisning etter møtet"},
    ],
    "papers": [
        {
            "number": "1",
            "title": "Saksframlegg",
            "label": "PS 1/26",
            "url": "https://fjord.example/sak.pdf",
            "file": "hemmelig-filnavn.pdf",
        },
        {"number": "2b", "title": "Kart"},
        {"title": "Skisse", "label": "PS 2/26", "in_list": False},
    ],
    "treatment_order": ["PS 2/26", "PS 1/26", "PS 3/26"],
    "minutes": {
        "state": "approved",
        "heading": "Møteprotokoll",
        "items": [
            {"section": "Åpning"},
            {
                "label": "PS 1/26",
                "title": "Konstituering av utvalget",
                "presenters_printed": "Tor Sandbakk",
                "blocks": BLOCKS,
            },
            {"section": "Pause"},
            {"label": "PS 2/26", "sub_label": "a)", "blocks": []},
        ],
        "approval": {"how": "named-approvers", "on": "2026-02-02", "by": ["Tor Sandbakk", "Amira Haddad"]},
    },
}


def record(**changes) -> dict:
    """The record with changes to its meeting."""
    meeting = {**deepcopy(MEETING), **changes}
    return {
        "format": "boardroom-record",
        "version": 1,
        "board": deepcopy(BOARD),
        "memberships": deepcopy(MEMBERSHIPS),
        "calendar": [
            {"date": "2026-01-28", "start": "12:00"},
            {"date": "2026-03-01", "tentative": True},
            {"date": "2027-01-01"},
        ],
        "meetings": [meeting],
    }
