"""How values are written for people: money, numbers, dates, registers. Pure functions behind the template filters."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

ESPACO_FIXO = "\u00a0"
MENOS = "\u2212"
_CENTAVO = Decimal("0.01")


def dinheiro(valor: Decimal | int | None) -> str:
    """1234.5 → "1.234,50"; None → "". A float is a TypeError: money is Decimal."""
    if valor is None:
        return ""
    if not isinstance(valor, (Decimal, int)):
        raise TypeError(f"money must be Decimal, not {type(valor).__name__}")
    return _milhares(f"{Decimal(valor).quantize(_CENTAVO, ROUND_HALF_UP):,.2f}")


def reais(valor: Decimal | int | None) -> str:
    """1234.5 → "R$ 1.234,50" with a space that does not break; None → ""."""
    escrito = dinheiro(valor)
    return f"R${ESPACO_FIXO}{escrito}" if escrito else ""


def quantidade(valor: Decimal | None) -> str:
    """Without the zeros that say nothing: 1.0000 → "1", 19.7500 → "19,75", 1200 → "1.200"; None → ""."""
    return "" if valor is None else _milhares(f"{valor.normalize():,f}")


def inteiro(valor: int | None) -> str:
    """1284 → "1.284"; None → ""."""
    return "" if valor is None else _milhares(f"{valor:,d}")


def data(valor: date | datetime | None) -> str:
    """dd/mm/aaaa; an instant is read in the portal's time zone; None → ""."""
    return f"{_local(valor):%d/%m/%Y}" if valor else ""


def datahora(valor: datetime | None) -> str:
    """dd/mm/aaaa hh:mm in the portal's time zone; None → ""."""
    return f"{_local(valor):%d/%m/%Y %H:%M}" if valor else ""


def cnpj(valor: str | None) -> str:
    """14 characters, digits or letters (CNPJ has both since 2026) → "12.345.678/0001-95"; 11 digits are a CPF →
    "123.456.789-09"; anything else as it came."""
    texto = valor or ""
    if len(texto) == 14 and texto.isalnum():
        return f"{texto[:2]}.{texto[2:5]}.{texto[5:8]}/{texto[8:12]}-{texto[12:]}"
    if len(texto) == 11 and texto.isdigit():
        return f"{texto[:3]}.{texto[3:6]}.{texto[6:9]}-{texto[9:]}"
    return texto


def registro_ans(valor: str | None) -> str:
    """ANS register of an operadora: "331988" → "ANS nº 331988"; empty → ""."""
    return f"ANS{ESPACO_FIXO}nº{ESPACO_FIXO}{valor.zfill(6)}" if valor else ""


def tamanho(octetos: int | None) -> str:
    """Size of a file: 14680064 → "14 MB", 8806000 → "8,4 MB", 217088 → "212 KB", 40 → "40 bytes"; None → ""."""
    if octetos is None:
        return ""
    if octetos < 1024:
        return f"{octetos}{ESPACO_FIXO}bytes"
    if octetos < 1024 * 1024:
        return f"{round(Decimal(octetos) / 1024)}{ESPACO_FIXO}KB"
    megas = f"{Decimal(octetos) / (1024 * 1024):.1f}".removesuffix(".0").replace(".", ",")
    return f"{megas}{ESPACO_FIXO}MB"


def iniciais(nome: str | None) -> str:
    """First letters of the first and last word of a name or e-mail: "Marina de Teixeira" → "MT"."""
    palavras = (nome or "").split("@")[0].replace(".", " ").split()
    if not palavras:
        return "?"
    return (palavras[0][0] + (palavras[-1][0] if len(palavras) > 1 else "")).upper()


def _local(valor: date | datetime) -> date | datetime:
    return timezone.localtime(valor) if isinstance(valor, datetime) and timezone.is_aware(valor) else valor


def _milhares(americano: str) -> str:
    return americano.translate(str.maketrans(",.-", f".,{MENOS}"))
