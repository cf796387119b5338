"""Damages to what is written in a field."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from lxml import etree

from tests.danos.base import COM_ITENS, TODOS, TOTAIS, Alvo, Conserto, Dano, Original, do_tipo
from tiss_schemas.campos import Campo, TipoDeCampo

SIGLAS = {"35": "SP", "33": "RJ", "31": "MG"}
PEDIDOS_POR_REGRAS = frozenset({"nomeProfissional"})
"""Optional for the schema only."""
Escrita = Callable[[str, Campo], str | None]


def _valor(
    nome: str, escreve: Escrita, conserto: Conserto, *, em: Callable[[Campo], bool], tipos: frozenset[str] = TODOS
) -> Dano:
    """Another text in a field of that kind, wherever the schema then refuses it."""

    def lugares(original: Original) -> list[etree._Element]:
        return [no for no in original.folhas() if _nova(original, no) is not None]

    def _nova(original: Original, no: etree._Element) -> str | None:
        campo = original.campo(no)
        nova = escreve(no.text or "", campo) if em(campo) else None
        return None if nova is None or campo.aceita(nova) else nova

    def fazer(original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
        no.text = _nova(original, no)
        return Alvo(no)

    return Dano(nome=nome, lugares=lugares, fazer=fazer, conserto=conserto, tipos=tipos)


def _data(formato: str) -> Escrita:
    return lambda texto, _: date.fromisoformat(texto).strftime(formato)


def _de_milhar(texto: str, _campo: Campo) -> str | None:
    return f"{Decimal(texto):,.2f}".translate(str.maketrans(",.", ".,")) if Decimal(texto) >= 1000 else None


def _com_mascara(tamanho: int, mascara: str) -> Escrita:
    """ "##.###" over a text of that many characters."""

    def escreve(texto: str, _campo: Campo) -> str | None:
        letras = iter(texto)
        return "".join(next(letras) if c == "#" else c for c in mascara) if len(texto) == tamanho else None

    return escreve


def _chamado(*nomes: str) -> Callable[[Campo], bool]:
    return lambda campo: campo.nome_xml in nomes


def _sem_zero(texto: str, _campo: Campo) -> str | None:
    return texto.lstrip("0") or None if texto.startswith("0") else None


def _minusculo(texto: str, campo: Campo) -> str | None:
    return texto.lower() if texto != texto.lower() else None


def _comprido(texto: str, campo: Campo) -> str | None:
    return (
        ("Ação e reação " * 80)[: campo.tamanho_max + 1].strip().ljust(campo.tamanho_max + 1, "o")
        if campo.tamanho_max
        else None
    )


def _curto(texto: str, campo: Campo) -> str | None:
    return "A" * (campo.tamanho_min - 1) if campo.tamanho_min and campo.tamanho_min > 1 else None


def _fora_do_padrao(texto: str, campo: Campo) -> str | None:
    return "@" + texto[1:] if campo.padrao else None


def _decimais_a_mais(texto: str, campo: Campo) -> str | None:
    return f"{texto.partition('.')[0]}.{'1' * (campo.decimais + 1)}" if campo.decimais else None


def _vazio_opcional(texto: str, campo: Campo) -> str | None:
    dispensavel = not campo.obrigatorio and not campo.alternativas and campo.nome_xml not in PEDIDOS_POR_REGRAS
    return "" if dispensavel else None


def _vazio_obrigatorio(texto: str, campo: Campo) -> str | None:
    return "" if campo.obrigatorio and campo.nome_xml not in {*TOTAIS, "registroANS", "sequencialItem"} else None


_LISTA, _DATA, _HORA = do_tipo(TipoDeCampo.LISTA), do_tipo(TipoDeCampo.DATA), do_tipo(TipoDeCampo.HORA)
_DECIMAL, _TEXTO = do_tipo(TipoDeCampo.DECIMAL), do_tipo(TipoDeCampo.TEXTO)
_CALCULADOS = frozenset({"valorTotal", "valorTotalGeral", "valorTotalHonorarios", "valorTotalProc"})
"""What other fields of the message add up to."""
_IGUAL, _NENHUM = Conserto.IGUAL, Conserto.NENHUM


def _digitado(campo: Campo) -> bool:
    return _DECIMAL(campo) and campo.nome_xml not in _CALCULADOS


def _com_codigo(campo: Campo) -> bool:
    return campo.tipo is TipoDeCampo.LISTA or (campo.tipo is TipoDeCampo.TEXTO and campo.padrao is not None)


def _qualquer(campo: Campo) -> bool:
    return True


DANOS_DE_VALOR = (
    _valor("brancos em volta do valor", lambda t, _: f" {t}\n ", _IGUAL, em=_com_codigo),
    _valor("espaço rígido depois do valor", lambda t, _: f"{t}\N{NO-BREAK SPACE}", _IGUAL, em=_com_codigo),
    _valor("vírgula decimal", lambda t, _: t.replace(".", ",") if "." in t else None, _IGUAL, em=_DECIMAL),
    _valor("separador de milhares", _de_milhar, _IGUAL, em=_DECIMAL, tipos=COM_ITENS - {"odonto"}),
    _valor("cifrão", lambda t, _: f"R$ {t.replace('.', ',')}", _IGUAL, em=_DECIMAL),
    _valor("cifrão colado", lambda t, _: f"R${t}", _IGUAL, em=_DECIMAL),
    _valor("data dd/mm/aaaa", _data("%d/%m/%Y"), _IGUAL, em=_DATA),
    _valor("data dd-mm-aaaa", _data("%d-%m-%Y"), _IGUAL, em=_DATA),
    _valor("data dd.mm.aaaa", _data("%d.%m.%Y"), _IGUAL, em=_DATA),
    _valor("data aaaammdd", _data("%Y%m%d"), _IGUAL, em=_DATA),
    _valor("data aaaa/mm/dd", _data("%Y/%m/%d"), _IGUAL, em=_DATA),
    _valor("data com hora", _data("%Y-%m-%dT00:00:00"), _IGUAL, em=_DATA),
    _valor("data com ano de dois dígitos", _data("%d/%m/%y"), _NENHUM, em=_DATA),
    _valor("data que não existe", lambda t, _: f"{t[:4]}-02-30", _NENHUM, em=_DATA),
    _valor("hora sem segundos", lambda t, _: t[:5] if t.endswith(":00") else None, _IGUAL, em=_HORA),
    _valor("hora como 14h30", lambda t, _: f"{t[:2]}h{t[3:5]}" if t.endswith(":00") else None, _IGUAL, em=_HORA),
    _valor("hora sem dois-pontos", lambda t, _: t.replace(":", ""), _IGUAL, em=_HORA),
    _valor("hora que não existe", lambda t, _: f"25{t[2:]}", _NENHUM, em=_HORA),
    _valor(
        "CNPJ com máscara",
        _com_mascara(14, "##.###.###/####-##"),
        _IGUAL,
        em=_chamado("CNPJ", "cnpjContratado", "cnpjLocalExecutante"),
    ),
    _valor(
        "CPF com máscara",
        _com_mascara(11, "###.###.###-##"),
        _IGUAL,
        em=_chamado("cpfContratado"),
        tipos=TODOS - {"odonto"},
    ),
    _valor(
        "CNES com traço",
        _com_mascara(7, "####-###"),
        _IGUAL,
        em=_chamado("CNES", "cnes", "cnesContratadoExecutante", "cnesExec"),
    ),
    _valor("registro ANS com ponto", _com_mascara(6, "###.###"), _IGUAL, em=_chamado("registroANS")),
    _valor("letras da UF", lambda t, _: SIGLAS.get(t), _IGUAL, em=_chamado("UF", "ufSolic", "ufExec", "ufExec2")),
    _valor("código sem o zero à esquerda", _sem_zero, _IGUAL, em=_LISTA),
    _valor("código em minúsculas", _minusculo, _IGUAL, em=_LISTA),
    _valor(
        "S em lugar de true",
        lambda t, _: "S" if t == "true" else "N",
        _IGUAL,
        em=lambda campo: campo.nome_xml in {"autorizado", "doencaPeriodontal", "alteracaoTecidoMole"},
        tipos=frozenset({"odonto"}),
    ),
    _valor("valor fora da lista", lambda t, _: "ZZ-9", _NENHUM, em=_LISTA),
    _valor("palavra no lugar do número", lambda t, _: "doze", _NENHUM, em=_digitado),
    _valor(
        "palavra no lugar do total",
        lambda t, _: "doze",
        Conserto.VALIDO,
        em=_chamado(*_CALCULADOS),
        tipos=COM_ITENS,
    ),
    _valor("texto comprido demais", _comprido, _NENHUM, em=_TEXTO),
    _valor("texto curto demais", _curto, _NENHUM, em=_TEXTO),
    _valor("texto fora do padrão", _fora_do_padrao, _NENHUM, em=_TEXTO),
    _valor("decimais a mais", _decimais_a_mais, _NENHUM, em=_digitado),
    _valor("elemento opcional vazio", _vazio_opcional, Conserto.VALIDO, em=_qualquer),
    _valor("elemento obrigatório vazio", _vazio_obrigatorio, _NENHUM, em=_qualquer),
)
"""Each restores the message where the writing alone decides."""
