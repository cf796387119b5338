"""Who pays a lot, as it is printed, and what its convênio says about printing."""

from __future__ import annotations

from dataclasses import dataclass

from conecta.contas.models import Organizacao
from conecta.interface.formatos import cnpj, registro_ans
from convenios.camadas import do_prestador, resolver
from convenios.models import Convenio, Credenciamento, LogoDoConvenio, ParametrosDaOperadora
from convenios.models.camadas import FontePagadora
from convenios.regras import Regras
from lotes.models import Lote


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagador:
    """What covers and guides show of the convênio that a lot is billed by. `logotipo` is a name and its bytes."""

    convenio: str
    razao_social: str
    fonte_pagadora: str
    inscricoes: str
    endereco: str
    tag_saia: str
    logotipo: tuple[str, bytes] | None


def convenio_do(lote: Lote) -> Convenio | None:
    """The convênio that the lot is billed by: its own, else the operadora's principal one."""
    if lote.convenio_id is not None:
        return lote.convenio
    return Convenio.objects.filter(operadora=lote.operadora_id, principal=True).first()


def regras_do(lote: Lote, convenio: Convenio | None) -> Regras:
    """What holds between that convênio and the lot's prestador."""
    if convenio is None:
        return Regras()
    contrato = Credenciamento.objects.filter(prestador=lote.prestador_id, operadora=lote.operadora_id).first()
    if contrato is not None:
        return do_prestador(convenio, contrato).regras
    return resolver(ParametrosDaOperadora.objects.filter(operadora=lote.operadora_id).first(), convenio).regras


def pagador_do(lote: Lote) -> Pagador:
    """What is printed of who pays; where the convênio leaves something empty, the operadora's own."""
    convenio = convenio_do(lote)
    if convenio is None:
        convenio = Convenio(nome=lote.operadora.sigla)
    return Pagador(
        convenio=convenio.nome,
        razao_social=convenio.razao_social or lote.operadora.nome,
        fonte_pagadora=fonte_pagadora(lote.operadora, convenio, regras_do(lote, convenio if convenio.pk else None)),
        inscricoes=_inscricoes(convenio),
        endereco=endereco(convenio),
        tag_saia=convenio.tag_saia,
        logotipo=logotipo_do_convenio(convenio),
    )


def fonte_pagadora(operadora: Organizacao, convenio: Convenio, regras: Regras) -> str:
    """How the payer is identified on paper: its ANS register, or its CNPJ where that was agreed."""
    if regras.fonte_pagadora == FontePagadora.CNPJ:
        return f"CNPJ {cnpj(convenio.cnpj or operadora.documento)}"
    return registro_ans(convenio.registro_ans or operadora.registro_ans)


def endereco(convenio: Convenio) -> str:
    """The address in one line; "" where there is none."""
    rua = " ".join(filter(None, (convenio.logradouro, convenio.numero, convenio.complemento)))
    cidade = "/".join(filter(None, (convenio.cidade, convenio.uf)))
    cep = f"CEP {convenio.cep[:5]}-{convenio.cep[5:]}" if convenio.cep else ""
    return ", ".join(filter(None, (rua, convenio.bairro, cidade, cep)))


def _inscricoes(convenio: Convenio) -> str:
    estadual = f"Inscrição estadual {convenio.inscricao_estadual}" if convenio.inscricao_estadual else ""
    municipal = f"Inscrição municipal {convenio.inscricao_municipal}" if convenio.inscricao_municipal else ""
    return " · ".join(filter(None, (estadual, municipal)))


def logotipo_do_convenio(convenio: Convenio) -> tuple[str, bytes] | None:
    """Name and bytes of the logo that was given to the convênio, if one was."""
    logo = LogoDoConvenio.objects.filter(convenio=convenio).first() if convenio.pk else None
    return None if logo is None else ("logo.png", bytes(logo.imagem))
