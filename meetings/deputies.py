"""Deputies for those who do not come: who is next in order, calling one, and releasing one (P40, R50)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person, Seat
from mail import post
from meetings import foreseen, reading
from meetings.beginning import hold
from meetings.models import CallRecipient, DeputyCall, Meeting, Reply
from meetings.presses import deputies_of

Ending = DeputyCall.Ending


def assign(absent: Iterable[Seat], deputies: list[Seat], members: list[Seat], taken: set[int]) -> dict[int, list[Seat]]:
    """Of each absent seat, by its key, the deputies who may be asked, the next one first; nobody is first for two.

    `deputies` stand in their ranked order, `members` are the voting seats of the day, and `taken` the persons who were
    called already, have declined, or do not come. A deputy belongs to the list of the constituency, else of an
    organisation that has a member; the others are a list for all. One's own list comes before the one for all.
    """
    seated = {seat.person_id for seat in members}
    organisations = {seat.organisation_id for seat in members} - {None}
    free = [seat for seat in deputies if seat.person_id and seat.person_id not in taken | seated]
    found, first = {}, set()
    for seat in absent:
        lists = {key: [] for key in (_list_of(seat, organisations), None)}
        for deputy in free:
            if (key := _list_of(deputy, organisations)) in lists and deputy.person_id not in first:
                lists[key].append(deputy)
        in_order = [deputy for key in lists for deputy in lists[key]]
        found[seat.pk] = in_order
        first |= {deputy.person_id for deputy in in_order[:1]}
    return found


def _list_of(seat: Seat, organisations: set[int]) -> tuple[str, str | int] | None:
    """Which list of deputies the seat belongs to; None is the one for all."""
    if seat.constituency:
        return "constituency", seat.constituency.casefold()
    if seat.organisation_id in organisations:
        return "organisation", seat.organisation_id
    return None


def to_call(meeting: Meeting) -> dict[int, list[Seat]]:
    """For each member who does not come and has no deputy yet: who may be called, the next one first; four queries."""
    seats = reading.seats_of(meeting)
    replies = list(meeting.replies.all())
    calls = list(meeting.deputy_calls.all())
    return lacking(meeting, seats, replies, calls)


def lacking(
    meeting: Meeting, seats: list[Seat], replies: list[Reply], calls: list[DeputyCall]
) -> dict[int, list[Seat]]:
    """As `to_call`, of what was read already."""
    members = [seat for seat in seats if seat.role in Seat.VOTING and seat.person_id]
    away = {reply.person_id for reply in replies if not reply.is_coming}
    served = {call.stands_in_for_id for call in calls if not call.ending}
    taken = {call.person_id for call in calls if call.ending != Ending.RELEASED} | away
    absent = [seat for seat in members if seat.person_id in away - served]
    return assign(absent, deputies_of(meeting, seats), members, taken)


@transaction.atomic
def call(meeting: Meeting, absent: Person, deputy: Person, *, at: datetime, by) -> DeputyCall:
    """The deputy is called for the one who does not come, and gets a letter; called twice, it stays as it is.

    Raises TransitionRefused where the meeting has begun, the member comes, another was called, or the deputy cannot be.
    """
    hold(meeting, at)
    there = meeting.deputy_calls.filter(ending="", stands_in_for=absent).select_related("person").first()
    if there and there.person_id == deputy.pk:
        return there
    if there:
        said = _("%(deputy)s has been called for %(absent)s already.")
        raise TransitionRefused([said % {"deputy": there.person.name, "absent": absent.name}])
    seat = next((seat for seat in seats_lacking(meeting) if seat.person_id == absent.pk), None)
    if seat is None:
        raise TransitionRefused([_("%(name)s has not said no to this meeting.") % {"name": absent.name}])
    possible = {one.person_id: one for one in to_call(meeting)[seat.pk]}
    if deputy.pk not in possible:
        raise TransitionRefused([_("%(name)s cannot be called to this meeting.") % {"name": deputy.name}])
    return _call(meeting, seat, possible[deputy.pk], at=at, by=by)


@transaction.atomic
def call_next(meeting: Meeting, absent: Person, *, at: datetime, by) -> DeputyCall | None:
    """The first in order is called for the absent member; None where nobody is left. For boards that call at once."""
    hold(meeting, at)
    seat = next((seat for seat in seats_lacking(meeting) if seat.person_id == absent.pk), None)
    if seat is None or not (possible := to_call(meeting)[seat.pk]):
        return None
    return _call(meeting, seat, possible[0], at=at, by=by)


def seats_lacking(meeting: Meeting) -> list[Seat]:
    """The seats of those who do not come and for whom no deputy is called."""
    lacking_keys = to_call(meeting)
    return [seat for seat in reading.seats_of(meeting) if seat.pk in lacking_keys]


def _call(meeting: Meeting, absent: Seat, deputy: Seat, *, at: datetime, by) -> DeputyCall:
    made = DeputyCall.objects.create(
        meeting=meeting, person=deputy.person, stands_in_for=absent.person, called_at=at, called_by=by
    )
    key = f"deputy-called:{made.pk}"
    letter = post.send("deputy-called", key, at=at, person=deputy.person, board=meeting.board, about=made.pk)
    for last in meeting.calls.order_by("-number")[:1]:
        CallRecipient.objects.update_or_create(call=last, person=deputy.person, defaults={"letter": letter})
    foreseen.list_deputy(meeting, deputy, absent.name, by=by)
    told = {"deputy": deputy.name, "absent": absent.name, "rank": deputy.deputy_rank}
    trail.record("meetings.call_deputy", made, by=by, board=meeting.board, at=at, **told)
    return made


@transaction.atomic
def release(made: DeputyCall, *, at: datetime, by) -> None:
    """The deputy is not needed any more, and is told so; released twice, nothing more happens.

    Raises TransitionRefused where the meeting has begun.
    """
    hold(made.meeting, at)
    if not _end(made, Ending.RELEASED, at=at, by=by):
        return
    made.meeting.replies.filter(person=made.person).delete()
    key = f"deputy-released:{made.pk}"
    post.send("deputy-released", key, at=at, person=made.person, board=made.meeting.board, about=made.pk)


def follow(meeting: Meeting, reply: Reply, *, at: datetime, by) -> None:
    """What an answer means for the deputies: one who declines makes room for the next, a member's no may call the first.

    Raises TransitionRefused for a deputy who declined and comes after all, where another was called meanwhile.
    """
    mine = list(meeting.deputy_calls.filter(person=reply.person).order_by("-pk")[:1])
    standing = mine[0] if mine and mine[0].ending != Ending.RELEASED else None
    if standing and reply.is_coming and standing.ending:
        _take_up(meeting, standing, at=at, by=by)
    elif standing and not reply.is_coming and not standing.ending:
        _end(standing, Ending.DECLINED, at=at, by=by)
        if meeting.board.calls_deputies_at_once:
            call_next(meeting, standing.stands_in_for, at=at, by=by)
    elif not standing and not reply.is_coming and meeting.board.calls_deputies_at_once:
        call_next(meeting, reply.person, at=at, by=by)


def _take_up(meeting: Meeting, declined: DeputyCall, *, at: datetime, by) -> None:
    seat = next((seat for seat in seats_lacking(meeting) if seat.person_id == declined.stands_in_for_id), None)
    if seat is None:
        raise TransitionRefused([_("Somebody else comes now. Speak with the secretariat if you can come after all.")])
    own = next(one for one in reading.seats_of(meeting) if one.person_id == declined.person_id)
    _call(meeting, seat, own, at=at, by=by)


def _end(made: DeputyCall, ending: str, *, at: datetime, by) -> bool:
    """Whether it was this that ended it."""
    if not DeputyCall.objects.filter(pk=made.pk, ending="").update(ending=ending, ended_at=at):
        return False
    foreseen.unlist_deputy(made.meeting, made.person, by=by)
    told = {"deputy": made.person.name, "absent": made.stands_in_for.name, "ending": ending}
    trail.record("meetings.end_deputy_call", made, by=by, board=made.meeting.board, at=at, **told)
    return True
