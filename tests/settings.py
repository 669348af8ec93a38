"""The product's settings for tests: nothing has to be set, and nothing outside a temporary folder is touched.

`DATABASE_URL` and `REDIS_URL` choose the services, as they do for the product. Sentences are compared as they stand
in the code, so the project's translations are left out.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "BOARDROOM_TEST_DATA" not in os.environ:
    os.environ["BOARDROOM_TEST_DATA"] = tempfile.mkdtemp(prefix="boardroom-test-")
    atexit.register(shutil.rmtree, os.environ["BOARDROOM_TEST_DATA"], ignore_errors=True)

WORKER_DATA = Path(os.environ["BOARDROOM_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
WORKER_DATA.mkdir(exist_ok=True)
os.environ["BOARDROOM_DATA"] = str(WORKER_DATA)
os.environ.setdefault("SECRET_KEY", "for-tests-only-and-therefore-no-secret-at-all-0123456789")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("DEMO", "off")

from boardroom.settings import *  # noqa: E402, F403
from boardroom.settings import DATABASES  # noqa: E402

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOCALE_PATHS = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = WORKER_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the threads of a live server and of races need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(WORKER_DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
