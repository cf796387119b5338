"""Capa do Lote: the cover that goes with a sent lot, drawn from frozen values and kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from barcode import Code128
from barcode.writer import SVGWriter
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from conecta import pdf
from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.tenancy.escopo import TipoDeInquilino, atual
from convenios.models import Credenciamento

from .models import DocumentoDoLote, Lote, Protocolo
from .notas_fiscais import notas_de
from .pagador import pagador_do

PASTA = Path(settings.BASE_DIR) / "static" / "documentos"
LOGOTIPOS = PASTA / "logotipos"
"""Where the convênio has no logo, the operadora's is the file there named by its ANS register, `331988.svg` or `.png`.
"""

_BARRAS = {"write_text": False, "module_width": 0.33, "module_height": 11.0, "quiet_zone": 3.3}
"""Millimetres. The quiet zone is ten modules, as Code 128 asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capa:
    """Everything the cover shows. Money in reais; `emitida_em` is when the document was made."""

    operadora: str
    sigla: str
    registro_ans: str
    logotipo: tuple[str, bytes] | None
    protocolo: int
    lote: int
    enviado_em: datetime
    tipo_da_guia: str
    origem: str
    versao: str
    valor_informado: Decimal
    valor_glosado: Decimal
    valor_liberado: Decimal
    prestador: str
    documento: str
    codigo: str
    guias_com_glosas: int
    itens_apresentados: int
    itens_com_glosas: int
    guias: tuple[str, ...]
    emitida_em: datetime
    convenio: str = ""
    fonte_pagadora: str = ""
    inscricoes: str = ""
    endereco: str = ""
    tag_saia: str = ""
    nota_fiscal: str = ""
    nota_emissao: date | None = None
    nota_valor: Decimal | None = None

    @property
    def guias_apresentadas(self) -> int:
        """How many guides the lot has."""
        return len(self.guias)

    @property
    def colunas(self) -> int:
        """In how many columns the numbers of the guides stand without being broken."""
        maior = max(map(len, self.guias), default=0)
        return 5 if maior <= 13 else 4 if maior <= 16 else 3

    def chave(self) -> str:
        """SHA-256 of all values but the time of issue: the same values are the same document."""
        valores = asdict(self)
        del valores["emitida_em"]
        if self.logotipo:
            valores["logotipo"] = hashlib.sha256(self.logotipo[1]).hexdigest()
        return hashlib.sha256(json.dumps(valores, sort_keys=True, default=str).encode()).hexdigest()


def dados_da_capa(lote: Lote, protocolo: Protocolo, *, emitida_em: datetime | None = None) -> Capa:
    """The values of the cover as they stand now, in the scope of the lot's prestador or operadora."""
    pagador = pagador_do(lote)
    nota = notas_de([protocolo.pk]).get(protocolo.pk)
    entregue = nota if nota is not None and nota.entregue else None
    return Capa(
        operadora=pagador.razao_social,
        sigla=lote.operadora.sigla,
        registro_ans=lote.operadora.registro_ans,
        logotipo=pagador.logotipo or logotipo_da_operadora(lote.operadora.registro_ans),
        protocolo=protocolo.numero,
        lote=lote.numero,
        enviado_em=protocolo.enviado_em,
        tipo_da_guia=lote.get_tipo_de_guia_display(),
        origem=lote.get_canal_display(),
        versao=f"TISS {lote.versao_tiss}",
        valor_informado=protocolo.valor_informado,
        valor_glosado=protocolo.valor_glosado,
        valor_liberado=protocolo.valor_liberado,
        prestador=lote.prestador.nome,
        documento=lote.prestador.documento,
        codigo=_codigo_na_operadora(lote),
        guias_com_glosas=protocolo.guias_com_glosa,
        itens_apresentados=lote.quantidade_de_itens,
        itens_com_glosas=protocolo.itens_com_glosa,
        guias=tuple(lote.guias.order_by("posicao").values_list("numero_do_prestador", flat=True)),
        emitida_em=emitida_em or timezone.now(),
        convenio=pagador.convenio,
        fonte_pagadora=pagador.fonte_pagadora,
        inscricoes=pagador.inscricoes,
        endereco=pagador.endereco,
        tag_saia=pagador.tag_saia,
        nota_fiscal=entregue.numero if entregue else "",
        nota_emissao=entregue.data if entregue else None,
        nota_valor=entregue.valor if entregue else None,
    )


def desenhar_capa(capa: Capa) -> bytes:
    """The cover as PDF/UA. Raises `pdf.PdfIndisponivel` where PDFs cannot be drawn."""
    anexos = {"barras.svg": _codigo_de_barras(capa.protocolo)}
    if capa.logotipo:
        nome, imagem = capa.logotipo
        anexos[nome] = imagem
    return pdf.desenhar(render_to_string("documentos/capa.html", {"capa": capa}), PASTA, anexos)


def capa_do_lote(lote: Lote) -> bytes:
    """The cover of a sent lot; the kept one when its values are still the same.

    What the prestador downloads is kept. The operadora gets that one too; it owns none of the lot's files, so one that
    nobody has downloaded yet is drawn for it and not kept.
    """
    capa = dados_da_capa(lote, lote.protocolo)
    guardada = _guardada(lote, capa.chave())
    if guardada is not None:
        return cofre.abrir(guardada.conteudo_id)
    dados = desenhar_capa(capa)
    quem = atual()
    if quem is None or quem.tipo is not TipoDeInquilino.PRESTADOR:
        return dados
    return _guardar(lote, capa.chave(), dados)


def _guardada(lote: Lote, chave: str) -> DocumentoDoLote | None:
    return DocumentoDoLote.objects.filter(lote=lote, tipo=DocumentoDoLote.Tipo.CAPA, chave_dos_valores=chave).first()


def _guardar(lote: Lote, chave: str, dados: bytes) -> bytes:
    """Keep the bytes; give those that somebody else kept first, if so."""
    conteudo = cofre.guardar(dados, prestador_id=lote.prestador_id)
    Conteudo.objects.filter(pk=conteudo.pk).update(operadora=lote.operadora_id, enviado_em=lote.protocolo.enviado_em)
    documento = DocumentoDoLote(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        enviado_em=lote.protocolo.enviado_em,
        lote=lote,
        tipo=DocumentoDoLote.Tipo.CAPA,
        chave_dos_valores=chave,
        conteudo=conteudo,
    )
    DocumentoDoLote.objects.bulk_create([documento], ignore_conflicts=True)
    guardado = DocumentoDoLote.objects.get(lote=lote, tipo=documento.tipo, chave_dos_valores=chave)
    return dados if guardado.conteudo_id == conteudo.pk else cofre.abrir(guardado.conteudo_id)


def _codigo_na_operadora(lote: Lote) -> str:
    """The code that the operadora knows the prestador by."""
    contrato = Credenciamento.objects.filter(prestador=lote.prestador_id, operadora=lote.operadora_id).first()
    return contrato.codigo_na_operadora if contrato else ""


def logotipo_da_operadora(registro_ans: str) -> tuple[str, bytes] | None:
    """Name and bytes of the logo that comes with this installation for that operadora, if there is one."""
    for nome in (f"{registro_ans}.svg", f"{registro_ans}.png"):
        if (LOGOTIPOS / nome).is_file():
            return nome, (LOGOTIPOS / nome).read_bytes()
    return None


def _codigo_de_barras(protocolo: int) -> bytes:
    saida = BytesIO()
    Code128(str(protocolo), writer=SVGWriter()).write(saida, _BARRAS)
    return saida.getvalue()
