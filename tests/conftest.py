"""What all tests share: a browser that starts in a container, and the folders of the product."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests.triggers import lift_for_the_flush

lift_for_the_flush()
# How long an example takes says how busy the machine is, and nothing about the product.
settings.register_profile("boardroom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("boardroom")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytest_plugins = ["tests.demo"]

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items) -> None:
    """Whatever lies in tests/browser drives a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's chromium; browser tests are skipped with a sentence where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed (apt-get install chromium).")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_ARGUMENTS}
