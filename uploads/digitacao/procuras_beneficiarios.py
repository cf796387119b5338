"""Looking up a beneficiário: those whom the prestador typed before, then the operadora's register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from conecta.interface.formatos import data as em_data
from convenios.beneficiarios_pelo_nome import DEPOIS_DE_TUDO, beneficiarios_pelo_nome
from convenios.models import Beneficiario, Credenciamento
from uploads.digitacao.models import BeneficiarioConhecido
from uploads.digitacao.procuras_campos import OPCOES, Achados, Lugar, Opcao
from uploads.digitacao.procuras_texto import codigo_em, com_as_palavras, mais_usados, palavras_de
from uploads.digitacao.transicoes import NOME_DO_BENEFICIARIO

_MINIMO: Final = 3
"""Characters from which the register is asked: fewer find everybody."""
_PALAVRAS: Final = 5
"""Words of a name that are looked for, each of which costs a query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pessoa:
    carteira: str
    nome: str
    validade: date | None
    plano: str = ""
    aviso: str = ""


def de_beneficiarios(lugar: Lugar, texto: str) -> Achados:
    """By the beginning of the card's number or by words of the name. Without a text, the last ones seen here.

    The operadora's register is looked into while the contract with it is in force. Ten queries at most.
    """
    hoje = timezone.localdate()
    conhecidos = {pessoa.carteira: pessoa for pessoa in _conhecidos(lugar, texto)}
    achados = _no_registro(lugar, texto, conhecidos, hoje) if _contratado(lugar, hoje) else []
    do_registro = {pessoa.carteira: pessoa for pessoa in achados}
    # What the register knows of a person is newer than what was typed once, and an upload has no names.
    pessoas = list((conhecidos | do_registro).values())
    exata = next((pessoa for pessoa in pessoas if pessoa.carteira == codigo_em(texto)), None)
    pessoas = [exata] if exata else pessoas
    return Achados([_opcao(lugar, pessoa) for pessoa in pessoas[:OPCOES]], len(pessoas) > OPCOES)


def _contratado(lugar: Lugar, hoje: date) -> bool:
    guia = lugar.guia
    return Credenciamento.objects.get(prestador=guia.prestador_id, operadora=guia.operadora_id).vigente_em(hoje)


def _no_registro(lugar: Lugar, texto: str, conhecidas: Iterable[str], hoje: date) -> list[_Pessoa]:
    """Those found, and those of the known cards, in the operadora's register."""
    operadora = lugar.guia.operadora
    todos = Beneficiario.objects.filter(operadora=operadora).select_related("plano")
    achados = list(todos.filter(numero_carteira__in=list(conhecidas)))
    if len(texto) < _MINIMO:
        pass
    elif _e_carteira(texto):
        # Under row-level security an index serves ranges, and not what begins with a text.
        comeco = codigo_em(texto)
        faixa = todos.filter(numero_carteira__gte=comeco, numero_carteira__lt=comeco + DEPOIS_DE_TUDO)
        achados += faixa.order_by("numero_carteira")[: OPCOES + 1]
    else:
        achados += beneficiarios_pelo_nome(operadora, " ".join(palavras_de(texto)[:_PALAVRAS]))[: OPCOES + 1]
    return [_do_registro(linha, hoje) for linha in achados]


def _e_carteira(texto: str) -> bool:
    return any(letra.isdigit() for letra in texto)


def _do_registro(linha: Beneficiario, hoje: date) -> _Pessoa:
    aviso = ""
    if linha.desligamento is not None and linha.desligamento < hoje:
        aviso = f"desligado em {em_data(linha.desligamento)}"
    elif linha.suspenso_desde is not None and linha.suspenso_desde <= hoje:
        aviso = f"suspenso desde {em_data(linha.suspenso_desde)}"
    return _Pessoa(
        carteira=linha.numero_carteira,
        nome=linha.nome,
        validade=linha.validade_carteira,
        plano=linha.plano.nome if linha.plano else "",
        aviso=aviso,
    )


def _conhecidos(lugar: Lugar, texto: str) -> Iterable[_Pessoa]:
    guia = lugar.guia
    daqui = BeneficiarioConhecido.objects.filter(prestador=guia.prestador_id, operadora=guia.operadora_id)
    if not texto:
        daqui = daqui.order_by("-ultimo_uso", "pk")
    elif _e_carteira(texto):
        daqui = mais_usados(daqui.filter(numero_carteira__startswith=codigo_em(texto)))
    else:
        daqui = mais_usados(daqui.filter(com_as_palavras("nome_busca", palavras_de(texto))))
    return [
        _Pessoa(carteira=linha.numero_carteira, nome=linha.nome, validade=linha.validade_carteira)
        for linha in daqui[: OPCOES + 1]
    ]


def _opcao(lugar: Lugar, pessoa: _Pessoa) -> Opcao:
    textos = {
        lugar.da_guia("numeroCarteira"): pessoa.carteira,
        lugar.da_guia("nomeBeneficiario") or NOME_DO_BENEFICIARIO: pessoa.nome,
        lugar.da_guia("validadeDaCarteira"): em_data(pessoa.validade),
    }
    if pessoa.plano:
        textos[lugar.da_guia("planoBeneficiario")] = pessoa.plano
    preenche = {nome: texto for nome, texto in textos.items() if nome is not None}
    validade = f"válida até {em_data(pessoa.validade)}" if pessoa.validade else ""
    return Opcao(rotulo=pessoa.carteira, texto=pessoa.nome, detalhe=pessoa.aviso or validade, preenche=preenche)
