"""Stored files as answers, for the signed-in and for the public."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from publishing import store


def pdf_answer(request: HttpRequest, sha: str, name: str) -> HttpResponse:
    """The stored file with its hash as entity tag, 304 where the reader has it, 503 where the disk lost it."""
    etag = f'"{sha}"'
    kept = get_conditional_response(request, etag=etag)
    if kept is not None and kept.status_code == 304:
        return kept
    try:
        data = store.get(sha)
    except store.FileDamaged:
        return HttpResponse(status=503)
    answer = HttpResponse(data, content_type="application/pdf", headers={"ETag": etag})
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def file_name(board: str, meeting: str, kind: str, version: int) -> str:
    return f"{board}-{meeting}-{kind}-{version}.pdf"
