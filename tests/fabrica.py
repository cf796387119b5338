"""Organisations, people and files for tests. All invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conecta.contas.models import Organizacao, Usuario, Vinculo
from conecta.contas.papeis import PAPEIS_DA_OPERADORA, PAPEIS_DO_PRESTADOR
from conecta.tenancy.escopo import inquilino, sistema
from convenios.models import Beneficiario, Credenciamento, ParametrosDaOperadora
from convenios.transicoes import convenio_principal
from demonstrativos.analise.models import ParametrosDaAnalise

PASA, SULINA = "331988", "354317"
CARTEIRAS = {PASA: "00090025012300{:02d}", SULINA: "77001122003300{:02d}"}


@dataclass
class Cenario:
    """PASA has aurelia and boavista; Sulina has aurelia and cedro: so every wall has somebody on both sides."""

    organizacoes: dict[str, Organizacao] = field(default_factory=dict)
    pessoas: dict[tuple[str, str], Usuario] = field(default_factory=dict)

    def __getattr__(self, nome: str) -> Organizacao:
        try:
            return self.organizacoes[nome]
        except KeyError:
            raise AttributeError(nome) from None

    def pessoa(self, papel: str, organizacao: str) -> Usuario:
        """The person with that papel there."""
        return self.pessoas[papel, organizacao]

    def dentro(self, organizacao: str, papel: str = "") -> Any:
        """The scope of an organisation, acted in by one of its people when `papel` is given."""
        quem = self.organizacoes[organizacao]
        usuario = self.pessoas[papel, organizacao].pk if papel else None
        return inquilino(quem.tipo, quem.pk, usuario)


def montar_cenario() -> Cenario:
    """Create the organisations, one person of every papel in each, the contracts and forty beneficiários each."""
    cenario = Cenario()
    with sistema():
        organizacoes = Organizacao.objects.bulk_create(
            Organizacao(
                tipo="operadora" if registro else "prestador",
                nome=f"{sigla} Ltda",
                sigla=sigla,
                slug=slug,
                documento=documento,
                registro_ans=registro,
            )
            for slug, sigla, documento, registro in (
                ("pasa", "PASA", "39419809000198", PASA),
                ("sulina", "Sulina Saúde", "87096616000196", SULINA),
                ("aurelia", "Santa Aurélia Diagnósticos", "41208337000176", ""),
                ("boavista", "Hospital Boa Vista", "19131243000197", ""),
                ("cedro", "Odonto Cedro", "07906129000102", ""),
            )
        )
        cenario.organizacoes = {organizacao.slug: organizacao for organizacao in organizacoes}
        cenario.pessoas = _empregar(organizacoes)
    for operadora, prestadores in (("pasa", ("aurelia", "boavista")), ("sulina", ("aurelia", "cedro"))):
        _contratar(cenario, operadora, prestadores)
    return cenario


def _empregar(organizacoes: list[Organizacao]) -> dict[tuple[str, str], Usuario]:
    """A person of every papel in each; all in two statements, for almost every test asks for them."""
    vinculos = []
    for organizacao in organizacoes:
        for papel in PAPEIS_DO_PRESTADOR if organizacao.e_prestador else PAPEIS_DA_OPERADORA:
            usuario = Usuario(email=f"{papel}@{organizacao.slug}.example", nome=f"{papel.label} da Silva")
            usuario.set_unusable_password()
            vinculos.append(Vinculo(usuario=usuario, organizacao=organizacao, papel=papel))
    Usuario.objects.bulk_create(vinculo.usuario for vinculo in vinculos)
    Vinculo.objects.bulk_create(vinculos)
    return {(str(vinculo.papel), vinculo.organizacao.slug): vinculo.usuario for vinculo in vinculos}


def _contratar(cenario: Cenario, operadora: str, prestadores: tuple[str, ...]) -> None:
    dona = cenario.organizacoes[operadora]
    with cenario.dentro(operadora):
        ParametrosDaOperadora.objects.create(operadora=dona)
        # The automatic pass needs a worker before anything is released; its own tests turn it on.
        ParametrosDaAnalise.objects.create(operadora=dona, conferencia_automatica=False)
        convenio_principal(operadora=dona)
        for prestador in prestadores:
            credenciado = cenario.organizacoes[prestador]
            Credenciamento.objects.create(
                operadora=dona,
                prestador=credenciado,
                codigo_na_operadora=credenciado.documento,
                inicio=date(2019, 3, 1),
            )
        Beneficiario.objects.bulk_create(
            Beneficiario(
                operadora=dona,
                numero_carteira=CARTEIRAS[dona.registro_ans].format(numero),
                nome=f"PESSOA INVENTADA {numero}",
                nome_busca=f"pessoa inventada {numero}",
                nascimento=date(1980, 1, 1),
                inclusao=date(2015, 1, 1),
            )
            for numero in range(40)
        )
