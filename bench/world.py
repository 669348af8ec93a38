"""A board for the working and the published pages, and somebody who is signed in."""


def signed_in(user) -> dict[str, str]:
    """The header of someone who has signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def writing(headers: dict[str, str]) -> dict[str, str]:
    """The headers of someone who has signed in, with what htmx sends when something is changed."""
    from django.conf import settings

    token = "a" * 32
    cookie = f"{headers['cookie']}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"cookie": cookie, "X-CSRFToken": token, "HX-Request": "true"}


def drafted(meeting) -> None:
    """The meeting as one that is worked on: its minutes a draft, its agenda not as written elsewhere."""
    from meetings.models import Meeting
    from minutes.models import Minutes

    Minutes.objects.filter(meeting=meeting).update(state=Minutes.State.DRAFT)
    Meeting.objects.filter(pk=meeting.pk).update(is_as_written=False)
    meeting.refresh_from_db()


def secretary_of(board, username: str):
    from accounts.models import User
    from boards.models import Person, Seat

    user = User.objects.create_user(username)
    person = Person.objects.create(name=f"Sekretær {username}", user=user)
    Seat.objects.create(board=board, person=person, name=person.name, role=Seat.Role.SECRETARY)
    return user


def board_with(slug: str, cases: int, paragraphs: int = 1):
    """A board with one meeting of so many cases and its approved minutes, and the meeting."""
    from bench import records
    from boards.models import Board
    from publishing.exchange.importing import import_record

    import_record(records.record(1, cases, slug=slug, paragraphs=paragraphs))
    board = Board.objects.get(slug=slug)
    return board, board.meetings.get()
