"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
application = get_wsgi_application()

from tiss_schemas.aquecimento import aquecer_ao_lado  # noqa: E402 - the engine reads settings, which exist only now

aquecer_ao_lado()
