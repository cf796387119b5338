"""The one settings file. Values come from the environment (see README, "Running it for real"); the default is safe."""

import secrets
from pathlib import Path

import bootstrap
from celery.schedules import crontab, schedule
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from conecta.ambiente import PASTA_VAR, RAIZ, ler_ambiente
from conecta.registros import configurar_registros

env, EMBUTIDO = ler_ambiente()

BASE_DIR = RAIZ
DEBUG = False
SEGREDO_FORNECIDO = bool(env.str("SECRET_KEY", default=""))
# Commands that need no secret (tiss_validar) run without one; `check --deploy` refuses it (conecta.contas.checks).
SECRET_KEY = env.str("SECRET_KEY", default="") or secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not EMBUTIDO)
DEMONSTRACAO = env.bool("DEMONSTRACAO", default=EMBUTIDO)
SEGUNDO_FATOR_OBRIGATORIO = env.bool("SEGUNDO_FATOR_OBRIGATORIO", default=not EMBUTIDO)

INSTALLED_APPS = [
    "conecta.contas",
    "conecta.tenancy",
    "conecta.fila",
    "conecta.arquivos",
    "conecta.importacao",
    "conecta.interface",
    "conecta.demonstracao",
    "tiss_schemas",
    "convenios",
    "convenios.contrato",
    "convenios.numeracao",
    "convenios.precos",
    "convenios.exigencias",
    "convenios.calendario",
    "lotes",
    "lotes.mensagens",
    "uploads",
    "uploads.digitacao",
    "demonstrativos",
    "demonstrativos.analise",
    "demonstrativos.recursos",
    "demonstrativos.pagamentos",
    "demonstrativos.notas",
    "demonstrativos.emissao",
    "demonstrativos.painel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_structlog",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conecta.contas.middleware.CabecalhosDeSeguranca",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "conecta.contas.middleware.LimitesDaSessao",
    "conecta.contas.middleware.SegundoFator",
    "conecta.contas.middleware.InquilinoDaRequisicao",
]

ROOT_URLCONF = "conecta.urls"
WSGI_APPLICATION = "conecta.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conecta.interface.contexto.interface",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data -----------------------------------------------------------------------------------------------------------
# "default" is the login of web and workers, which owns nothing. "dono" owns the tables and runs migrations only.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default="postgres:///conecta"),
    "dono": env.db_url(
        "DATABASE_URL_DONO",
        default=env.str("DATABASE_URL", default="postgres:///conecta"),
    ),
}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["dono"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
}

ARMAZENAMENTO_URL = env.str("ARMAZENAMENTO_URL", default="")
"""Empty: files live in Postgres. `s3://key:secret@endpoint/bucket`: in S3-compatible storage."""

TISS_ESQUEMAS_DIR = Path(env.str("TISS_ESQUEMAS_DIR", default=str(PASTA_VAR / "tiss_schemas")))
ICP_BRASIL_DIR = Path(env.str("ICP_BRASIL_DIR", default=str(PASTA_VAR / "icp_brasil")))
"""Certificates of ICP-Brasil and lists of revoked ones, kept up to date by the installation; empty: not asked."""

# --- background work (docs/decisoes.md says why) ----------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = env.int("TRABALHO_LIMITE_SUAVE", default=120)
CELERY_TASK_TIME_LIMIT = env.int("TRABALHO_LIMITE", default=180)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "validacao"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    # Whoever sends a wake-up waits for a broker that does not answer twice the timeout, not for ever.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TIMEZONE = "America/Sao_Paulo"
FILA_VARREDURA_SEGUNDOS = env.float("FILA_VARREDURA_SEGUNDOS", default=15.0)
FILA_ARRENDAMENTO_SEGUNDOS = env.int("FILA_ARRENDAMENTO_SEGUNDOS", default=240)
FILA_PRAZOS = {"importacao": env.int("IMPORTACAO_LIMITE", default=30 * 60)}
"""Seconds that a job of a slow queue may take; the others have TRABALHO_LIMITE."""
CELERY_BEAT_SCHEDULE = {
    "varrer-fila": {
        "task": "fila.varrer",
        "schedule": schedule(FILA_VARREDURA_SEGUNDOS),
    },
    "limpar-importacoes": {
        "task": "importacao.limpar",
        "schedule": schedule(60 * 60),
        "options": {"queue": "importacao"},
    },
    "conferir-livros": {
        "task": "autoconferencia.conferir",
        "schedule": crontab(hour=3, minute=30),
        "options": {"queue": "documentos"},
    },
    "avisar-de-mensagens": {
        "task": "mensagens.avisar_vencidos",
        "schedule": schedule(60),
        "options": {"queue": "integracao"},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(PASTA_VAR / "celerybeat-schedule")

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "contas.Usuario"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "raiz"
ACCOUNT_ADAPTER = "conecta.contas.allauth.AdaptadorDeConta"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/15m/key"}
MFA_ADAPTER = "conecta.contas.allauth.AdaptadorDeSegundoFator"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Conecta"
USERSESSIONS_TRACK_ACTIVITY = False
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.console.EmailBackend"
    if EMBUTIDO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="conecta@localhost")
_PRIMEIRO_NOME = next(iter(ALLOWED_HOSTS), "localhost").lstrip(".")
ENDERECO_DO_PORTAL = env.str("ENDERECO_DO_PORTAL", default=f"{'https' if HTTPS else 'http'}://{_PRIMEIRO_NOME}")
"""Where links in e-mails lead that no request of a browser gave rise to."""

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_INATIVIDADE_SEGUNDOS = env.int("SESSION_INATIVIDADE_SEGUNDOS", default=30 * 60)
SESSION_ABSOLUTA_SEGUNDOS = env.int("SESSION_ABSOLUTA_SEGUNDOS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTA_SEGUNDOS
SESSION_COOKIE_NAME = "__Host-conecta" if HTTPS else "conecta"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "conecta.interface.erros.csrf"

# --- headers ----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("ATRAS_DE_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- uploads ----------------------------------------------------------------------------------------------------------
LIMITE_DO_ARQUIVO = 15 * 1024 * 1024
LIMITE_DA_IMPORTACAO = 100 * 1024 * 1024
IMPORTACAO_GUARDADA_DIAS = env.int("IMPORTACAO_GUARDADA_DIAS", default=30)
"""Days after its end that the file of an import, and its bad lines, are kept."""
TESTES_POR_HORA = env.int("TESTES_POR_HORA", default=30)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# --- static files: ours, and from wheels; nothing from elsewhere ------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(PASTA_VAR / "static")))
STATICFILES_DIRS = [
    RAIZ / "static",
    ("bootstrap", Path(next(iter(bootstrap.__path__))) / "css"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Only the hashed names are served, and source maps gain nothing from being compressed at every first start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

LOGGING = configurar_registros()
DJANGO_STRUCTLOG_CELERY_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
