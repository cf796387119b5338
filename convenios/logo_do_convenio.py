"""The logo of a convênio: an image that somebody sends, drawn anew so that nothing but the picture is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.db import transaction
from PIL import Image, ImageOps

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import tamanho
from convenios.cadastro_do_convenio import travado
from convenios.historia_do_convenio import LOGO, Mudanca, registrar
from convenios.models import Convenio, LogoDoConvenio

MAIOR_LOGO: Final = 512 * 1024
"""Bytes of the file that is sent."""
_MAIS_PONTOS: Final = 16_000_000
_CABE_EM: Final = (600, 240)
"""Points that a cover and a screen can use; a larger picture is made smaller."""


class LogoRecusado(ErroDeNegocio):
    """The file is no picture that can be shown."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as PNG, without what the file had besides: comments, place, camera."""

    png: bytes
    largura: int
    altura: int


def ler_logo(dados: bytes) -> Logo:
    """Decode a PNG or JPEG and draw it anew. Raises `LogoRecusado` for anything else, whatever its name says."""
    if not dados:
        raise LogoRecusado("Nenhum arquivo veio. Escolha a imagem do logo, em PNG ou JPEG.")
    if len(dados) > MAIOR_LOGO:
        raise LogoRecusado(f"A imagem tem {tamanho(len(dados))}, e o limite é {tamanho(MAIOR_LOGO)}. Reduza-a.")
    try:
        return _desenhado(dados)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as erro:
        raise LogoRecusado("O arquivo não é uma imagem PNG ou JPEG que se possa abrir. Exporte-o de novo.") from erro


@transaction.atomic
def trocar_logo(*, convenio: Convenio, logo: Logo | None, por: Usuario) -> None:
    """Show this logo from now on, also on the covers of lots; None removes it."""
    atual = travado(convenio)
    antes = LogoDoConvenio.objects.filter(convenio=atual).first()
    depois = None if logo is None else _gravado(atual, logo)
    if antes is not None and depois is None:
        antes.delete()
    if _em_palavras(antes) != _em_palavras(depois):
        registrar(atual, [Mudanca(LOGO, _em_palavras(antes), _em_palavras(depois))], por=por)


def _gravado(convenio: Convenio, logo: Logo) -> LogoDoConvenio:
    valores = {
        "operadora_id": convenio.operadora_id,
        "imagem": logo.png,
        "sha256": hashlib.sha256(logo.png).hexdigest(),
        "largura": logo.largura,
        "altura": logo.altura,
    }
    return LogoDoConvenio.objects.update_or_create(convenio=convenio, defaults=valores)[0]


def _em_palavras(logo: LogoDoConvenio | None) -> str:
    return "" if logo is None else f"imagem de {logo.largura} × {logo.altura} pontos, {logo.sha256[:8]}"


def _desenhado(dados: bytes) -> Logo:
    with Image.open(BytesIO(dados), formats=("PNG", "JPEG")) as imagem:
        largura, altura = imagem.size
        if largura * altura > _MAIS_PONTOS:
            raise LogoRecusado(
                f"A imagem tem {largura} × {altura} pontos, demais para um logo. Reduza-a a {_CABE_EM[0]} de largura."
            )
        em_pe = ImageOps.exif_transpose(imagem).convert("RGBA")
    em_pe.thumbnail(_CABE_EM)
    limpa = Image.new("RGBA", em_pe.size)
    limpa.paste(em_pe)
    saida = BytesIO()
    limpa.save(saida, format="PNG", optimize=True)
    return Logo(saida.getvalue(), *limpa.size)
