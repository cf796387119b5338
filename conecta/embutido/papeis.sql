-- Roles of Conecta. Run once per server by a superuser, in any database; running it again changes nothing.
--   conecta_owner   owns the tables, runs the migrations
--   conecta_app     login of web and workers: owns nothing and inherits nothing
--   conecta_prestador, conecta_operadora, conecta_sistema
--                   one per kind of tenant; a transaction of conecta_app takes one of them, policies do the rest
-- Where the server asks for passwords, give them to the two logins afterwards (alter role … password …).
do $$
declare
  papel text;
begin
  foreach papel in array array['conecta_owner', 'conecta_app', 'conecta_prestador', 'conecta_operadora', 'conecta_sistema']
  loop
    if not exists (select from pg_roles where rolname = papel) then
      execute format('create role %I', papel);
    end if;
  end loop;
end
$$;

alter role conecta_owner login createdb nosuperuser nocreaterole nobypassrls;
alter role conecta_app login noinherit nocreatedb nosuperuser nocreaterole nobypassrls;
alter role conecta_prestador nologin noinherit nobypassrls;
alter role conecta_operadora nologin noinherit nobypassrls;
alter role conecta_sistema nologin noinherit nobypassrls;

grant conecta_prestador, conecta_operadora, conecta_sistema to conecta_app with inherit false, set true;
