"""In which version of the standard a new guide is typed."""

from __future__ import annotations

from datetime import date

from convenios.models import Convenio, ParametrosDaOperadora, VersaoAceita
from convenios.regras import Regras
from convenios.versoes_aceitas import versoes_de
from tiss_schemas import catalogo


def versoes_para_digitar(convenio: Convenio, dia: date) -> list[str]:
    """The versions that are at hand and that the convênio takes on that day, the newest first. Two queries."""
    periodos = versoes_de(convenio)
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    sem_datas = list(parametros.versoes_aceitas) if parametros else []
    numeros = [versao.numero for versao in catalogo.versoes()]
    return [numero for numero in reversed(numeros) if _aceita(numero, convenio, periodos, sem_datas, dia)]


def versao_da_nova(convenio: Convenio, regras: Regras, dia: date) -> str | None:
    """The version of the convênio's setting where it is taken, else the newest that is; None where none is."""
    aceitas = versoes_para_digitar(convenio, dia)
    return regras.versao_padrao if regras.versao_padrao in aceitas else next(iter(aceitas), None)


def _aceita(versao: str, convenio: Convenio, periodos: list[VersaoAceita], sem_datas: list[str], dia: date) -> bool:
    """By its dates in the convênio, else by those set for all convênios; without dates, where the operadora says so."""
    dela = [periodo for periodo in periodos if periodo.versao == versao]
    do_convenio = [periodo for periodo in dela if periodo.convenio_id == convenio.pk]
    if marcados := do_convenio or dela:
        return any(periodo.vigente_em(dia) for periodo in marcados)
    return not sem_datas or versao in sem_datas
