"""Reading one cell: what people write in spreadsheets becomes a typed value, or a sentence that says what to write.

Each function takes the text of a cell that is not empty and raises `ErroDaCelula`. Nothing is guessed: what could be
read in two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from conecta.texto import para_busca
from tiss_schemas.documentos import documento_valido


class ErroDaCelula(ValueError):
    """A cell that says nothing readable. `frase` tells the person what to write instead."""

    def __init__(self, frase: str) -> None:
        super().__init__(frase)
        self.frase = frase


class NumeroDaPlanilha(str):
    """The text of a cell that is a number in the workbook: its dot is a decimal point, and zeros in front were lost.

    A cell shown as percentage reads "12.5%".
    """

    __slots__ = ()


_MENOR_DIA: Final = date(1900, 1, 1)
_ORIGEM_DO_EXCEL: Final = date(1899, 12, 30)
_DIA: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DIA_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_DIA_JUNTO: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SERIAL: Final = re.compile(r"\d{5}")
_NUMERO: Final = re.compile(r"[+-]?\d[\d.,]*")
_MILHARES: Final = {".": re.compile(r"\d{1,3}(\.\d{3})+"), ",": re.compile(r"\d{1,3}(,\d{3})+")}
_SIM: Final = frozenset({"sim", "s", "1", "x", "true", "verdadeiro", "yes", "y"})
_NAO: Final = frozenset({"nao", "n", "0", "false", "falso", "no"})
_MAIOR_INTEIRO: Final = 18


def texto(valor: str, *, maximo: int, minimo: int = 1) -> str:
    """Text of `minimo` to `maximo` characters, blanks folded."""
    limpo = " ".join(valor.split())
    if len(limpo) > maximo:
        raise ErroDaCelula(f"Tem {len(limpo)} caracteres; cabem {maximo}. Encurte.")
    if len(limpo) < minimo:
        raise ErroDaCelula(f"Tem {len(limpo)} caracteres; são precisos {minimo}.")
    return limpo


def codigo(valor: str, *, maximo: int) -> str:
    """A code: text of up to `maximo` characters without blanks inside."""
    limpo = texto(valor, maximo=maximo)
    if " " in limpo:
        raise ErroDaCelula("Um código não tem espaços. Tire o espaço.")
    return limpo


def inteiro(valor: str, *, minimo: int = 0, maximo: int = 2**31 - 1) -> int:
    """A whole number between the two; "1.234" and "12,0" are understood."""
    numero = decimal(valor, casas=0)
    if not minimo <= numero <= maximo:
        raise ErroDaCelula(f"Escreva um número inteiro de {minimo} a {maximo}.")
    return int(numero)


def dinheiro(valor: str, *, casas: int = 2, negativo: bool = False, algarismos: int = _MAIOR_INTEIRO) -> Decimal:
    """Money in reais, "1.234,56" or "1234.56", with or without "R$"; up to `casas` decimals."""
    sem_cifrao = re.sub(r"^R\$\s*", "", valor) if type(valor) is str else valor
    return decimal(sem_cifrao, casas=casas, negativo=negativo, algarismos=algarismos)


def percentual(valor: str, *, casas: int = 4, negativo: bool = False) -> Decimal:
    """A percentage as people say it: "12,5", "12,5 %" and a cell shown as 12,5% are all Decimal("12.5")."""
    sem_sinal = valor.rstrip("%").rstrip()
    numero = NumeroDaPlanilha(sem_sinal) if isinstance(valor, NumeroDaPlanilha) else sem_sinal
    return decimal(numero, casas=casas, negativo=negativo)


def decimal(valor: str, *, casas: int, negativo: bool = False, algarismos: int = _MAIOR_INTEIRO) -> Decimal:
    """A number with up to `algarismos` digits before the comma and `casas` after it.

    "1.234" and "1,234" are refused: one thousand, or one and a bit?
    """
    numero = Decimal(_com_ponto(valor))
    if numero < 0 and not negativo:
        raise ErroDaCelula("Não pode ser menor que zero.")
    # Before it is rounded: of a number with more digits than a Decimal keeps nothing can be.
    if numero.adjusted() >= algarismos:
        raise ErroDaCelula(f"O número é grande demais: cabem {algarismos} algarismos antes da vírgula.")
    arredondado = round(numero, casas)
    if arredondado != numero:
        raise ErroDaCelula(_casas_demais(casas))
    return arredondado


def data(valor: str) -> date:
    """A day: 27/11/2026, 2026-11-27, 27112026, or the number of days by which Excel keeps it."""
    if casou := _DIA.fullmatch(valor) or _DIA_JUNTO.fullmatch(valor):
        dia, mes, ano = map(int, casou.groups())
    elif casou := _DIA_ISO.fullmatch(valor):
        ano, mes, dia = map(int, casou.groups())
    elif _SERIAL.fullmatch(valor):
        return _ORIGEM_DO_EXCEL + timedelta(days=int(valor))
    else:
        raise ErroDaCelula("Não é uma data. Escreva dia, mês e ano, como 27/11/2026.")
    try:
        lida = date(ano, mes, dia)
    except ValueError:
        raise ErroDaCelula("Este dia não existe no calendário. Confira dia e mês.") from None
    if lida < _MENOR_DIA:
        raise ErroDaCelula("A data é antiga demais: antes de 1900. Confira o ano.")
    return lida


def sim_nao(valor: str) -> bool:
    """Sim or Não, in the ways people write them."""
    resposta = para_busca(valor)
    if resposta in _SIM:
        return True
    if resposta in _NAO:
        return False
    raise ErroDaCelula("Escreva Sim ou Não.")


def cnpj(valor: str) -> str:
    """The 14 characters of a CNPJ with right check digits, without punctuation."""
    return _documento(valor, (14,), "CNPJ")


def cpf(valor: str) -> str:
    """The 11 digits of a CPF with right check digits, without punctuation."""
    return _documento(valor, (11,), "CPF")


def cnpj_ou_cpf(valor: str) -> str:
    """The characters of a CNPJ or a CPF with right check digits, without punctuation."""
    return _documento(valor, (11, 14), "CNPJ nem CPF")


def escolha(valor: str, opcoes: Mapping[str, str]) -> str:
    """The key of one of `opcoes` (key → words), written as key or words, without regard to accents and capitals."""
    procurado = para_busca(valor)
    for chave, palavras in opcoes.items():
        if procurado in {para_busca(chave), para_busca(palavras)}:
            return chave
    raise ErroDaCelula(f"Não é uma das opções: {', '.join(opcoes.values())}.")


def escolhas(valor: str, opcoes: Mapping[str, str]) -> list[str]:
    """Several keys of `opcoes`, in its order, written with commas, semicolons or bars between them."""
    escritas = [parte.strip() for parte in re.split(r"[,;|]", valor) if parte.strip()]
    escolhidas = {escolha(parte, opcoes) for parte in escritas}
    return [chave for chave in opcoes if chave in escolhidas]


def _com_ponto(valor: str) -> str:
    """The number with a decimal point and nothing else."""
    if isinstance(valor, NumeroDaPlanilha):
        return valor.rstrip("%")
    limpo = valor.replace(" ", "").replace(" ", "")
    if not _NUMERO.fullmatch(limpo) or not limpo.isascii():
        raise ErroDaCelula("Não é um número. Escreva só algarismos e a vírgula, como 1.234,56.")
    sinal = limpo[0] if limpo[0] in "+-" else ""
    corpo = limpo.removeprefix(sinal) if sinal else limpo
    return sinal + _sem_milhares(corpo)


def _sem_milhares(corpo: str) -> str:
    separadores = {c for c in corpo if c in ".,"}
    if not separadores:
        return corpo
    if len(separadores) == 2:
        decimal_ = max(".,", key=corpo.rfind)
        inteiro_, _, fracao = corpo.rpartition(decimal_)
        outro = "," if decimal_ == "." else "."
        if decimal_ in inteiro_ or not _MILHARES[outro].fullmatch(inteiro_):
            raise ErroDaCelula("Não é um número. Escreva como 1.234,56.")
        return f"{inteiro_.replace(outro, '')}.{fracao or '0'}"
    (separador,) = separadores
    return _com_um_separador(corpo, separador)


def _com_um_separador(corpo: str, separador: str) -> str:
    if corpo.count(separador) > 1:
        if not _MILHARES[separador].fullmatch(corpo):
            raise ErroDaCelula("Não é um número. Escreva como 1.234,56.")
        return corpo.replace(separador, "")
    inteiro_, _, fracao = corpo.partition(separador)
    if len(fracao) == 3 and 1 <= len(inteiro_) <= 3 and inteiro_ != "0":
        raise ErroDaCelula(
            f"“{corpo}” pode ser lido de duas formas. Escreva {inteiro_}{fracao},00 ou {inteiro_},{fracao}0."
        )
    return f"{inteiro_}.{fracao or '0'}"


def _casas_demais(casas: int) -> str:
    if casas == 0:
        return "Escreva um número inteiro, sem casas decimais."
    return f"Tem casas decimais demais; cabem {casas}."


def _documento(valor: str, tamanhos: Iterable[int], nome: str) -> str:
    limpo = re.sub(r"[\s./-]", "", valor).upper()
    candidatos = [limpo] if type(valor) is str else [limpo.zfill(tamanho) for tamanho in tamanhos]
    for candidato in candidatos:
        if len(candidato) in tamanhos and documento_valido(candidato):
            return candidato
    raise ErroDaCelula(f"Não é {nome}: confira os algarismos e os dígitos verificadores.")
