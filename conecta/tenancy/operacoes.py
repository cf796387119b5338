"""Migration operations that put up the wall and that fail closed when they are undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.migrations.operations.base import Operation

INQUILINO = "nullif(current_setting('app.tenant', true), '')::bigint"
"""SQL of the tenant's id; null, hence no row, when there is none."""

PAPEIS = ("conecta_app", "conecta_prestador", "conecta_operadora", "conecta_sistema")


@dataclass(frozen=True, slots=True)
class Politica:
    """What one role may do with the rows of a table.

    `acoes` are SQL privileges (select, insert, update, delete); `usando` the condition on rows that are read, changed
    or removed, `conferindo` the condition on rows that are written (the same when left out).
    """

    papel: str
    acoes: tuple[str, ...]
    usando: str
    conferindo: str | None = None
    colunas: tuple[str, ...] = ()
    """Columns that an update may touch; all when empty."""
    sufixo: str = ""
    """Tells two policies of one role and action on one table apart."""


def politica_do_prestador(
    acoes: tuple[str, ...] = ("select", "insert", "update", "delete"),
    coluna: str = "prestador_id",
) -> Politica:
    """A prestador and its own rows."""
    return Politica("conecta_prestador", acoes, f"{coluna} = {INQUILINO}")


def politica_da_operadora_depois_do_envio(
    acoes: tuple[str, ...] = ("select",),
) -> Politica:
    """An operadora and the rows addressed to it, from the moment they were sent."""
    return Politica(
        "conecta_operadora",
        acoes,
        f"operadora_id = {INQUILINO} and enviado_em is not null",
    )


class Murar(Operation):
    """Enable and force row-level security on a table and give each role its policies and grants."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, tabela: str, politicas: Sequence[Politica]) -> None:
        self.tabela = tabela
        self.politicas = list(politicas)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.tabela, self.politicas], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The wall is no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"alter table {self.tabela} enable row level security")
        schema_editor.execute(f"alter table {self.tabela} force row level security")
        for politica in self.politicas:
            self._criar(schema_editor, politica)

    def _criar(self, schema_editor: Any, politica: Politica) -> None:
        for acao in politica.acoes:
            usando = f" using ({politica.usando})" if acao != "insert" else ""
            escrita = f" with check ({politica.conferindo or politica.usando})" if acao in ("insert", "update") else ""
            schema_editor.execute(
                f"create policy {acao}_{politica.papel}{politica.sufixo} on {self.tabela} "
                f"for {acao} to {politica.papel}{usando}{escrita}"
            )
        privilegios = [
            f"update ({', '.join(politica.colunas)})" if acao == "update" and politica.colunas else acao
            for acao in politica.acoes
        ]
        schema_editor.execute(f"grant {', '.join(privilegios)} on {self.tabela} to {politica.papel}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        # Grants go first: a table without policies but with grants would be open to everybody.
        schema_editor.execute(f"revoke all on {self.tabela} from {', '.join(PAPEIS)}")
        for politica in self.politicas:
            for acao in politica.acoes:
                schema_editor.execute(f"drop policy {acao}_{politica.papel}{politica.sufixo} on {self.tabela}")
        schema_editor.execute(f"alter table {self.tabela} no force row level security")
        schema_editor.execute(f"alter table {self.tabela} disable row level security")

    def describe(self) -> str:
        return f"Put the tenant wall around {self.tabela}"


class ChaveComposta(Operation):
    """A foreign key over the copied tenant columns: a row can only hang on a row of the same organisations."""

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        tabela: str,
        colunas: Sequence[str],
        alvo: str,
        colunas_do_alvo: Sequence[str],
    ) -> None:
        self.tabela = tabela
        self.colunas = list(colunas)
        self.alvo = alvo
        self.colunas_do_alvo = list(colunas_do_alvo)

    @property
    def nome(self) -> str:
        return f"{self.tabela}_{self.colunas[0]}_inquilino"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            type(self).__name__,
            [self.tabela, self.colunas, self.alvo, self.colunas_do_alvo],
            {},
        )

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Composite keys are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(
            f"alter table {self.tabela} add constraint {self.nome} foreign key ({', '.join(self.colunas)}) "
            f"references {self.alvo} ({', '.join(self.colunas_do_alvo)})"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"alter table {self.tabela} drop constraint {self.nome}")

    def describe(self) -> str:
        return f"Tie {self.tabela} to {self.alvo} of the same organisations"


class Conceder(Operation):
    """Grant privileges on tables without tenant (terminology, sessions) to roles."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, acoes: str, tabelas: Sequence[str], papeis: Sequence[str] = PAPEIS) -> None:
        self.acoes = acoes
        self.tabelas = list(tabelas)
        self.papeis = list(papeis)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.acoes, self.tabelas, self.papeis], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Grants are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"grant {self.acoes} on {', '.join(self.tabelas)} to {', '.join(self.papeis)}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"revoke all on {', '.join(self.tabelas)} from {', '.join(self.papeis)}")

    def describe(self) -> str:
        return f"Grant {self.acoes} on {', '.join(self.tabelas)}"


class Auditar(Operation):
    """Record every insert, update and delete on a table in the schema `auditoria`, which no runtime role can read."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, tabela: str, esconder: Sequence[str] = ()) -> None:
        self.tabela = tabela
        self.esconder = list(esconder)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.tabela, self.esconder], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        argumentos = ", ".join(f"'{coluna}'" for coluna in self.esconder)
        schema_editor.execute(
            f"create trigger auditoria after insert or update or delete on {self.tabela} "
            f"for each row execute function auditoria.registrar({argumentos})"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"drop trigger auditoria on {self.tabela}")

    def describe(self) -> str:
        return f"Audit {self.tabela}"
