"""What the demonstration's operadoras registered: a second convênio, planos, prices, a calendar, numbers, a demand.

Prices hold in the second convênio only. The invented files are billed by the first, at random prices: a table there
would find fault with every one of them. The first has the plano that their dental guides name.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from convenios.cadastro_do_convenio import criar_convenio
from convenios.calendario.transicoes import guardar_janela
from convenios.exigencias.transicoes import autorizar, gravar_exigencia
from convenios.models import Beneficiario, Convenio, Credenciamento, Plano
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.transicoes import registrar_faixa
from convenios.precos.models import TabelaDePreco
from convenios.precos.naturezas import Natureza
from convenios.precos.transicoes import gravar_tabela, gravar_vinculo, mudar_preco
from convenios.registros_transicoes import salvar
from convenios.transicoes import convenio_principal
from tiss_schemas.exemplos_dados import PLANO

from .cadastro import BENEFICIARIOS_POR_OPERADORA, beneficiario, carteiras_de


@dataclass(frozen=True, slots=True)
class RegistroInventado:
    """What one operadora registered, by whom, and for which prestador of its own."""

    gestor: str
    prestador: str
    segundo: str
    plano_do_segundo: str
    senha: str


REGISTROS: Final = {
    "pasa": RegistroInventado(
        "gustavo@pasa.example",
        "santa-aurelia",
        "PASA Executivo",
        "PASA Executivo Nacional",
        "7741902",
    ),
    "cassi": RegistroInventado(
        "nair@cassi.example", "santa-aurelia", "CASSI Associados", "CASSI Associados", "5508317"
    ),
}
_PRECOS: Final = (
    ("10101012", "Consulta em consultório", Natureza.CONSULTAS, "145.00"),
    ("40304361", "Hemograma com contagem de plaquetas", Natureza.PROCEDIMENTOS, "18.90"),
    ("40302040", "Glicose", Natureza.PROCEDIMENTOS, "6.25"),
    ("40301630", "Creatinina", Natureza.PROCEDIMENTOS, "7.10"),
    ("40316521", "TSH", Natureza.PROCEDIMENTOS, "32.40"),
    ("40101010", "ECG convencional", Natureza.PROCEDIMENTOS, "41.75"),
    ("41101014", "RM de crânio (encéfalo)", Natureza.PROCEDIMENTOS, "612.00"),
)
_PERCENTUAIS: Final = {Natureza.CONSULTAS: Decimal(100), Natureza.PROCEDIMENTOS: Decimal("108.5")}
_RESSONANCIA: Final = "41101014"
"""Nothing that the invented files charge, so that what is demanded of it stops none of them."""
_DO_SEGUNDO: Final = 12
_MESES: Final = 13
_ULTIMO_DIA, _ULTIMA_HORA = 10, time(18)


def criar_registro(organizacoes: dict[str, Organizacao]) -> None:
    """Register all of it, once: nothing happens at an operadora that has its second convênio."""
    for slug, inventado in REGISTROS.items():
        por = Usuario.objects.get(email=inventado.gestor)
        with inquilino("operadora", organizacoes[slug].pk, por.pk):
            if not Convenio.objects.filter(nome=inventado.segundo).exists():
                _registrar(organizacoes[slug], organizacoes[inventado.prestador], inventado, por)


def _registrar(operadora: Organizacao, prestador: Organizacao, inventado: RegistroInventado, por: Usuario) -> None:
    primeiro = convenio_principal(operadora=operadora)
    valores = {"nome": inventado.segundo, "razao_social": operadora.nome, "inicio": _primeiro_de_janeiro()}
    segundo = criar_convenio(operadora=operadora, valores=valores, por=por)
    _plano(primeiro, "100", PLANO, por)
    _beneficiarios(_plano(segundo, "200", inventado.plano_do_segundo, por))
    _precos(segundo, por)
    _calendario(operadora, por)
    _numeros(primeiro, prestador, por)
    _exigencia(operadora, prestador, inventado.senha, por)


def _plano(convenio: Convenio, codigo: str, nome: str, por: Usuario) -> Plano:
    plano = Plano(operadora=convenio.operadora, convenio=convenio, codigo=codigo, nome=nome, inicio=convenio.inicio)
    salvar(registro=plano, por=por)
    return plano


def _beneficiarios(plano: Plano) -> None:
    """People of the second convênio, whom no invented file charges."""
    sorte = random.Random(plano.nome)  # noqa: S311 - invented people, not secrets
    operadora = plano.operadora
    numeros = range(BENEFICIARIOS_POR_OPERADORA, BENEFICIARIOS_POR_OPERADORA + _DO_SEGUNDO)
    Beneficiario.objects.bulk_create(beneficiario(operadora.slug, operadora, n, sorte, plano) for n in numeros)


def _precos(convenio: Convenio, por: Usuario) -> None:
    inicio = _primeiro_de_janeiro()
    tabela = gravar_tabela(
        operadora=convenio.operadora,
        novos={
            "nome": f"Exames {convenio.nome}",
            "edicao": str(inicio.year),
            "tipo": TabelaDePreco.Tipo.VALORES,
            "inicio": inicio,
        },
        por=por,
    )
    for codigo, descricao, _, valor in _PRECOS:
        novos = {"tabela_tiss": "22", "codigo": codigo, "descricao": descricao, "valor": Decimal(valor)}
        mudar_preco(tabela=tabela, novos=novos | {"inicio": inicio}, por=por)
    for natureza, percentual in _PERCENTUAIS.items():
        vinculo = {"natureza": natureza, "tabela": tabela, "percentual": percentual, "inicio": inicio}
        gravar_vinculo(convenio=convenio, novos=vinculo, por=por)


def _calendario(operadora: Organizacao, por: Usuario) -> None:
    for competencia, seguinte in _competencias():
        janela = {
            "competencia": competencia,
            "abre": _instante(competencia, time.min),
            "fecha": _instante(seguinte.replace(day=_ULTIMO_DIA), _ULTIMA_HORA),
        }
        guardar_janela(operadora=operadora, janela=None, valores=janela, por=por)


def _numeros(convenio: Convenio, prestador: Organizacao, por: Usuario) -> None:
    registrar_faixa(
        credenciamento=Credenciamento.objects.get(operadora=convenio.operadora, prestador=prestador),
        convenio=convenio,
        tipo=FaixaDeNumeracao.Tipo.GERAL,
        de=80_400_000,
        ate=80_409_999,
        automatica=True,
        autor=convenio.operadora,
        por=por,
    )


def _exigencia(operadora: Organizacao, prestador: Organizacao, senha: str, por: Usuario) -> None:
    gravar_exigencia(
        operadora=operadora,
        novos={
            "tabela": "22",
            "prefixo": _RESSONANCIA[:4],
            "inicio": _primeiro_de_janeiro(),
            "exige_autorizacao": True,
            "exige_solicitante": True,
            "quantidade_maxima_por_guia": 3,
        },
        por=por,
    )
    dados = {
        "prestador": prestador,
        "numero_carteira": carteiras_de(operadora.slug)[0],
        "senha": senha,
        "emitida_em": timezone.localdate(),
    }
    autorizar(operadora=operadora, dados=dados, itens=[("22", _RESSONANCIA, Decimal(1))], por=por)


def _competencias() -> Iterator[tuple[date, date]]:
    """A year of months from the last one on, each with the month after it."""
    hoje = timezone.localdate()
    primeira = hoje.year * 12 + hoje.month - 2
    meses = [date(mes // 12, mes % 12 + 1, 1) for mes in range(primeira, primeira + _MESES + 1)]
    yield from itertools.pairwise(meses)


def _instante(dia: date, hora: time) -> datetime:
    return timezone.make_aware(datetime.combine(dia, hora))


def _primeiro_de_janeiro() -> date:
    return timezone.localdate().replace(month=1, day=1)
