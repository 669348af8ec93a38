"""Standing sentences for the ways a follow-up is answered in a meeting, in the document's language (R81, P33)."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from boardroom.lib import dates
from boardroom.lib.wordings import say
from boards.models import Board
from followups.models import Report

Kind = Report.Kind

# Each with what is named, and without.
_SENTENCES = {
    Kind.LATER: (
        (
            "Planlagt behandlet i møtet {what}.",
            "Planlagt handsama i møtet {what}.",
            "Planned for the meeting of {what}.",
        ),
        (
            "Planlagt behandlet i et senere møte.",
            "Planlagt handsama i eit seinare møte.",
            "Planned for a later meeting.",
        ),
    ),
    Kind.TOGETHER: (
        ("Forberedes sammen med {what}.", "Blir førebudd saman med {what}.", "Being prepared together with {what}."),
        (
            "Forberedes sammen med en annen organisasjon.",
            "Blir førebudd saman med ein annan organisasjon.",
            "Being prepared together with another organisation.",
        ),
    ),
    Kind.WAITS: (
        ("Avventer {what}.", "Ventar på {what}.", "Waits for {what}."),
        ("Avventer annet arbeid.", "Ventar på anna arbeid.", "Waits for other work."),
    ),
    Kind.SESSION: (
        (
            "Inngår i arbeidsøkten, sak {what}.",
            "Inngår i arbeidsøkta, sak {what}.",
            "Part of the work session, case {what}.",
        ),
        (
            "Inngår i arbeidsøkten i dette møtet.",
            "Inngår i arbeidsøkta i dette møtet.",
            "Part of the work session in this meeting.",
        ),
    ),
    Kind.CASE: (("Sak {what} i dette møtet.", "Sak {what} i dette møtet.", "Case {what} in this meeting."),) * 2,
    Kind.INFORMATION: (("Orientering i møtet.", "Orientering i møtet.", "Information in the meeting."),) * 2,
    Kind.PUBLISHED: (("Utført og publisert: {what}.", "Utført og publisert: {what}.", "Done and published: {what}."),)
    * 2,
    Kind.NOTED: (
        ("Utført, se e-post fra {what}.", "Utført, sjå e-post frå {what}.", "Done, see the e-mail from {what}."),
        ("Utført.", "Utført.", "Done."),
    ),
}


def pattern(kind: str, language: str, *, is_named: bool) -> str:
    """The sentence with `{what}` where something is named."""
    return say(_SENTENCES[kind][0 if is_named else 1], language, what="{what}")


def sentence(kind: str, board: Board, what="") -> SafeString:
    """The paragraph of the minutes; `what` is a day, a text, or an address that becomes a link. "" without a kind."""
    if not kind:
        return SafeString("")
    if kind == Kind.LATER and what:
        what = dates.format_date(what, board.language)
    if kind == Kind.PUBLISHED and str(what).startswith(("http://", "https://")):
        what = format_html('<a href="{0}">{0}</a>', what)
    return format_html("<p>" + pattern(kind, board.language, is_named=bool(what)) + "</p>", what=what)
