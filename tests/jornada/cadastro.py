"""A convênio of PASA with a plano, one beneficiário and prices, put into a running portal's register.

Written by a process of its own, within the portal's environment. That a gestor can do all of it in the screens is what
tests/jornada/test_convenio.py shows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino, sistema
from conecta.texto import para_busca
from convenios.models import Beneficiario, Convenio, Credenciamento, Plano
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.transicoes import registrar_faixa
from convenios.precos import transicoes
from convenios.transicoes import proximo_codigo
from tests.jornada.arquivos import CLINICA
from tests.portal import Portal, novo_numero

RAIZ = Path(__file__).parents[2]
INICIO = date(2020, 1, 1)
_GRAVAR = "from tests.jornada.cadastro import Cadastro, gravar; gravar(Cadastro({}))"
NOME = "ZULMIRA QUINTÃO"
"""Of the beneficiário."""
PRECOS = {
    ("22", "10101012"): "150.00",
    ("22", "31003079"): "780.00",
    ("22", "40304361"): "18.40",
    ("22", "40302040"): "8.75",
    ("22", "40316521"): "38.50",
    ("22", "85100196"): "95.00",
    ("18", "60000694"): "220.00",
}
"""By table and code of the standard's terminology."""


@dataclass(frozen=True, slots=True)
class Cadastro:
    """A convênio that nobody else bills by, and its only beneficiário."""

    numero: int

    @property
    def convenio(self) -> str:
        return f"Vida Plena {self.numero}"

    @property
    def carteira(self) -> str:
        return f"5550{self.numero:013}"


def cadastrar(portal: Portal) -> Cadastro:
    """Put a new convênio, its beneficiário and its prices into the portal's register."""
    cadastro = Cadastro(novo_numero())
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _GRAVAR.format(cadastro.numero)],
        cwd=RAIZ,
        env=os.environ | portal.ambiente,
        check=True,
    )
    return cadastro


def gravar(cadastro: Cadastro) -> None:
    """Write it. Within the portal's environment."""
    with sistema():
        pasa, aurelia = (Organizacao.objects.get(slug=slug) for slug in ("pasa", CLINICA))
        gestor = Usuario.objects.get(email="gustavo@pasa.example")
    with inquilino("operadora", pasa.pk):
        convenio = Convenio.objects.create(
            operadora=pasa, codigo=proximo_codigo(pasa), nome=cadastro.convenio, razao_social=pasa.nome, inicio=INICIO
        )
        _beneficiario(cadastro, convenio)
        _precos(convenio, por=gestor)
        registrar_faixa(
            credenciamento=Credenciamento.objects.get(prestador=aurelia),
            convenio=convenio,
            tipo=FaixaDeNumeracao.Tipo.GERAL,
            de=cadastro.numero * 1000,
            ate=cadastro.numero * 1000 + 999,
            automatica=True,
            autor=pasa,
            por=gestor,
        )


def _beneficiario(cadastro: Cadastro, convenio: Convenio) -> None:
    plano = Plano.objects.create(
        operadora=convenio.operadora,
        convenio=convenio,
        codigo=f"P{cadastro.numero}",
        nome="Plano Integral",
        inicio=INICIO,
    )
    Beneficiario.objects.create(
        operadora=convenio.operadora,
        plano=plano,
        numero_carteira=cadastro.carteira,
        nome=NOME,
        nome_busca=para_busca(NOME),
        inclusao=INICIO,
    )


def _precos(convenio: Convenio, por: Usuario) -> None:
    novos = {"nome": convenio.nome, "edicao": "2020", "tipo": "valores", "inicio": INICIO}
    tabela = transicoes.gravar_tabela(operadora=convenio.operadora, novos=novos, por=por)
    for (tabela_tiss, codigo), valor in PRECOS.items():
        preco = {"tabela_tiss": tabela_tiss, "codigo": codigo, "valor": Decimal(valor), "inicio": INICIO}
        transicoes.mudar_preco(tabela=tabela, novos=preco, por=por)
    for natureza in ("procedimentos", "taxas"):
        vinculo = {"tabela": tabela, "natureza": natureza, "inicio": INICIO}
        transicoes.gravar_vinculo(convenio=convenio, novos=vinculo, por=por)
