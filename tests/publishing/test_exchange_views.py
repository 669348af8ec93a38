"""Import and export in the browser: the warnings first, then the saving; and only by those who may."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards.models import Board
from meetings.models import Meeting
from publishing.exchange.exporting import as_text, export_record
from tests.cast import board, cast, signed_in
from tests.publishing.records import meeting, record

__all__ = ["board", "cast", "signed_in"]


@pytest.fixture(autouse=True)
def in_english_in_a_folder_of_its_own(settings, tmp_path):
    from django.utils import translation

    settings.BOARDROOM_DATA = tmp_path
    with translation.override("en"):
        yield


def upload(client, data, **more):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    file = SimpleUploadedFile("record.json", raw, content_type="application/json")
    return client.post(reverse("publishing:import"), {"record": file, **more}, HTTP_ACCEPT_LANGUAGE="en")


def of_board(found: Board, *meetings: dict) -> dict:
    exported = export_record(found)
    return exported | {"meetings": list(meetings)}


def test_a_secretary_sees_what_a_file_makes_and_every_warning_before_it_is_saved(cast, signed_in):
    client = signed_in(cast.secretary)
    page = upload(client, of_board(cast.board, meeting(2, "2026-02-12"), meeting(2, "2026-03-12")))
    assert page.status_code == 200
    text = page.content.decode()
    assert "R3" in text
    assert "/meetings/1/number" in text
    assert Meeting.objects.count() == 0
    sha = page.context["sha"]
    answer = client.post(reverse("publishing:save-import"), {"sha": sha})
    assert answer.status_code == 302
    assert Meeting.objects.count() == 2


def test_a_refused_file_is_answered_with_the_place_and_nothing_is_saved(cast, signed_in):
    page = upload(signed_in(cast.secretary), of_board(cast.board, meeting(1, "2026-02-31")))
    assert page.status_code == 422
    assert "/meetings/0/days/0/date" in page.content.decode()
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_any_other_file_is_a_sentence(cast, signed_in, raw):
    assert upload(signed_in(cast.secretary), raw).status_code == 422


def test_a_secretary_imports_to_no_other_board_and_begins_none(cast, signed_in):
    client = signed_in(cast.secretary)
    for data in (of_board(cast.other_board, meeting(1, "2026-02-12")), record(meeting(1, "2026-02-12"))):
        page = upload(client, data)
        assert page.status_code == 422
        assert "/board/slug" in page.content.decode()
    assert Meeting.objects.count() == 0


def test_an_administrator_begins_a_board_with_a_file(cast, signed_in):
    client = signed_in(cast.administrator)
    page = upload(client, record(meeting(1, "2026-02-12")))
    client.post(reverse("publishing:save-import"), {"sha": page.context["sha"]})
    assert Board.objects.get(slug="bryggeradet").meetings.count() == 1


@pytest.mark.parametrize("who", ["member", "chair", "observer", "outsider"])
def test_others_import_nothing(cast, signed_in, who):
    client = signed_in(getattr(cast, who))
    assert client.get(reverse("publishing:import")).status_code == 403
    assert upload(client, of_board(cast.board, meeting(1, "2026-02-12"))).status_code == 403
    assert client.post(reverse("publishing:save-import"), {"sha": "0" * 64}).status_code == 403
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("sha", ["", "0" * 64, "../../etc/passwd", "\x00"])
def test_a_file_that_is_no_longer_kept_is_asked_for_again(cast, signed_in, sha):
    answer = signed_in(cast.secretary).post(reverse("publishing:save-import"), {"sha": sha})
    assert answer.status_code == 422


def test_one_secretarys_file_is_not_anothers(cast, signed_in):
    sha = upload(signed_in(cast.secretary), of_board(cast.board, meeting(1, "2026-02-12"))).context["sha"]
    answer = signed_in(cast.other_secretary).post(reverse("publishing:save-import"), {"sha": sha})
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)


def test_a_secretary_exports_the_board_as_a_file(cast, signed_in):
    answer = signed_in(cast.secretary).get(reverse("publishing:export", args=[cast.board.slug]))
    assert answer.content.decode() == as_text(export_record(cast.board))
    assert answer["Content-Disposition"] == f'attachment; filename="{cast.board.slug}.json"'


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("outsider", 404), ("other_secretary", 404)])
def test_others_export_nothing(cast, signed_in, who, status):
    client = signed_in(getattr(cast, who))
    assert client.get(reverse("publishing:export", args=[cast.board.slug])).status_code == status


def test_an_export_of_a_meeting_that_is_not_there_is_404(cast, signed_in):
    client = signed_in(cast.secretary)
    for name in ("nei", "x" * 200, "a b"):
        assert client.get(reverse("publishing:export", args=[cast.board.slug]) + f"?meeting={name}").status_code == 404
