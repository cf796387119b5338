"""Learning from guides that were found valid, typed or uploaded, what the next ones are filled in with.

Counts are added to and never started again, what a person changed by hand stays, and nothing that goes wrong here keeps
a guide from being saved or a file from being imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from conecta.texto import para_busca
from convenios.models import Convenio, ItemDaTerminologia
from lotes.models import Lote
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.valores import data_de
from uploads.digitacao.conhecidos_leitura import Aprendido, Codigo, ler
from uploads.digitacao.models import GuiaDigitada

registro_de_eventos = structlog.get_logger(__name__)
_MAIS: Final = 2_000
"""Things of a kind that one lot teaches: more are nobody's usual ones."""
_MAIOR_NOME: Final = 70
_MAIOR_DESCRICAO: Final = 150

# Each in the order of its key: two that learn at the same moment never wait for each other in a circle.
_BENEFICIARIOS: Final = """
insert into digitacao_beneficiarioconhecido as antes
    (prestador_id, operadora_id, numero_carteira, nome, nome_busca, validade_carteira, usos, ultimo_uso)
select %(prestador)s, %(operadora)s, carteira, %(nome)s, %(nome_busca)s, %(validade)s, vezes, %(agora)s
from unnest(%(carteiras)s::text[], %(vezes)s::int[]) as novo (carteira, vezes)
order by carteira
on conflict (prestador_id, operadora_id, numero_carteira) do update set
    usos = antes.usos + excluded.usos,
    ultimo_uso = excluded.ultimo_uso,
    nome = case when excluded.nome = '' then antes.nome else excluded.nome end,
    nome_busca = case when excluded.nome = '' then antes.nome_busca else excluded.nome_busca end,
    validade_carteira = coalesce(excluded.validade_carteira, antes.validade_carteira)
"""
_PROFISSIONAIS: Final = """
insert into digitacao_profissionalconhecido as antes
    (prestador_id, conselho, numero_conselho, uf, nome, nome_busca, cbo, cpf, codigos, usos, ultimo_uso)
select %(prestador)s, conselho, numero, uf, nome, nome_busca, cbo, cpf,
    case when codigo = '' then '{}'::jsonb else jsonb_build_object(%(operadora)s::text, codigo) end, vezes, %(agora)s
from unnest(
    %(conselhos)s::text[], %(numeros)s::text[], %(ufs)s::text[], %(nomes)s::text[], %(buscas)s::text[],
    %(cbos)s::text[], %(cpfs)s::text[], %(codigos)s::text[], %(vezes)s::int[]
) as novo (conselho, numero, uf, nome, nome_busca, cbo, cpf, codigo, vezes)
order by conselho, numero, uf
on conflict (prestador_id, conselho, numero_conselho, uf) do update set
    usos = antes.usos + excluded.usos,
    ultimo_uso = excluded.ultimo_uso,
    cbo = coalesce(nullif(excluded.cbo, ''), antes.cbo),
    cpf = coalesce(nullif(excluded.cpf, ''), antes.cpf),
    codigos = antes.codigos || excluded.codigos
"""
_PROCEDIMENTOS: Final = """
insert into digitacao_procedimentousual as antes
    (prestador_id, convenio_id, tipo, tabela, codigo, codigo_despesa, descricao, descricao_busca, favorito, usos,
    ultimo_uso)
select %(prestador)s, %(convenio)s, %(tipo)s, tabela, codigo, despesa, descricao, busca, false, vezes, %(agora)s
from unnest(
    %(tabelas)s::text[], %(codigos)s::text[], %(despesas)s::text[], %(descricoes)s::text[], %(buscas)s::text[],
    %(vezes)s::int[]
) as novo (tabela, codigo, despesa, descricao, busca, vezes)
order by tabela, codigo, despesa
on conflict (prestador_id, convenio_id, tipo, tabela, codigo, codigo_despesa) do update set
    usos = antes.usos + excluded.usos,
    ultimo_uso = excluded.ultimo_uso
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quem:
    """Whose guides they are, for whom, by which convênio, of which type; what only a typed one says of its person."""

    prestador: int
    operadora: int
    convenio: int | None
    tipo: str
    nome: str = ""
    validade: str = ""


def aprender(guia: GuiaDigitada, lida: GuiaLida) -> None:
    """Learn from a typed guide against which nothing stands; `lida` is how the rules read it. Four queries."""
    quem = _Quem(
        prestador=guia.prestador_id,
        operadora=guia.operadora_id,
        convenio=guia.convenio_id,
        tipo=guia.tipo,
        nome=guia.nome_do_beneficiario,
        validade=_no_papel(guia.valores, "validadeDaCarteira"),
    )
    _tentar(quem, [lida], guia=guia.pk)


def aprender_do_lote(lote: Lote, guias: Sequence[GuiaLida]) -> None:
    """Learn from the guides of a lot that was just imported. Five queries, however many they are."""
    quem = _Quem(
        prestador=lote.prestador_id, operadora=lote.operadora_id, convenio=lote.convenio_id, tipo=lote.tipo_de_guia
    )
    _tentar(quem, guias, lote=lote.pk)


def _no_papel(valores: Mapping[str, str], nome: str) -> str:
    return next((texto for caminho, texto in valores.items() if caminho.endswith(f"/{nome}")), "")


def _tentar(quem: _Quem, guias: Iterable[GuiaLida], **de_onde: int) -> None:
    """Learn, or leave it: whoever saves or imports goes on either way."""
    try:
        with transaction.atomic():
            _gravar(quem, ler(guias))
    except DatabaseError as erro:
        registro_de_eventos.warning("nada_aprendido", motivo=type(erro).__name__, **de_onde)


def _gravar(quem: _Quem, aprendido: Aprendido) -> None:
    comum: dict[str, Any] = {"prestador": quem.prestador, "operadora": quem.operadora, "agora": timezone.now()}
    with connection.cursor() as cursor:
        if aprendido.carteiras:
            cursor.execute(_BENEFICIARIOS, comum | _beneficiarios(quem, aprendido))
        if aprendido.profissionais:
            cursor.execute(_PROFISSIONAIS, comum | _profissionais(aprendido))
        if aprendido.codigos:
            cursor.execute(_PROCEDIMENTOS, comum | _procedimentos(quem, aprendido))


def _beneficiarios(quem: _Quem, aprendido: Aprendido) -> dict[str, Any]:
    carteiras = aprendido.carteiras.most_common(_MAIS)
    return {
        "carteiras": [carteira for carteira, _ in carteiras],
        "vezes": [vezes for _, vezes in carteiras],
        "nome": quem.nome,
        "nome_busca": para_busca(quem.nome)[:_MAIOR_NOME],
        "validade": data_de(quem.validade),
    }


def _profissionais(aprendido: Aprendido) -> dict[str, Any]:
    """One row for each person: what the most frequent mention says, and of what it leaves out the next one."""
    vezes: dict[tuple[str, str, str], int] = {}
    juntos: dict[tuple[str, str, str], dict[str, str]] = {}
    for quem, quantas in aprendido.profissionais.most_common(_MAIS):
        vezes[quem.chave] = vezes.get(quem.chave, 0) + quantas
        textos = juntos.setdefault(quem.chave, {})
        for que in ("nome", "cbo", "cpf", "codigo"):
            textos[que] = textos.get(que) or getattr(quem, que)
    return {
        "conselhos": [chave[0] for chave in juntos],
        "numeros": [chave[1] for chave in juntos],
        "ufs": [chave[2] for chave in juntos],
        "nomes": [textos["nome"] for textos in juntos.values()],
        "buscas": [para_busca(textos["nome"])[:_MAIOR_NOME] for textos in juntos.values()],
        "cbos": [textos["cbo"] for textos in juntos.values()],
        "cpfs": [textos["cpf"] for textos in juntos.values()],
        "codigos": [textos["codigo"] for textos in juntos.values()],
        "vezes": [vezes[chave] for chave in juntos],
    }


def _procedimentos(quem: _Quem, aprendido: Aprendido) -> dict[str, Any]:
    contados = aprendido.codigos.most_common(_MAIS)
    codigos = [codigo for codigo, _ in contados]
    termos = _termos(codigos, quem.operadora)
    descricoes = [
        (termos.get((codigo.tabela, codigo.codigo)) or aprendido.descricoes.get(codigo, ""))[:_MAIOR_DESCRICAO]
        for codigo in codigos
    ]
    return {
        "convenio": quem.convenio or _principal(quem.operadora),
        "tipo": quem.tipo,
        "tabelas": [codigo.tabela for codigo in codigos],
        "codigos": [codigo.codigo for codigo in codigos],
        "despesas": [codigo.despesa for codigo in codigos],
        "descricoes": descricoes,
        "buscas": [para_busca(descricao)[:_MAIOR_DESCRICAO] for descricao in descricoes],
        "vezes": [vezes for _, vezes in contados],
    }


def _principal(operadora: int) -> int | None:
    """The convênio by which guides are billed that name none."""
    return Convenio.objects.filter(operadora=operadora, principal=True).values_list("pk", flat=True).first()


def _termos(codigos: Sequence[Codigo], operadora: int) -> dict[tuple[str, str], str]:
    """What terminology calls these codes; of several periods the last."""
    linhas = ItemDaTerminologia.objects.filter(
        tabela__in={codigo.tabela for codigo in codigos}, codigo__in={codigo.codigo for codigo in codigos}
    ).order_by("vigencia_inicio")
    return {
        (tabela, codigo): texto
        for tabela, codigo, texto, dona in linhas.values_list("tabela", "codigo", "texto", "operadora_id")
        if dona in (None, operadora)
    }
