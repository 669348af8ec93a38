"""Addresses as they stand in mails."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a page as it stands in a mail: the first host of ALLOWED_HOSTS, never what a request claims."""
    host = next((name for name in settings.ALLOWED_HOSTS if name not in {"*", "[::1]"}), "localhost").lstrip(".")
    if settings.HTTPS:
        return f"https://{host}{path}"
    return f"http://{host}:{settings.PORT}{path}"
