"""What all statements are assembled with: who issues, for whom, and what the operadora calls its beneficiários."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Final
from typing import Protocol as Forma

from conecta.contas.models import Organizacao
from convenios.models import Beneficiario
from demonstrativos.analise.models import GuiaAnalisada
from demonstrativos.recursos.xml import contratado
from lotes.capa import logotipo_da_operadora
from lotes.models import Lote
from lotes.pagador import convenio_do, logotipo_do_convenio
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    Contratado,
    OperadoraEmissora,
    Valores,
)

SEM_CNES: Final = "9999999"
_POR_VEZ: Final = 5_000


class ComValores(Forma):
    """A row with the four amounts."""

    valor_informado: Decimal
    valor_processado: Decimal
    valor_glosado: Decimal
    valor_liberado: Decimal


def cabecalho(
    operadora: Organizacao, prestador: Organizacao, *, numero: int, versao: str, emitido_em: date
) -> CabecalhoDoDemonstrativo:
    """The head of a statement, in the scope of either side."""
    return CabecalhoDoDemonstrativo(
        numero=numero,
        versao=versao,
        operadora=OperadoraEmissora(
            registro_ans=operadora.registro_ans, nome=operadora.nome[:70], cnpj=operadora.documento
        ),
        contratado=_contratado(operadora, prestador),
        emitido_em=emitido_em,
    )


def _contratado(operadora: Organizacao, prestador: Organizacao) -> Contratado:
    quem = contratado(prestador, operadora.pk)
    return Contratado(
        codigo=quem.codigo,
        tipo_de_codigo=quem.tipo_de_codigo,
        nome=prestador.nome,
        documento=prestador.documento,
        cnes=prestador.cnes or SEM_CNES,
    )


def nomes_dos_beneficiarios(operadora: Organizacao, carteiras: Collection[str]) -> dict[str, str]:
    """The names in the operadora's register by card; a card that it does not have is left out."""
    unicas = sorted(set(carteiras))
    return {
        carteira: nome
        for inicio in range(0, len(unicas), _POR_VEZ)
        for carteira, nome in Beneficiario.objects.filter(
            operadora=operadora, numero_carteira__in=unicas[inicio : inicio + _POR_VEZ]
        ).values_list("numero_carteira", "nome")
    }


def valores_de(linha: ComValores) -> Valores:
    """The four amounts of a row."""
    return Valores(
        informado=linha.valor_informado,
        processado=linha.valor_processado,
        liberado=linha.valor_liberado,
        glosa=linha.valor_glosado,
    )


def observacao_de(guia: GuiaAnalisada) -> str:
    """Why a guide was refused whole, and what was observed of it."""
    return " ".join(filter(None, (guia.motivo_da_glosa, guia.observacao)))


def como_informado(valor: Decimal) -> Valores:
    """What is shown before an analysis is released: all of it, and no glosa."""
    return Valores(informado=valor, processado=valor, liberado=valor)


def logotipo_de(operadora: Organizacao, lote: Lote | None) -> tuple[str, bytes] | None:
    """The logo of the convênio that a lot was billed by, else the operadora's, as a name and its bytes."""
    convenio = convenio_do(lote) if lote is not None else None
    do_convenio = logotipo_do_convenio(convenio) if convenio else None
    return do_convenio or logotipo_da_operadora(operadora.registro_ans)
