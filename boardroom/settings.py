"""Settings. Every value that differs between installations comes from the environment (docs/operations.md)."""

import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from boardroom import config

BASE_DIR = Path(__file__).resolve().parent.parent
NODE_MODULES = BASE_DIR / "node_modules"

DEMO = config.switch("DEMO", default=False)
HTTPS = config.switch("HTTPS", default=not DEMO)
PORT = config.port("PORT", 8000)
BOARDROOM_DATA = config.folder("BOARDROOM_DATA", BASE_DIR / "data")
SECRET_KEY = config.secret_key("SECRET_KEY", DEMO, BOARDROOM_DATA)
SECRET_KEY_FALLBACKS = [key for key in config.text("SECRET_KEYS_BEFORE").split(",") if key]
REDIS_URL = config.redis("REDIS_URL")
DATABASES = {"default": config.database("DATABASE_URL", BOARDROOM_DATA)}
ALLOWED_HOSTS = config.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
TEST_HOOKS = config.switch("BOARDROOM_TEST_HOOKS", default=False)
globals().update(config.email("EMAIL_URL", BOARDROOM_DATA))
DEFAULT_FROM_EMAIL = config.text("EMAIL_FROM", "boardroom@localhost")
DAILY_MAIL_AT = config.clock("DAILY_MAIL_AT", "07:00")
BOUNCES_URL = config.bounces("BOUNCES_URL")

DEBUG = False
ROOT_URLCONF = "boardroom.urls"
WSGI_APPLICATION = "boardroom.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "boardroom.lib.form_renderer.DesignsystemetRenderer"

INSTALLED_APPS = [
    "boardroom",
    "publishing",
    "followups",
    "minutes",
    "meetings",
    "cases",
    "signin",
    "mail",
    "boards",
    "jobs",
    "audit",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "boardroom.middleware.ClientAddress",
    "boardroom.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "boardroom.middleware.RequestLimits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "boardroom.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "boardroom.middleware.Receipts",
    "boardroom.middleware.RouteAccess",
    "boardroom.middleware.TwoSteps",
    "boardroom.middleware.ErrorPages",
    "boardroom.middleware.FormsOnce",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["accounts.templatetags.form_tokens"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "boardroom.navigation.shell",
            ],
        },
    },
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "boardroom.formats"
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS

# Signing in, sessions and cookies
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
SIGN_IN_LIMITS = {"minutes": 15, "per_account": 5, "per_address": 30}
SIGN_IN_LINK_MINUTES = config.minutes("SIGN_IN_LINK_MINUTES", 15, most=24 * 60)
OWNER_LINK_WEEKS = config.count("OWNER_LINK_WEEKS", 4, most=26)
TRUSTED_PROXIES = config.count("TRUSTED_PROXIES", 0, most=5)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.MoreThanLong"},
]
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
ACCOUNT_ADAPTER = "signin.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_RATE_LIMITS = False  # counted in the database, for all processes: accounts/throttle.py
MFA_ADAPTER = "signin.adapter.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "signin.forms.CodeForm",
    "reauthenticate": "signin.forms.ConfirmCodeForm",
    "activate_totp": "signin.forms.ActivateCodesForm",
    "add_webauthn": "signin.forms.PasskeyForm",
    "login_webauthn": "signin.forms.PasskeySignInForm",
    "authenticate_webauthn": "signin.forms.SecondPasskeyForm",
    "reauthenticate_webauthn": "signin.forms.ConfirmPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Boardroom"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "signin.views.providers.Arrival"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": config.oidc_providers("OIDC_PROVIDERS")}}
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SESSION_ENGINE = "accounts.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_NAME = "__Host-sess" if HTTPS else "sess"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
KEPT_COOKIE_NAME = "__Host-kept" if HTTPS else "kept"  # read by static/js/keep.js
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "boardroom.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Transport and headers (spec B16)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
USE_X_FORWARDED_HOST = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The hash is that of the one style block the rich text editor puts in (ecosystem: prose editor 0.28).
        "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Limits on what comes in
MAX_BODY_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# A cache holds nothing that must be shared or kept: counters and sessions are rows in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "boardroom"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "boardroom.lib.logs.PlainFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = BOARDROOM_DATA / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds-css", NODE_MODULES / "@digdir/designsystemet-css/dist/src"),
    ("ds-theme", NODE_MODULES / "@digdir/designsystemet-theme/brand"),
    ("inter", NODE_MODULES / "@fontsource-variable/inter"),
    ("idiomorph", NODE_MODULES / "idiomorph/dist"),
    ("sortable", NODE_MODULES / "sortablejs"),
]
# Before `collectstatic` has run (tests, a first look) files are served as they lie, under their plain names.
STATIC_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = BOARDROOM_DATA / "files"
# A command that gets a file's path as its last argument and ends with 0 when it is clean, 1 when it is not.
FILE_SCANNER = config.text("FILE_SCANNER", "")

# --- Jobs and Celery -------------------------------------------------------------------------------------------------
JOB_BELL_SECONDS = config.seconds("JOB_BELL_SECONDS", 1)
JOB_LEASE_SECONDS = config.seconds("JOB_LEASE_SECONDS", 30)
JOB_SWEEP_SECONDS = config.seconds("JOB_SWEEP_SECONDS", 10)
JOB_TICK_SECONDS = config.seconds("JOB_TICK_SECONDS", 60)
JOB_KEEP_DAYS = config.days("JOB_KEEP_DAYS", 90)

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # a Redis that is full refuses what workers ask of it, also at their start
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "retry_on_timeout": False,
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(BOARDROOM_DATA / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A message nobody took before the next one is due is thrown away, so that a day without workers leaves no pile.
    "sweep": {"task": "jobs.sweep", "schedule": JOB_SWEEP_SECONDS, "options": {"expires": JOB_SWEEP_SECONDS}},
    "tick": {"task": "jobs.tick", "schedule": JOB_TICK_SECONDS, "options": {"expires": JOB_TICK_SECONDS}},
}
# --- End of jobs and Celery ------------------------------------------------------------------------------------------
