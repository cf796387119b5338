"""Puts the demonstration's register in the database. Running it again changes nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta

from allauth.account.models import EmailAddress

from conecta.contas.models import Organizacao, Usuario, Vinculo
from conecta.tenancy.escopo import inquilino, sistema
from conecta.texto import para_busca
from convenios.models import Beneficiario, Credenciamento, Plano
from convenios.transicoes import convenio_principal

from .pessoas import CREDENCIAMENTOS, ORGANIZACOES, PESSOAS, SENHA, PessoaInventada

BENEFICIARIOS_POR_OPERADORA = 240
QUE_SAEM = range(900, 903)
"""Numbers of the cards of more people, of whom the operadora learns late that they had left."""
CARTEIRAS = {"pasa": "0009002501{:06d}", "cassi": "7700{:09d}"}

_NOMES = (
    *("Ana Lúcia", "Benedito", "Carla Regina", "Diego", "Elisa", "Francisco José", "Gabriela", "Hélio", "Ivone"),
    *("Joaquim", "Karina", "Lourival", "Márcia", "Nelson", "Olívia", "Paulo Sérgio", "Quitéria", "Rosângela"),
    *("Sebastião", "Tânia", "Ubirajara", "Vera Lúcia", "Wagner", "Zilda"),
)
_SOBRENOMES = (
    *("Ferreira Prado", "Araújo Neto", "dos Santos Moura", "Martins Fontoura", "Tavares", "de Almeida Brandão"),
    *("Nunes Peixoto", "Cardoso", "da Conceição", "Vasconcelos", "Guimarães", "Bittencourt", "Rezende", "de Sá"),
    *("Lacerda", "Figueiredo"),
)


def criar_cadastro() -> dict[str, Organizacao]:
    """Create what is missing of organisations, people, contracts and beneficiários; give the organisations by slug."""
    with sistema():
        organizacoes = {o.slug: _organizacao(o.slug) for o in ORGANIZACOES}
        for pessoa in PESSOAS:
            _pessoa(pessoa, organizacoes)
    for slug in CARTEIRAS:
        with inquilino("operadora", organizacoes[slug].pk):
            _contratos(slug, organizacoes)
            _beneficiarios(slug, organizacoes[slug])
    return organizacoes


def _organizacao(slug: str) -> Organizacao:
    inventada = next(o for o in ORGANIZACOES if o.slug == slug)
    organizacao, _ = Organizacao.objects.get_or_create(
        slug=slug,
        defaults={
            "tipo": inventada.tipo,
            "sigla": inventada.sigla,
            "nome": inventada.nome,
            "documento": inventada.documento,
            "registro_ans": inventada.registro_ans,
            "cnes": inventada.cnes,
        },
    )
    return organizacao


def _pessoa(pessoa: PessoaInventada, organizacoes: dict[str, Organizacao]) -> None:
    usuario = Usuario.objects.filter(email=pessoa.email).first()
    if usuario is None:
        usuario = Usuario.objects.create_user(pessoa.email, SENHA, nome=pessoa.nome)
        EmailAddress.objects.create(user=usuario, email=pessoa.email, verified=True, primary=True)
    for slug, papel in pessoa.vinculos:
        Vinculo.objects.get_or_create(usuario=usuario, organizacao=organizacoes[slug], defaults={"papel": papel})


def _contratos(slug: str, organizacoes: dict[str, Organizacao]) -> None:
    operadora = organizacoes[slug]
    convenio_principal(operadora=operadora)
    for dona, prestador, codigo in CREDENCIAMENTOS:
        if dona == slug:
            Credenciamento.objects.get_or_create(
                operadora=operadora,
                prestador=organizacoes[prestador],
                defaults={"codigo_na_operadora": codigo, "inicio": date(2019, 3, 1)},
            )


def _beneficiarios(slug: str, operadora: Organizacao) -> None:
    if Beneficiario.objects.filter(operadora=operadora).exists():
        return
    sorte = random.Random(slug)  # noqa: S311 - invented people, not secrets
    Beneficiario.objects.bulk_create(
        beneficiario(slug, operadora, n, sorte) for n in (*range(BENEFICIARIOS_POR_OPERADORA), *QUE_SAEM)
    )


def beneficiario(
    slug: str, operadora: Organizacao, numero: int, sorte: random.Random, plano: Plano | None = None
) -> Beneficiario:
    """An invented person with the operadora's card of that number, not saved."""
    nome = f"{sorte.choice(_NOMES)} {sorte.choice(_SOBRENOMES)}".upper()
    return Beneficiario(
        operadora=operadora,
        plano=plano,
        numero_carteira=CARTEIRAS[slug].format(numero),
        nome=nome,
        nome_busca=para_busca(nome),
        nascimento=date(1940, 1, 1) + timedelta(days=sorte.randrange(27_000)),
        inclusao=date(2012, 1, 1) + timedelta(days=sorte.randrange(2_500)),
    )


def carteiras_de(slug: str) -> list[str]:
    """The cards of an operadora's beneficiários who stay."""
    return [CARTEIRAS[slug].format(numero) for numero in range(BENEFICIARIOS_POR_OPERADORA)]


def carteiras_de_quem_sai(slug: str) -> list[str]:
    """The cards of those of whom the operadora learns late that they had left."""
    return [CARTEIRAS[slug].format(numero) for numero in QUE_SAEM]
