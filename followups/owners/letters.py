"""What the letters to those who reported say: the board's answer, and a new link. Nothing of an exempt case (A8, B22)."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import Person
from followups.models import FollowUp, OwnerReport
from followups.owners.links import address_for
from followups.rules import is_shielded, readable
from mail.delivery import absolute
from mail.kinds import Content, kind
from mail.models import Letter
from meetings.discretion import told_by

Kind, Fate = OwnerReport.Kind, OwnerReport.Fate


@kind("owner-report", label=gettext_lazy("The board's answer to what you reported"), anyone=True, order=42)
def answered(letter: Letter, at: datetime) -> Content | None:
    """What was decided about the reader's report; dropped where it waits again, as when minutes were reopened."""
    reports = OwnerReport.objects.select_related("follow_up__board", "follow_up__source_row__case", "person")
    report = reports.filter(pk=letter.about, fate__in=[Fate.CONFIRMED, Fate.DECLINED]).first()
    if report is None or letter.person is None:
        return None
    board = letter.board.name
    subject = _("%(board)s: answer to what you reported") % {"board": board}
    opening = _("You reported on a follow-up of %(board)s.") % {"board": board}
    told = [] if is_shielded(report.follow_up) else [*_title(report.follow_up), _outcome(report), *_answer(report)]
    if not told:
        told = [_("It is answered. Sign in to read the answer.")]
    address, action = _place(report.follow_up, letter.person, at)
    return Content(subject, [opening, *told], address=address, action=action, line=_("What you reported is answered."))


@kind("owner-link", label=gettext_lazy("A new link for reporting"), essential=True, anyone=True, order=43)
def new_link(letter: Letter, at: datetime) -> Content | None:
    """A link that works, asked for from one that did not; dropped where none may be given."""
    found = FollowUp.objects.select_related("board", "source_row__case", "source_block", "source_meeting")
    follow_up = found.filter(pk=letter.about).first()
    address = address_for(follow_up, letter.person, at) if follow_up and letter.person else ""
    if not address:
        return None
    board = letter.board.name
    return Content(
        _("%(board)s: a new link for reporting") % {"board": board},
        [_("You asked for a new link to a follow-up of %(board)s.") % {"board": board}, *_title(follow_up)],
        address=address,
        action=_("Open and report"),
        small_print=[_("The link is yours alone, and opens this follow-up only. Pass it on to nobody.")],
    )


def _title(follow_up: FollowUp) -> list[str]:
    return [follow_up.title] if _is_open(follow_up, follow_up.title) else []


def _outcome(report: OwnerReport) -> str:
    if report.kind == Kind.NEW_DATE:
        words = _("The new date holds: %(due)s."), _("The new date was not accepted: %(due)s.")
    else:
        words = _("The board has confirmed that it is done."), _("The board has not confirmed that it is done.")
    said = words[0] if report.fate == Fate.CONFIRMED else words[1]
    return said % {"due": report.due_text} if report.kind == Kind.NEW_DATE else said


def _answer(report: OwnerReport) -> list[str]:
    if not report.fate_text or not _is_open(report.follow_up, report.fate_text):
        return []
    return [_("The answer: %(text)s") % {"text": report.fate_text}]


def _is_open(follow_up: FollowUp, text: str) -> bool:
    """Whether the words may stand in a mail: they say nothing that only an exempt case of the meeting says."""
    return not (follow_up.source_meeting and told_by(follow_up.source_meeting, text))


def _place(follow_up: FollowUp, person: Person, at: datetime) -> tuple[str, str]:
    """The page of who has an account and may read it there, else the link; nothing where neither is left."""
    if person.user and readable(person.user, timezone.localdate(at)).filter(pk=follow_up.pk).exists():
        address = absolute(reverse("followups:own", args=[follow_up.board.slug, follow_up.pk]))
        return address, _("See the follow-up")
    address = address_for(follow_up, person, at)
    return (address, _("Open and report")) if address else ("", "")
