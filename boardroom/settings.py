"""Settings. Every value that differs between installations comes from the environment (docs/operations.md)."""

from pathlib import Path

from boardroom import config

BASE_DIR = Path(__file__).resolve().parent.parent
NODE_MODULES = BASE_DIR / "node_modules"

DEMO = config.switch("DEMO", default=False)
HTTPS = config.switch("HTTPS", default=not DEMO)
PORT = config.port("PORT", 8000)
BOARDROOM_DATA = config.folder("BOARDROOM_DATA", BASE_DIR / "data")
SECRET_KEY = config.secret_key("SECRET_KEY", DEMO, BOARDROOM_DATA)
REDIS_URL = config.redis("REDIS_URL")
DATABASES = {"default": config.database("DATABASE_URL", BOARDROOM_DATA)}
ALLOWED_HOSTS = config.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
TEST_HOOKS = config.switch("BOARDROOM_TEST_HOOKS", default=False)
globals().update(config.email("EMAIL_URL", BOARDROOM_DATA))
DEFAULT_FROM_EMAIL = config.text("EMAIL_FROM", "boardroom@localhost")

DEBUG = False
ROOT_URLCONF = "boardroom.urls"
WSGI_APPLICATION = "boardroom.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "boardroom",
    "publishing",
    "followups",
    "minutes",
    "meetings",
    "cases",
    "boards",
    "jobs",
    "audit",
    "accounts",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BOARDROOM_DATA / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds-css", NODE_MODULES / "@digdir/designsystemet-css/dist/src"),
    ("ds-theme", NODE_MODULES / "@digdir/designsystemet-theme/brand"),
    ("inter", NODE_MODULES / "@fontsource-variable/inter"),
]
