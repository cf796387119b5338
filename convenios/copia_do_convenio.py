"""A whole convênio as one file, and a copy of one: what is written, and how it becomes a convênio again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from convenios.cadastro_do_convenio import criar_convenio, mudar_convenio
from convenios.historia_do_convenio import CADASTRO, PLANOS, Mudanca, registrar
from convenios.leitura_da_copia import CAMPOS, DA_COBERTURA, DO_PLANO, FORMATO, ConvenioLido
from convenios.logo_do_convenio import Logo, ler_logo, trocar_logo
from convenios.models import CoberturaDoPlano, Convenio, LogoDoConvenio, Plano
from convenios.partes import partes


def exportar(convenio: Convenio) -> dict[str, Any]:
    """The convênio as JSON can hold it: numbers with decimals and days as text, the logo in base 64."""
    logo = LogoDoConvenio.objects.filter(convenio=convenio).first()
    return {
        "formato": FORMATO,
        "convenio": {nome: _escrito(getattr(convenio, nome)) for nome in CAMPOS},
        "logo": None if logo is None else base64.b64encode(bytes(logo.imagem)).decode(),
        "planos": [_plano(plano) for plano in convenio.planos.order_by("codigo").prefetch_related("coberturas")],
        "partes": {parte.nome: parte.exportar(convenio) for parte in partes().values()},
    }


@transaction.atomic
def importar(*, operadora: Organizacao, convenio: Convenio | None, lido: ConvenioLido, por: Usuario) -> Convenio:
    """Make a convênio of what was read without problems, or give these values to one that there is.

    Planos that the file does not name stay as they are.
    """
    destino = convenio or criar_convenio(operadora=operadora, valores=lido.valores, por=por)
    if convenio is not None:
        mudar_convenio(convenio=convenio, novos=lido.valores, por=por)
    if lido.logo is not None:
        trocar_logo(convenio=destino, logo=lido.logo, por=por)
    criados = sum(_gravar_plano(destino, plano) for plano in lido.planos)
    if lido.planos:
        depois = f"{criados} criado(s), {len(lido.planos) - criados} atualizado(s) por arquivo"
        registrar(destino, [Mudanca(PLANOS, "", depois)], por=por)
    for nome, valor in lido.partes.items():
        partes()[nome].importar(destino, valor, por)
    return destino


@transaction.atomic
def copiar(*, convenio: Convenio, nome: str, por: Usuario) -> Convenio:
    """A new convênio with the next code and all that this one has, but its planos: a plano belongs to one convênio."""
    valores = {campo: getattr(convenio, campo) for campo in CAMPOS} | {"nome": nome}
    copia = criar_convenio(operadora=convenio.operadora, valores=valores, por=por)
    registrar(copia, [Mudanca(CADASTRO, "", f"criado como cópia de {convenio}")], por=por)
    if (logo := _logo_de(convenio)) is not None:
        trocar_logo(convenio=copia, logo=logo, por=por)
    for parte in partes().values():
        parte.importar(copia, parte.exportar(convenio), por)
    return copia


def _logo_de(convenio: Convenio) -> Logo | None:
    logo = LogoDoConvenio.objects.filter(convenio=convenio).first()
    return None if logo is None else ler_logo(bytes(logo.imagem))


def _gravar_plano(convenio: Convenio, lido: Mapping[str, Any]) -> bool:
    """Create or change a plano with its coverage; whether it is new."""
    plano, criado = Plano.objects.update_or_create(
        operadora_id=convenio.operadora_id,
        codigo=lido["codigo"],
        defaults={nome: lido[nome] for nome in DO_PLANO if nome != "codigo"} | {"convenio": convenio},
    )
    plano.coberturas.all().delete()
    CoberturaDoPlano.objects.bulk_create(
        CoberturaDoPlano(operadora_id=convenio.operadora_id, plano=plano, **cobertura)
        for cobertura in lido["coberturas"]
    )
    return criado


def _plano(plano: Plano) -> dict[str, Any]:
    return {nome: _escrito(getattr(plano, nome)) for nome in DO_PLANO} | {
        "coberturas": [
            {nome: getattr(cobertura, nome) for nome in DA_COBERTURA} for cobertura in plano.coberturas.all()
        ]
    }


def _escrito(valor: Any) -> Any:
    if isinstance(valor, Decimal):
        return str(valor)
    return valor.isoformat() if isinstance(valor, date) else valor
