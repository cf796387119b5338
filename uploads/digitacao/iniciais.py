"""What a new guide says before anybody types: who bills whom, and what most guides say."""

from __future__ import annotations

from datetime import date
from typing import Final

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from tiss_schemas.fichas import ficha_de
from tiss_schemas.fichas.ficha import PAPEL
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.formulario import campo_em
from uploads.digitacao.iniciais_executante import executante_inicial
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import TIPO_DE_ATENDIMENTO, campos_de

SEM_CNES: Final = "9999999"
"""What the standard writes where there is no CNES."""
CONSULTA: Final = "04"
"""Of dm_tipoAtendimento, in a guia SP/SADT."""
_CNES: Final = frozenset({"CNES", "cnesContratadoExecutante", "cnesExec"})
"""Of the executante; that of another place is its own."""
_NOME_DO_CONTRATADO: Final = f"{PAPEL}nomeContratado"
_MAIOR_NOME: Final = 70
_DE_HOJE: Final = frozenset({"dataAtendimento", "dataEmissaoGuia"})
_USUAIS: Final = {
    "atendimentoRN": "N",
    "indicacaoAcidente": "9",
    "indicadorAcidente": "9",
    "caraterAtendimento": "1",
    "regimeAtendimento": "01",
    "regimeInternacao": "1",
    "tipoFaturamento": "4",
}
"""By the name of the element: no newborn, no accident, by appointment, as an outpatient, in a hospital, in full."""
_USUAIS_DO_TIPO: Final[dict[str, dict[str, str]]] = {
    TipoDeGuia.CONSULTA: {"tipoConsulta": "1", "codigoTabela": "22"},
    TipoDeGuia.ODONTO: {TIPO_DE_ATENDIMENTO: "1"},
}
_CONSULTA_EM_SADT: Final = {TIPO_DE_ATENDIMENTO: CONSULTA, "tipoConsulta": "1"}


def valores_iniciais(
    guia: GuiaDigitada, contrato: Contrato, hoje: date, *, consulta_em_sadt: bool = False
) -> dict[str, str]:
    """The values that a new guide begins with, as far as its form has such fields. One query.

    `consulta_em_sadt`: the guia SP/SADT is for a consultation.
    """
    usuais = _USUAIS | _USUAIS_DO_TIPO.get(guia.tipo, {})
    if consulta_em_sadt:
        usuais |= _CONSULTA_EM_SADT
    if contrato.regras.tabela_tiss_procedimentos and "codigoTabela" in usuais:
        usuais["codigoTabela"] = contrato.regras.tabela_tiss_procedimentos
    usuais |= dict.fromkeys(_DE_HOJE, hoje.isoformat())
    usuais |= _dos_contratados(guia.prestador, guia.convenio, contrato)
    valores = _no_papel(guia)
    for nome, caminho in campos_de(guia.versao_tiss, guia.tipo).soltos.items():
        texto = usuais.get(nome, "")
        if texto and _aceita(guia, caminho, texto):
            valores[caminho] = texto
    guia.valores = valores
    return valores | executante_inicial(guia, contrato)


def _no_papel(guia: GuiaDigitada) -> dict[str, str]:
    """The name of who executes, where only paper has it. A guide with a place of its own has two fields so called."""
    celulas = ficha_de(guia.versao_tiss, guia.tipo).celulas()
    caminhos = (celula.caminho for celula in celulas if celula.caminho == _NOME_DO_CONTRATADO)
    return dict.fromkeys(caminhos, guia.prestador.nome[:_MAIOR_NOME])


def _dos_contratados(prestador: Organizacao, convenio: Convenio, contrato: Contrato) -> dict[str, str]:
    """Who is paid and who pays. A place that the convênio asks for is never said to be none."""
    cnes = prestador.cnes or ("" if contrato.regras.obrigar_local_externo else SEM_CNES)
    return {
        "registroANS": convenio.destino or convenio.operadora.registro_ans,
        "nomeContratado": contrato.regras.local_externo,
    } | dict.fromkeys(_CNES, cnes)


def _aceita(guia: GuiaDigitada, caminho: str, texto: str) -> bool:
    achado = campo_em(guia.versao_tiss, guia.tipo, caminho)
    return achado is not None and achado[1].aceita(texto)
