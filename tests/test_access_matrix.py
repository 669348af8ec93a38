"""Every route x role x state of the object (house.md 8, reliability.md B3): the answer follows from route and role table."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from boardroom.routes import named_paths, table
from boards.models import Person
from boards.roles import ADMINISTRATOR_ACTS, ROLE_ACTS
from cases.models import Case
from followups.models import FollowUp, OwnerReport, Report, SavedView
from followups.owners.links import token_for
from jobs.models import Job
from meetings import feeds
from minutes.models import Remark, TextRevision
from publishing.models import Document, Publication
from signin.models import Invitation, SignInLink

# Who asks, and as what on the board that is asked about.
# (account, role on the board that is asked about, role on another board); without a role there is no seat on it.
ACTORS = {
    "anonymous": (None, None, ""),
    "disabled": ("disabled", None, ""),
    "outsider": ("outsider", "", "member"),
    "former member": ("former", "", ""),
    "other board's secretary": ("sekretar-nn", "", "secretary"),
    "administrator": ("administrator", "administrator", ""),
    "observer": ("observator", "observer", ""),
    "deputy": ("deputy", "deputy", ""),
    "member": ("medlem", "member", ""),
    "chair": ("leder", "chair", ""),
    "secretary": ("sekretar", "secretary", "secretary"),
}
# Who has no seat on the board is asked about a meeting that is secret and one that is public.
FEW = ("draft", "approved")
SOME = ("planned", "draft", "in review", "approved")
STATES = ("planned", "called", "draft", "in review", "final", "approved")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
DONE, HIDDEN, FORBIDDEN = {200, 204, 302, 409, 422}, {404}, {403}
REFUSED = HIDDEN | FORBIDDEN


def acts_of(role: str) -> frozenset[str]:
    return ADMINISTRATOR_ACTS if role == "administrator" else ROLE_ACTS.get(role, frozenset())


def states_for(role: str | None) -> tuple[str, ...]:
    """Every state for who writes, four for who reads, two for who has no business there."""
    if role == "secretary":
        return STATES
    return SOME if role else FEW


class Writes:
    """Collects the statements that would change something."""

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        if WRITING.match(sql) and "django_session" not in sql:  # where one is in a dialogue is no change
            self.found.append(sql[:120])
        return execute(sql, params, many, context)


def values_of(name: str, parameters: list[str], meeting) -> dict | None:
    """What fills the address of the route for this meeting; None where the meeting has no such object."""
    found = {}
    for parameter in parameters:
        value = VALUES[parameter](name, meeting)
        if value is None:
            return None
        found[parameter] = value
    return found


def minutes_of(meeting):
    return getattr(meeting, "minutes", None)


def first(rows, field: str = "pk"):
    return rows.values_list(field, flat=True).first()


def item(name, meeting):
    minutes = minutes_of(meeting)
    return first(minutes.items.filter(row__purpose="")) if minutes else None


def block(name, meeting):
    minutes = minutes_of(meeting)
    kind = "follow-up" if name.startswith("followups:") else "text"
    return first(minutes.items.filter(blocks__type=kind), "blocks") if minutes else None


def version(name, meeting):
    if name == "minutes:restore":
        return first(TextRevision.objects.filter(block_id=block(name, meeting)), "version")
    if name.startswith("publishing:public"):
        return first(Publication.objects.filter(document__meeting=meeting, kind="agenda"), "version")
    return first(Document.objects.filter(meeting=meeting, kind="agenda"), "version")


def published_follow_up(meeting):
    return (
        meeting.documents.filter(publications__mentions__slug__gt="")
        .values_list("publications__mentions__slug", flat=True)
        .first()
    )


def case(name, meeting):
    if name == "publishing:tracker-follow-up":
        return published_follow_up(meeting)
    if name.startswith("publishing:"):
        numbered = Publication.objects.live().filter(document__meeting=meeting, kind="agenda")
        return first(numbered.exclude(cases__slug=""), "cases__slug")
    return first(Case.objects.filter(treatments__meeting=meeting, treatments__purpose="", access_level=""))


def sign_in_link():
    member = User.objects.get(username="medlem")
    return SignInLink.objects.create(asked_for=member.username, user=member, asked_at=timezone.now())


def invitation():
    member = Person.objects.get(user__username="medlem")
    return Invitation.objects.create(
        person=member, board=member.seats.first().board, address=member.email, made_at=timezone.now()
    )


def kept_search() -> int:
    member = User.objects.get(username="medlem")
    return SavedView.objects.get_or_create(user=member, name="Forfalt", query="status=all-open&due=overdue")[0].pk


def feed_token() -> str:
    return feeds.renew(User.objects.get(username="medlem"), at=timezone.now()).token


def promise():
    return FollowUp.objects.get(title="Meldinger om feil i kartet")


def owner_report() -> int:
    return OwnerReport.objects.create(
        follow_up=promise(), kind="done", text="Ferdig.", said_at=timezone.now(), fate="waiting"
    ).pk


def owner_token() -> str:
    owner = Person.objects.filter(actions__action__follow_up=promise()).exclude(email="").first()
    return token_for(promise(), owner, timezone.localdate())


VALUES = {
    "board": lambda name, meeting: meeting.board.slug,
    "meeting": lambda name, meeting: meeting.slug,
    "row": lambda name, meeting: first(meeting.agenda_rows.filter(kind="case", purpose="")),
    "paper": lambda name, meeting: first(meeting.papers.filter(access_level="")),
    "person": lambda name, meeting: (
        first(meeting.attendance.all())
        if name.startswith(("meetings:", "minutes:"))
        else first(meeting.board.seats.all(), "person")
    ),
    "seat": lambda name, meeting: first(meeting.board.seats.all()),
    "asked": lambda name, meeting: (
        first(meeting.deputy_calls.all(), "person")
        if name == "meetings:release-deputy"
        else first(meeting.board.seats.filter(role="member"), "person")
    ),
    "layout": lambda name, meeting: first(meeting.board.layouts.all()),
    "series": lambda name, meeting: first(meeting.board.series.all()),
    "phrase": lambda name, meeting: first(meeting.board.phrases.all()),
    "item": item,
    "block": block,
    "type": lambda name, meeting: "text",
    "remark": lambda name, meeting: first(Remark.objects.filter(round__minutes__meeting=meeting)),
    "other": lambda name, meeting: meeting.board.seats.values_list("person", flat=True).last(),
    "organisation": lambda name, meeting: first(meeting.board.seats.all(), "organisation"),
    "kind": lambda name, meeting: "phrases" if name.startswith("boards:") else "agenda",
    "version": version,
    "follow_up": lambda name, meeting: first(FollowUp.objects.filter(title="Meldinger om feil i kartet")),
    "owner_report": lambda name, meeting: owner_report(),
    "report": lambda name, meeting: first(Report.objects.filter(meeting=meeting)),
    "view": lambda name, meeting: kept_search(),
    "job": lambda name, meeting: first(Job.objects.all()),
    "topic": lambda name, meeting: first(meeting.board.planned_topics.all()),
    "year": lambda name, meeting: meeting.first_day.year,
    "case": case,
    "language": lambda name, meeting: "nn",
    "token": lambda name, meeting: (
        feed_token()
        if name == "meetings:feed"
        else owner_token()
        if name.startswith("followups:link")
        else invitation().token
        if name == "invitation"
        else sign_in_link().token
    ),
    "letter": lambda name, meeting: first(meeting.board.letters.all()),
    "mail": lambda name, meeting: "20260420T120000-0123456789ab",
    "number": lambda name, meeting: 1 if name == "publishing:tracker-follow-up" else 0,
    "provider_id": lambda name, meeting: "porten",
    "session": lambda name, meeting: 1,
    "pk": lambda name, meeting: 1,
}


def cells(demo, wanted: tuple[str, ...] = STATES) -> Iterator[tuple[str, object, str, str, str]]:
    """(route name, row, address, state, method) of every route, for every state that has its object."""
    for name, path in named_paths():
        parameters = [parameter for _converter, parameter in PARAMETER.findall(path)]
        states = wanted if "meeting" in parameters else wanted[-1:]
        for state in states:
            values = values_of(name, parameters, demo.meetings[state])
            if values is None:
                continue
            for method in table()[name].methods:
                yield name, table()[name], reverse(name, kwargs=values), state, method


def is_known(route, role: str, state: str) -> bool:
    """Whether the role may know that the object is there; a draft of minutes is hidden from all who do not write it."""
    acts = acts_of(role)
    if route.object in MINUTES_OBJECTS:
        if "minutes.write" in acts:
            return True
        return ("minutes.read_draft" in acts and state == "in review" and role != "deputy") or (
            state in {"final", "approved"} and "documents.read" in acts
        )
    return "boards.read" in acts


MINUTES_OBJECTS = {"minutes", "item", "block", "remark"}
# Things that are there for their owner only.
OWN_OBJECTS = {"factor", "session", "mail", "view"}


# Routes of which nothing is there in a state, for anybody.
MISSING = {
    "publishing:review": {"draft"},
    "publishing:send-remarks": {"draft"},
    "publishing:no-remarks": {"draft"},
    "publishing:compare": {"planned", "called", "draft"},  # one version is compared with nothing
    "publishing:answer-approval": {"draft", "in review"},
    "minutes:outside-note": {"draft"},
    "minutes:close-round": {"draft"},
    "minutes:remarks": {"draft"},
    "minutes:add-remark": {"draft"},
    "minutes:extend-round": {"draft"},
    "minutes:remind": {"draft"},
    "minutes:remarks-csv": {"draft"},
}
# Acts that open the page besides the route's own: an administrator may begin a board with a record.
ALSO = {"publishing:import": {"boards.create"}, "publishing:save-import": {"boards.create"}}
# What only its secretary knows of before the call is sent.
PLANNED = {"meetings:agenda", "meetings:attendance", "meetings:paper", "publishing:preview"}
# Papers of a meeting, which a deputy who was not called to it does not see (P36).
PAPERS = PLANNED - {"publishing:preview"} | {
    "publishing:document",
    "publishing:document-html",
    "publishing:document-pdf",
}
# The demonstration's deputy stood in at the meeting whose minutes are a draft.
STOOD_IN = {"draft"}
# A way to the minutes for who may write them, also before there are any.
BEGUN = {"minutes:minutes"}
# Done by who answers for the thing, besides those whose role allows it.
OWN = {
    "followups:status": ({"followups.close"}, {"followups.report"}),
    "followups:own": ({"followups.edit"}, {"followups.read"}),
    "followups:withdraw-report": ({"followups.edit"}, {"followups.read"}),
}
# Changed by who wrote it; the demonstration's remark is the member's.
WRITTEN_BY = {"publishing:change-remark": "member", "publishing:withdraw-remark": "member"}
# Where one is led back to the sign-in page: after signing out, and from a step of signing in that was never begun.
TO_THE_DOOR = {"sign_out", "sign_in_by_link", "sign_in_link_sent", "mfa_authenticate", "mfa_login_webauthn"}
DATA = {
    "meetings:add-standing": lambda demo: {"item": demo.board.standing_items.first().pk},
    "meetings:take-case": lambda demo: {"case": demo.board.cases.filter(is_waiting=True).first().pk},
    "meetings:call-deputy": lambda demo: {"deputy": demo.board.seats.get(person__user__username="deputy").person_id},
    "minutes:move-block": lambda demo: {"to": "up"},
    "minutes:phrase": lambda demo: {"phrase": "0"},
    "minutes:press": lambda demo: {"press": "leave"},
    "minutes:stand-down": lambda demo: {"press": "leave"},
    "minutes:choose-text": lambda demo: {"choice": "mine"},
    "minutes:approve-earlier": lambda demo: {"day": "2026-01-12", "outcome": "approved"},
}


def is_kept_from_deputy(name: str, state: str) -> bool:
    """Papers of meetings the deputy was not called to, and drafts that were not sent."""
    if name == "publishing:compare":
        return state in {"draft", "in review"}
    return name in PAPERS and state not in STOOD_IN


def expected(name: str, route, role: str | None, state: str, elsewhere: str = "") -> set[int]:
    """The answers that are right for the role: done, absent (404), or seen but not allowed (403)."""
    if name.endswith("-pdf"):  # ordered, and not made yet in these tests
        page = expected(name.removesuffix("-pdf"), route, role, state)
        return page | HIDDEN | {503} if page >= DONE else page
    if route.audience == "public":
        return DONE | HIDDEN | ({410} if name == "invitation" else set())  # the member has signed in since
    if role is None:
        return {302, 401} if name in DATA else {302}
    acts = acts_of(role)
    if route.object in OWN_OBJECTS:
        return DONE | HIDDEN
    if route.audience == "signed-in":
        if ALSO.get(name, set()) & acts:
            return DONE
        # A page of one's own is for whoever has the act on some board; a thing on it for who has it on the thing's board.
        theirs = acts if route.object else acts | acts_of(elsewhere)
        return DONE if route.act is None or route.act in theirs else REFUSED
    if role == "administrator":
        return DONE if route.act in acts and is_known(route, role, state) else REFUSED
    is_begun = state not in {"planned", "called"} or (name in BEGUN and "minutes.write" in acts)
    if state in MISSING.get(name, ()) or (route.object in MINUTES_OBJECTS and not is_begun):
        return HIDDEN
    if name in PLANNED and state == "planned" and "meetings.read_plan" not in acts and "meetings.read" in acts:
        return HIDDEN | (FORBIDDEN if route.act not in acts else set())
    if not is_known(route, role, state) or (role == "deputy" and is_kept_from_deputy(name, state)):
        return HIDDEN
    if role != WRITTEN_BY.get(name, role):  # this board does not show members each other's remarks
        return FORBIDDEN if "minutes.read_remarks" in acts or route.act not in acts else HIDDEN
    if name in OWN:
        always, if_own = OWN[name]
        return DONE if always & acts else DONE | FORBIDDEN if if_own & acts else FORBIDDEN
    return DONE if route.act is None or route.act in acts else FORBIDDEN


@pytest.fixture
def ask(demo, db):
    """A function: the client of an actor."""

    def client_of(username: str | None) -> Client:
        client = Client(raise_request_exception=False)
        if username:
            client.force_login(User.objects.get(username=username))
        return client

    return client_of


@pytest.mark.parametrize("actor", ACTORS)
def test_every_answer_follows_from_the_route_and_the_role(demo, ask, actor):
    username, role, elsewhere = ACTORS[actor]
    client, wrong = ask(username), []
    signed_in = client.cookies.output(header="")
    for name, route, address, state, method in cells(demo, states_for(role)):
        writes, data = Writes(), DATA[name](demo) if name in DATA else {}
        client.cookies = SimpleCookie(signed_in)
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                response = client.get(address) if method == "GET" else client.post(address, data)
            transaction.set_rollback(True)
        right = expected(name, route, role, state, elsewhere)
        # A form that was filled in gets the sign-in page with the form in it (401), which loses nothing.
        to_sign_in = response.get("Location", "").startswith("/sign-in/") or response.status_code == 401
        cell = f"{method} {name} ({state}) {address}: {response.status_code}"
        if response.status_code not in right:
            wrong.append(f"{cell} instead of {sorted(right)}")
        if to_sign_in != (role is None and route.audience != "public") and name not in TO_THE_DOOR:
            wrong.append(f"{cell} and {response['Location']}")
        if writes.found and (method == "GET" or response.status_code in {403, 404}):
            wrong.append(f"{cell} wrote {writes.found[0]}")
    assert wrong == [], "\n" + "\n".join(wrong)


def test_every_route_is_asked_for(demo, ask):
    assert sorted(table().keys() - {name for name, *_rest in cells(demo)}) == []


def test_the_matrix_has_a_thousand_cells_and_more(demo, ask):
    assert len(list(cells(demo))) * len(ACTORS) > 1000
