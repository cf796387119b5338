#!/bin/sh
# Roles, database and passwords on a new server. Run once by the postgres image, or by hand as a superuser:
#   SENHA_DO_DONO=… SENHA_DA_APLICACAO=… PASTA_DOS_SQL=conecta/embutido sh conecta/embutido/primeira_vez.sh
# psql finds the server by its usual variables (PGHOST, PGUSER, …).
set -eu
sql="${PASTA_DOS_SQL:-/sql}"

executar() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-${PGUSER:-postgres}}" "$@"
}

executar --dbname postgres --file "$sql/papeis.sql"
executar --dbname postgres --set dono="$SENHA_DO_DONO" --set aplicacao="$SENHA_DA_APLICACAO" <<'FIM'
alter role conecta_owner password :'dono';
alter role conecta_app password :'aplicacao';
select 'create database conecta owner conecta_owner' where not exists (select from pg_database where datname = 'conecta') \gexec
FIM
executar --dbname conecta --file "$sql/banco.sql"
