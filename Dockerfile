# The image of web, workers and beat. Postgres and Redis run beside it (docker-compose.yml).
FROM python:3.13-slim-trixie

# What WeasyPrint loads for the PDFs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=conecta.settings \
    CONECTA_VAR=/srv/var STATIC_ROOT=/srv/static
WORKDIR /srv/conecta

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
RUN useradd --system --home-dir /srv/var --create-home conecta \
    && SECRET_KEY=only-for-this-step python -m conecta.embutido.estaticos
USER conecta

EXPOSE 8000
CMD ["gunicorn", "conecta.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", \
     "--threads", "4", "--timeout", "120", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
