"""Run as a program beside an installation: exit status 1 and the faults where the trail is not one unbroken chain."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardroom.settings")

if __name__ == "__main__":
    django.setup()
    from audit import trail

    if found := trail.verify():
        sys.exit("\n".join(found))
