"""What the lists of the register ask the database, for half a million rows of one operadora.

Under row-level security only comparisons by `=` and by ranges use an index, so cards are looked for by their beginning
and names by rows of their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from conecta.contas.models import Organizacao
from convenios.beneficiarios_pelo_nome import (
    DEPOIS_DE_TUDO,
    MAIOR_CONTAGEM,
    BeneficiariosPeloNome,
    beneficiarios_pelo_nome,
)
from convenios.models import Beneficiario, Credenciamento, Plano

POR_PAGINA: Final = 50
MAIOR_LISTA: Final = 20
"""Operadoras that a search of the platform's directory shows."""
BeneficiariosAchados = QuerySet[Beneficiario] | BeneficiariosPeloNome


class PaginadorAteOnde(Paginator):
    """A paginator that counts as far as it makes sense to turn pages."""

    @cached_property
    def count(self) -> int:
        linhas: Any = self.object_list
        # In no order: it stops at the last one counted, where a sorted list would be made whole first.
        return int(linhas.order_by()[:MAIOR_CONTAGEM].count())


def beneficiarios_filtrados(operadora: Organizacao, filtros: Mapping[str, Any]) -> BeneficiariosAchados:
    """The operadora's beneficiários that the filters leave, by name. `texto` is a card's number, or words of a name."""
    todos = Beneficiario.objects.filter(operadora=operadora).order_by("nome_busca", "id")
    filtrados = todos
    if filtros.get("plano"):
        filtrados = filtrados.filter(plano=filtros["plano"])
    if situacao := filtros.get("situacao"):
        filtrados = filtrados.filter(_situacao(situacao, timezone.localdate()))
    texto = (filtros.get("texto") or "").strip()
    if not texto:
        return filtrados
    if any(letra.isdigit() for letra in texto):
        pela_carteira = _que_tem_a_carteira(filtrados, texto)
        if pela_carteira.exists():
            return pela_carteira
    return beneficiarios_pelo_nome(operadora, texto, entre=None if filtrados is todos else filtrados.order_by())


def _que_tem_a_carteira(beneficiarios: QuerySet[Beneficiario], texto: str) -> QuerySet[Beneficiario]:
    carteira = texto.replace(" ", "").replace(".", "").replace("-", "").upper()
    comeca = {"numero_carteira__gte": carteira, "numero_carteira__lt": carteira + DEPOIS_DE_TUDO}
    return beneficiarios.filter(**comeca).order_by("numero_carteira")


def pagina_de_beneficiarios(beneficiarios: BeneficiariosAchados, numero: str | None) -> Page[Beneficiario]:
    """A page of them with their planos."""
    if isinstance(beneficiarios, BeneficiariosPeloNome):
        contados_e_fatiados: Any = beneficiarios
        return Paginator(contados_e_fatiados, POR_PAGINA).get_page(numero)
    return PaginadorAteOnde(beneficiarios.select_related("plano"), POR_PAGINA).get_page(numero)


def _situacao(situacao: str, hoje: date) -> Q:
    desligados = Q(desligamento__lt=hoje)
    match situacao:
        case "ativos":
            return Q(desligamento__isnull=True) | Q(desligamento__gte=hoje)
        case "suspensos":
            return Q(suspenso_desde__lte=hoje) & ~desligados
        case "inadimplentes":
            return Q(inadimplente_desde__lte=hoje) & ~desligados
        case _:
            return desligados


def planos_filtrados(operadora: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Plano]:
    """The operadora's planos that the filters leave, by name, with their convênios."""
    planos = Plano.objects.filter(operadora=operadora).select_related("convenio").order_by("nome", "id")
    if texto := filtros.get("texto"):
        planos = planos.filter(Q(codigo__icontains=texto) | Q(nome__icontains=texto))
    if situacao := filtros.get("situacao"):
        planos = planos.filter(ativo=situacao == "ativos")
    return planos


def credenciamentos_filtrados(operadora: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Credenciamento]:
    """The operadora's contracts that the filters leave, by the prestador's name. "Ativos": in force today."""
    contratos = Credenciamento.objects.filter(operadora=operadora).select_related("prestador")
    if texto := filtros.get("texto"):
        pelo_prestador = Q(prestador__sigla__icontains=texto) | Q(prestador__nome__icontains=texto)
        documento = "".join(letra for letra in texto if letra.isalnum()).upper()
        pelo_documento = Q(prestador__documento=documento) if documento else Q()
        contratos = contratos.filter(pelo_prestador | pelo_documento | Q(codigo_na_operadora__iexact=texto))
    em_vigor = Credenciamento.objects.vigentes_em(timezone.localdate()).filter(operadora=operadora)
    if filtros.get("situacao") == "ativos":
        contratos = contratos.filter(pk__in=em_vigor.values("pk"))
    elif filtros.get("situacao"):
        contratos = contratos.exclude(pk__in=em_vigor.values("pk"))
    return contratos.order_by("prestador__sigla", "id")


def operadoras_do_portal(prestador: Organizacao, procurado: str) -> list[Any]:
    """Operadoras of the platform by name or registro ANS: `pk`, `sigla`, `nome`, `registro_ans`, nothing else.

    Those that the prestador has a contract in force with are left out.
    """
    minhas = Credenciamento.objects.vigentes_em(timezone.localdate()).filter(prestador=prestador)
    pelo_nome = Q(sigla__icontains=procurado) | Q(nome__icontains=procurado) | Q(registro_ans=procurado)
    achadas = Organizacao.objects.filter(pelo_nome, tipo=Organizacao.Tipo.OPERADORA, ativa=True)
    return list(
        achadas.exclude(pk__in=minhas.values("operadora"))
        .order_by("sigla")
        .values("pk", "sigla", "nome", "registro_ans")[:MAIOR_LISTA]
    )
