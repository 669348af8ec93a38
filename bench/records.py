"""Records of invented boards in the exchange format, as large as asked for. The same numbers make the same record."""

from datetime import date, timedelta

PEOPLE = [f"Medlem {name}" for name in ("Aune", "Berg", "Dahl", "Eide", "Foss", "Gran", "Hagen", "Lie", "Moe", "Nes")]
SENTENCES = [
    "Saksordføreren gikk gjennom bakgrunnen for saken og de tre alternativene som er utredet.",
    "Flere medlemmer pekte på at kostnadene er usikre, og at gevinstene først kommer etter noen år.",
    "Det ble særlig spurt om hvordan kommuner uten egen fagavdeling skal få hjelp.",
    "Rådet var enig om at løsningen må være tilgjengelig for alle, også der det ikke er dekning.",
    "Sekretariatet tar med seg innspillene og legger fram en samlet vurdering i neste møte.",
    "Personvernombudet minnet om at opplysningene ikke kan brukes til andre formål enn det som er avtalt.",
]


def record(meetings: int, cases: int, *, slug: str = "malerad", paragraphs: int = 3) -> dict:
    """A board with so many approved meetings of so many cases each, a meeting every two months."""
    start = date(2014, 1, 13)
    return {
        "format": "boardroom-record",
        "version": 1,
        "board": {
            "slug": slug,
            "name": "Målerådet",
            "language": "nb",
            "numbering": {"scheme": "per-meeting", "case_pattern": "{item}-{meeting}/{yy}"},
            "layout": {"agenda_columns": ["label", "title", "presenter", "type", "minutes", "time"]},
            "approval": "next-meeting",
        },
        "memberships": [{"person": name, "organisation": f"Etat for {name}", "role": "member"} for name in PEOPLE],
        "meetings": [
            meeting(number, start + timedelta(weeks=8 * number), cases, paragraphs) for number in range(meetings)
        ],
    }


def meeting(number: int, day: date, cases: int, paragraphs: int) -> dict:
    sequence = number + 1
    labels = [f"{item}-{sequence}/{day.year % 100:02}" for item in range(1, cases + 1)]
    later = (day + timedelta(weeks=8)).isoformat()
    return {
        "number": f"{sequence}/{day.year}",
        "sequence": sequence,
        "days": [{"date": day.isoformat(), "start": "12:00", "end": "15:00"}],
        "place": "Storsalen",
        "state": "held",
        "attendance": [
            {"person": name, "organisation": f"Etat for {name}", "role": "member", "status": "present"}
            for name in PEOPLE
        ],
        "agenda": [row(label, at) for at, label in enumerate(labels)],
        "minutes": {
            "state": "approved",
            "approval": {"how": "next-meeting", "on": later},
            "items": [item(label, at, sequence, paragraphs) for at, label in enumerate(labels)],
        },
    }


def row(label: str, at: int) -> dict:
    return {
        "kind": "case",
        "label": label,
        "title": f"{SENTENCES[at % len(SENTENCES)].split(',')[0].rstrip('.')} ({label})",
        "type": "Drøfting",
        "presenters": [{"person": PEOPLE[at % len(PEOPLE)], "organisation": f"Etat for {PEOPLE[at % len(PEOPLE)]}"}],
        "minutes": 15,
        "description": f"<p>{SENTENCES[(at + 1) % len(SENTENCES)]}</p>",
    }


def item(label: str, at: int, sequence: int, paragraphs: int) -> dict:
    texts = [SENTENCES[(at + step) % len(SENTENCES)] for step in range(len(SENTENCES))]
    blocks = [{"type": "text", "html": "".join(f"<p>{' '.join(texts)}</p>" for _paragraph in range(paragraphs))}]
    if at % 5 == 2:
        action = {"text": f"Legge fram en vurdering av {label}", "responsible": [PEOPLE[at % len(PEOPLE)]]}
        blocks.append({"type": "follow-up", "label": "Oppfølging:", "actions": [action]})
    blocks.append({"type": "decision", "kind": "discussed", "label": "Beslutning:", "html": f"<p>{texts[4]}</p>"})
    return {"label": label, "blocks": blocks}
