"""All settings. Read from the environment; every variable is listed in docs/operator, none is needed to start.

DATABASE_URL             a PostgreSQL >= 15 instead of the embedded one
SHOUWANG_DATA_DIR        where the embedded database, keys and files live
SHOUWANG_HOSTS           host names, comma separated (default: this machine only)
SHOUWANG_HTTPS           1: cookies only over https, and HSTS (default: 1 where SHOUWANG_HOSTS is set, not in the demo)
SHOUWANG_BEHIND_PROXY    1: trust X-Forwarded-Proto of the proxy in front
SHOUWANG_DEMO            1: the demo town: invented people, log-in with one click
SHOUWANG_DEBUG           1: for developers only
"""

import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shouwang.config import database, datadir


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").strip().lower() in {"1", "true", "yes", "on"}


PACKAGE = Path(__file__).resolve().parents[1]
SHOUWANG_DATA_DIR = datadir.data_dir()
SHOUWANG_DEMO = flag("SHOUWANG_DEMO")
DEBUG = flag("SHOUWANG_DEBUG")

# -- who may ask -------------------------------------------------------------------------------------------------
_hosts = [h.strip() for h in os.environ.get("SHOUWANG_HOSTS", "").split(",") if h.strip()]
HTTPS = flag("SHOUWANG_HTTPS", default=bool(_hosts) and not SHOUWANG_DEMO)
ALLOWED_HOSTS = [*_hosts, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in _hosts if HTTPS and h != "*"]
SECRET_KEY = datadir.key("secret").hex()
SHOUWANG_SEALING_KEY = datadir.key("sealing")  # 32 bytes; whoever loses it loses every sealed field
SHOUWANG_FIELD_SEALING_KEY = datadir.key(
    "field-sealing"
)  # phones seal to it; without it nothing of theirs opens

# -- what there is ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "shouwang.config",
    "shouwang.access",
    "shouwang.sync",
    "shouwang.places",
    "shouwang.people",
    "shouwang.workforce",
    "shouwang.screening",
    "shouwang.gates",
    "shouwang.supplies",
    "shouwang.grievances",
    "shouwang.reporting",
    "shouwang.field",
    "shouwang.door",
    "shouwang.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shouwang.config.edges.NoNullCharacter",
    "django.middleware.gzip.GZipMiddleware",  # villages have slow lines; Django pads against guessing by length
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "axes.middleware.AxesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shouwang.access.middleware.SignInMiddleware",
    "shouwang.access.middleware.ScopeMiddleware",
]
ROOT_URLCONF = "shouwang.config.urls"
WSGI_APPLICATION = "shouwang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shouwang.access.context.nav",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts and the page frame lie below places and ask it for names through here.
SHOUWANG_AREA_NAME = "shouwang.places.queries.area_name"
SHOUWANG_AREA_NAMES = "shouwang.places.queries.names"
SHOUWANG_AREA_SEARCH = "shouwang.places.queries.search_areas"
# So does the register of returnees ask whose a household is, and when its people were last reached.
SHOUWANG_OWNERS = "shouwang.workforce.queries.owners"
SHOUWANG_LAST_REACHED = "shouwang.screening.queries.reached.last_reached"
SHOUWANG_HOMES_LAST_REACHED = "shouwang.screening.queries.reached.homes_last_reached"
# How many wait for this reader at a place of the navigation.
SHOUWANG_WAITING = {
    "screening:fevers": "shouwang.screening.queries.fever_calls.untaken",
    "supplies:requests": "shouwang.supplies.queries.waiting_count",
    "grievances:matters": "shouwang.grievances.queries.waiting_count",
}


# -- database -----------------------------------------------------------------------------------------------------
def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            "DATABASE_URL must begin with postgresql://: Shouwang's wall is made of PostgreSQL's row-level security."
        )
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    # psycopg's own default, which Django turns off; `?prepare_threshold=off` for a pooler that cannot bear it.
    threshold = str(options.pop("prepare_threshold", "5"))
    options["prepare_threshold"] = int(threshold) if threshold.isdigit() else None
    if threads := int(
        os.environ.get("SHOUWANG_THREADS", "0")
    ):  # set by `shouwang up`; a command needs no pool
        # A connection for each thread that works: nobody waits but while the database is away. Whoever waits then
        # starts the next try to reach it. Tries that double their pauses for five minutes, as is usual, would keep it
        # away for as long again.
        options["pool"] = {"min_size": 1, "max_size": threads, "timeout": 5, "reconnect_timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # the scope middleware opens the transaction
        "TEST": {"TEMPLATE": "template0"},
    }


DATABASES = {"default": _database(database.url())}

# -- accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "demo:index" if SHOUWANG_DEMO else "access:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "access:login"
OTP_TOTP_ISSUER = "守望 Shouwang"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says how long, and that must stay true
AXES_LOCKOUT_CALLABLE = "shouwang.access.views.locked_out"
# By name alone: a whole office shares one address and one kind of browser, and must not lock itself out.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it asks for the address
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in our own audit
AXES_SENSITIVE_PARAMETERS = ["username", "password", "token"]
AXES_VERBOSE = False

# -- sessions and transport ---------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 3600  # a shift
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
if flag("SHOUWANG_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- words and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "planning" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# Where the clock stands: None is the real one, the demo stands on the last morning of its scene.
SHOUWANG_SCENE = dt.datetime(2020, 2, 21, 9, 30, tzinfo=ZoneInfo(TIME_ZONE)) if SHOUWANG_DEMO else None

# -- static files ---------------------------------------------------------------------------------------------------
# From the packages directly; `shouwang up` collects them with hashed names first and says so in SHOUWANG_STATIC.
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
_collected = os.environ.get("SHOUWANG_STATIC") == "collected"
STATIC_ROOT = SHOUWANG_DATA_DIR / "static" if _collected else None
WHITENOISE_USE_FINDERS = not _collected
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 300
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SHOUWANG_DATA_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# -- logs: ids and places in the code, never a name or a value ----------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "shouwang.config.logs.IdsOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", **({} if DEBUG else {"formatter": "ids"})}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SHOUWANG_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # a mistyped address is not our trouble
        "django.server": {"handlers": [], "propagate": True},
    },
}
