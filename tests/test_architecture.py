"""What a reader could check by eye, checked by a machine: contracts, migrations, locks, budgets of house.md 9."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
APPS = "boardroom publishing followups minutes meetings cases boards jobs audit accounts".split()
MODULES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.relative_to(ROOT).parts
)
FLOORS = {"django": (5, 2, 19), "weasyprint": (70, 0), "nh3": (0, 3, 7)}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_go_one_way():
    program = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout[-3000:]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_lock_names_an_address():
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / ".npmrc"]
    assert [named(lock) for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_what_renders_and_cleans_is_new_enough():
    locked = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
    found = {name: re.search(rf"^{name}==([\d.]+)", locked, re.MULTILINE)[1] for name in FLOORS}

    assert {name: tuple(map(int, found[name].split("."))) >= floor for name, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )


def test_a_state_is_only_written_by_the_workflow():
    written = re.compile(r"\.state = ")
    found = [named(path) for path in MODULES if written.search(path.read_text(encoding="utf-8"))]

    assert [name for name in found if name != "boardroom/lib/workflow.py"] == []


def test_no_room_is_called_utils():
    forbidden = {"common", "utils", "core", "services", "helpers"}
    assert [named(path) for path in MODULES if forbidden & {*path.parts, path.stem}] == []


def test_modules_and_functions_stay_short():
    long = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > 300:
            long.append(f"{named(path)}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40:
                long.append(f"{named(path)}: {node.name}")
    assert long == [], "\n".join(long)


def test_nothing_unsafe_is_used():
    forbidden = re.compile(r"\b(mark_safe|csrf_exempt|pickle|shell=True|\.extra\(|\.raw\()")
    found = [named(path) for path in MODULES if forbidden.search(path.read_text(encoding="utf-8"))]
    # A mail program's own press on "unsubscribe" brings no cookie; the signed link is what allows it (RFC 8058).
    assert [name for name in found if name != "mail/views/choosing.py"] == []


def test_templates_hold_no_inline_style_or_script_and_trust_nothing():
    forbidden = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)|\|safe\b|autoescape off")
    found = [
        named(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "print" not in path.relative_to(ROOT).parts and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    # The public page shows what was frozen, byte for byte: HTML that our own templates made and escaped when it was issued.
    # A mail program reads no style sheet of ours.
    own = {"templates/publishing/public/meeting.html", "templates/mail/letter.html"}
    assert [name for name in found if name not in own] == [], found
