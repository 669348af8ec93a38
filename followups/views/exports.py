"""The list of the register as a file: CSV and a spreadsheet, with the filter and the rights of the page."""

import tempfile
from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from boards.models import Board
from followups.register import exporting, searches
from followups.views.gate import board_for
from followups.views.register import kept_boards, search_for

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def csv(request: HttpRequest, board: str) -> HttpResponse:
    return _csv(request, board_for(request, board, "followups.read"))


@require_safe
def all_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, None)


@require_safe
def xlsx(request: HttpRequest, board: str) -> HttpResponse:
    return _xlsx(request, board_for(request, board, "followups.read"))


@require_safe
def all_xlsx(request: HttpRequest) -> HttpResponse:
    return _xlsx(request, None)


def _csv(request: HttpRequest, board: Board | None) -> HttpResponse:
    """A line at a time, in the language of the one who asked."""
    lines = _in(get_language(), exporting.as_csv(_table(request, board)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(board)}.csv"'
    return answer


def _xlsx(request: HttpRequest, board: Board | None) -> HttpResponse:
    out = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    name = gettext("Follow-up of %(board)s") % {"board": board.name} if board else gettext("Follow-up")
    about = searches.in_words(search_for(request, board))
    exporting.write_spreadsheet(out, _table(request, board), name=name, about=about)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_name(board)}.xlsx", content_type=SPREADSHEET)


def _table(request: HttpRequest, board: Board | None) -> Iterator:
    search = search_for(request, board)
    kept, site = kept_boards(request, search), request.build_absolute_uri("/").rstrip("/")
    return exporting.table(search.qs, search.on, kept=kept, site=site)


def _in(language: str | None, lines: Iterator[str]) -> Iterator[str]:
    """What is written after the answer has begun is in the language it began in."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _name(board: Board | None) -> str:
    return f"follow-ups-{board.slug}" if board else "follow-ups"
