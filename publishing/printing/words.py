"""The words a document prints of its own accord, in the language of the document (R115, P33).

They follow the document and not the reader's screen language, so they stand here and not in
`locale/`. Everything else in a document is printed as the secretary wrote it.
"""

from datetime import date

LANGUAGES = ("nb", "nn", "en")

MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "nn": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}

# key: (bokmål, nynorsk, English)
_WORDS = {
    # column heads and headings, by the keys of a layout's labels
    "label": ("Saks ID", "Saks ID", "Case ID"),
    "title": ("Tema", "Tema", "Subject"),
    "description": ("Beskrivelse", "Omtale", "Description"),
    "presenter": ("Presenteres av", "Blir presentert av", "Presented by"),
    "type": ("Sakstype", "Sakstype", "Case type"),
    "minutes": ("Min", "Min", "Min"),
    "time": ("Tidspunkt", "Tidspunkt", "Time"),
    "start": ("Tid", "Tid", "Start"),
    "agenda": ("Saksliste", "Saksliste", "Agenda"),
    "papers": ("Saksdokumenter", "Saksdokument", "Papers"),
    "attachment-column": ("Vedlegg", "Vedlegg", "Attachments"),
    "members": ("Medlemmer", "Medlemmar", "Members"),
    "present": ("Til stede", "Til stades", "Present"),
    "partial": ("Til stede deler av møtet", "Til stades i delar av møtet", "Present for part of the meeting"),
    "absent": ("Ikke til stede", "Ikkje til stades", "Absent"),
    "apologies": ("Forfall", "Forfall", "Apologies"),
    "observers": ("Observatører", "Observatørar", "Observers"),
    "secretariat": ("Sekretariat", "Sekretariat", "Secretariat"),
    "administration": ("Fra administrasjonen", "Frå administrasjonen", "From the administration"),
    "deputies": ("Varamedlemmer", "Varamedlemmar", "Deputy members"),
    "guests": ("Gjester", "Gjester", "Guests"),
    "representation-changes": (
        "Endringer siden forrige møte",
        "Endringar sidan førre møte",
        "Changes since the last meeting",
    ),
    "calendar": ("Møtekalender {year}", "Møtekalender {year}", "Meeting calendar {year}"),
    "chair": ("Møteleder:", "Møteleiar:", "Chair:"),
    "minute-taker": ("Referent:", "Referent:", "Minute-taker:"),
    "proposed-decision": ("Forslag til vedtak", "Framlegg til vedtak", "Proposed decision"),
    "archive-reference": ("Arkivsak:", "Arkivsak:", "Archive reference:"),
    "organisation": ("Organisasjon", "Organisasjon", "Organisation"),
    "closed": ("Lukket møte:", "Lukka møte:", "Closed meeting:"),
    "closed-alone": ("Lukket møte", "Lukka møte", "Closed meeting"),
    "questions": ("Spørsmål", "Spørsmål", "Questions"),
    "contacts": ("Kontaktpersoner", "Kontaktpersonar", "Contacts"),
    "treatment-order": ("Behandlet i rekkefølgen:", "Handsama i rekkjefølgja:", "Taken in the order:"),
    "person": ("Navn", "Namn", "Name"),
    "member-title": ("Tittel", "Tittel", "Title"),
    "vacant": ("Ubesatt plass", "Ledig plass", "Vacant seat"),
    "replaces": (
        "{incoming} erstatter {outgoing}",
        "{incoming} erstattar {outgoing}",
        "{incoming} replaces {outgoing}",
    ),
    "joins": ("{incoming} tiltrer", "{incoming} går inn", "{incoming} joins"),
    "leaves": ("{outgoing} fratrer", "{outgoing} går ut", "{outgoing} leaves"),
    # the head block
    "head-number": ("Møte", "Møte", "Meeting"),
    "head-date": ("Dato", "Dato", "Date"),
    "head-time": ("Tid", "Tid", "Time"),
    "head-place": ("Sted", "Stad", "Place"),
    "head-url": ("Lenke", "Lenkje", "Link"),
    "day": ("Dag {number} – {date}", "Dag {number} – {date}", "Day {number} – {date}"),
    # people
    "and": ("og", "og", "and"),
    "stands-in-for": ("stiller for {name}", "stiller for {name}", "stands in for {name}"),
    "at": ("kl. {time}", "kl. {time}", "{time}"),
    "from-time": ("fra kl. {time}", "frå kl. {time}", "from {time}"),
    "until-time": ("til kl. {time}", "til kl. {time}", "until {time}"),
    "chair-from": ("fra kl {time}", "frå kl {time}", "from {time}"),
    "chair-until": ("til kl {time}", "til kl {time}", "until {time}"),
    "chair-both": ("fra {start} til {end}", "frå {start} til {end}", "from {start} until {end}"),
    "from-case": ("fra sak {label}", "frå sak {label}", "from case {label}"),
    "until-case": ("til og med sak {label}", "til og med sak {label}", "up to and including case {label}"),
    "not-case": ("unntatt sak {label}", "unnateke sak {label}", "except case {label}"),
    "only-case": ("sak {label}", "sak {label}", "case {label}"),
    "on-day": ("dag {day}", "dag {day}", "day {day}"),
    # marks of a document born here
    "late": ("Tilleggssak", "Tilleggssak", "Late item"),
    "postponed": ("Utsatt", "Utsett", "Postponed"),
    "withdrawn": ("Trukket", "Trekt", "Withdrawn"),
    "returned": ("Sendt tilbake", "Send tilbake", "Referred back"),
    "exempt": ("Unntatt offentlighet", "Unnateke offentlegheit", "Exempt from public access"),
    # the document
    "call": ("Innkalling", "Innkalling", "Notice of meeting"),
    "agenda-document": ("Saksliste", "Saksliste", "Agenda"),
    "minutes-document": ("Referat", "Referat", "Minutes"),
    "review": ("Oppsummering av innspill", "Oppsummering av innspel", "Summary of comments"),
    "minutes-draft": ("Utkast referat", "Utkast referat", "Draft minutes"),
    "minutes-final": ("Endelig referat", "Endeleg referat", "Final minutes"),
    "minutes-approved": ("Godkjent referat", "Godkjent referat", "Approved minutes"),
    "minutes-correction": ("Rettet referat", "Retta referat", "Corrected minutes"),
    "corrected": ("Rettet", "Retta", "Corrected"),
    "from-meeting": ("{document} fra møte {number}", "{document} frå møte {number}", "{document}, meeting {number}"),
    "to-meeting": ("{document} til møte {number}", "{document} til møte {number}", "{document}, meeting {number}"),
    "meeting-number": ("Møte {number}", "Møte {number}", "Meeting {number}"),
    "page": ("Side", "Side", "Page"),
    "of": ("av", "av", "of"),
}


