-- What each database of Conecta needs from a superuser. Run in the database itself, and in template1 of a server on
-- which tests make databases of their own; running it again changes nothing.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

do $$
begin
  execute format('grant connect, temporary on database %I to conecta_app, conecta_prestador, conecta_operadora, conecta_sistema',
                 current_database());
end
$$;
