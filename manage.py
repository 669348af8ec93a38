#!/usr/bin/env python3
"""Boardroom's command line."""

import sys

from boardroom.start import stop_on_bad_configuration


def main() -> None:
    with stop_on_bad_configuration():
        from django.conf import settings
        from django.core.management import execute_from_command_line

        settings.BASE_DIR  # noqa: B018 - reads the settings now: Django's own command line would go on without them
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