def word(key: str, language: str, **values: object) -> str:
    """The word for `key` in the language of the document; unknown languages read as bokmål."""
    position = LANGUAGES.index(language) if language in LANGUAGES else 0
    text = _WORDS[key][position]
    return text.format(**values) if values else text


def joined(names: list[str], language: str) -> str:
    """`A`, `A og B`, `A, B og C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word('and', language)} {names[-1]}"


def as_date(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def written_date(value: str | date, language: str) -> str:
    """`20. april 2023`, `20 April 2023` (R115)."""
    day = as_date(value)
    month = MONTHS.get(language, MONTHS["nb"])[day.month - 1]
    return f"{day.day}{'' if language == 'en' else '.'} {month} {day.year}"


def written_days(values: list[str], language: str) -> str:
    """The dates of a meeting on one line: `28. – 29. august 2024` where the month is one (R6)."""
    days = sorted(as_date(value) for value in values)
    if len(days) == 1:
        return written_date(days[0], language)
    if (days[-1] - days[0]).days != len(days) - 1:
        return joined([written_date(day, language) for day in days], language)
    first, last = days[0], days[-1]
    end = written_date(last, language)
    dot = "" if language == "en" else "."
    month = MONTHS.get(language, MONTHS["nb"])[first.month - 1]
    if first.year != last.year:
        return f"{written_date(first, language)} – {end}"
    if first.month != last.month:
        return f"{first.day}{dot} {month} – {end}"
    return f"{first.day}{dot} – {end}"


def clock(time: str, separator: str) -> str:
    """`12:05` with the layout's separator: `12.05`, `12:05`, `1205` (R31)."""
    return time[:5].replace(":", separator)


def span(start: str | None, end: str | None, separator: str) -> str:
    """`12.00-12.05`, or the one end that is known; empty where neither is."""
    if start and end:
        return f"{clock(start, separator)}-{clock(end, separator)}"
    if start:
        return clock(start, separator)
    return f"-{clock(end, separator)}" if end else ""
