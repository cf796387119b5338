"""Looking up a professional among those whom the prestador named before, and where each part of them is written."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from convenios.regras import Regras
from tiss_schemas import dominios
from tiss_schemas.sugestoes import SIGLAS_DE_UF
from uploads.digitacao.models import ProfissionalConhecido
from uploads.digitacao.procuras_campos import OPCOES, Achados, Lugar, Opcao
from uploads.digitacao.procuras_texto import codigo_em, com_as_palavras, mais_usados, palavras_de

SIGLA_DO_CODIGO: Final = {codigo: sigla for sigla, codigo in SIGLAS_DE_UF.items()}
CRO: Final = "08"
"""The dentists' council, the only one of a GTO, which does not say it."""
_ODONTO: Final = "guiaOdonto"
_NOME: Final = ("nomeProf", "nomeProfissional")
_CONSELHO: Final = ("conselho", "conselhoProfissional")
_NUMERO: Final = ("numeroConselhoProfissional",)
_UF: Final = ("UF",)
_CBO: Final = ("CBOS", "CBO")
_DA_EQUIPE: Final = "codProfissional/"
_SOLICITANTE: Final = "dadosSolicitante/profissionalSolicitante/"
_CONTRATADO_SOLICITANTE: Final = "dadosSolicitante/contratadoSolicitante/"
_NOME_DO_CONTRATADO: Final = "dadosSolicitante/nomeContratadoSolicitante"
_DOS_DENTISTAS: Final = (
    {"nome": "nomeProfSolic", "numero": "croSolic", "uf": "ufSolic", "cbo": "cbosSolic"},
    {"nome": "nomeProfExec2", "numero": "croExec2", "uf": "ufExec2", "cbo": "cbosExec2"},
)
_CPF: Final = "cpfContratado"
_CODIGO: Final = "codigoPrestadorNaOperadora"
_MENOR_CPF: Final = 3
"""Digits from which a number may be the beginning of a CPF: almost any number is that of one."""


def de_profissionais(lugar: Lugar, texto: str, regras: Regras) -> Achados:
    """By words of the name, by the number at the council or by CPF. Without a text, the usual ones. One query."""
    daqui = ProfissionalConhecido.objects.filter(prestador=lugar.guia.prestador_id)
    if lugar.guia.tipo == _ODONTO:
        daqui = daqui.filter(conselho=CRO)
    if texto:
        daqui = daqui.filter(_que_e(texto))
    achados = list(mais_usados(daqui)[: OPCOES + 1])
    numero = codigo_em(texto)
    iguais = [quem for quem in achados if numero and numero in (quem.numero_conselho, quem.cpf)]
    achados = iguais or achados
    return Achados([_opcao(lugar, quem, regras) for quem in achados[:OPCOES]], len(achados) > OPCOES)


def _que_e(texto: str) -> Q:
    numero = codigo_em(texto)
    if not any(letra.isdigit() for letra in numero):
        return com_as_palavras("nome_busca", palavras_de(texto))
    pelo_cpf = Q(cpf__startswith=numero) if len(numero) >= _MENOR_CPF else Q(pk__in=[])
    return Q(numero_conselho__startswith=numero) | pelo_cpf


def _opcao(lugar: Lugar, quem: ProfissionalConhecido, regras: Regras) -> Opcao:
    return Opcao(
        rotulo=registro_em_palavras(quem),
        texto=quem.nome,
        detalhe=dominios.texto("dm_CBOS", quem.cbo) if quem.cbo else "",
        preenche=preenchidos(lugar, quem, regras),
    )


def registro_em_palavras(quem: ProfissionalConhecido) -> str:
    """Council, number and state: "CRM 12345 MA"."""
    conselho = dominios.texto("dm_conselhoProfissional", quem.conselho).partition(" – ")[0]
    return f"{conselho} {quem.numero_conselho} {SIGLA_DO_CODIGO.get(quem.uf, quem.uf)}".rstrip()


def preenchidos(lugar: Lugar, quem: ProfissionalConhecido, regras: Regras) -> dict[str, str]:
    """The controls of the group that the field belongs to, with what is known of that professional.

    The document is the one that the convênio wants, where it is known; without a demand, the code at the operadora.
    """
    if lugar.guia.tipo == _ODONTO:
        return _do_dentista(lugar, quem)
    textos = {_NOME: quem.nome, _CONSELHO: quem.conselho, _NUMERO: quem.numero_conselho, _UF: quem.uf, _CBO: quem.cbo}
    preenche = {nome: texto for nomes, texto in textos.items() if texto and (nome := lugar.ao_lado(*nomes))}
    if lugar.ao_lado(f"{_DA_EQUIPE}*"):
        pedido = regras.documento_pedido("executante", quem.conselho)
        preenche |= _documento(lugar.prefixo + _DA_EQUIPE, quem, pedido, lugar.guia.operadora_id)
    elif lugar.prefixo == _SOLICITANTE:
        preenche |= _solicitante(lugar, quem, regras.documento_pedido("solicitante", quem.conselho))
    return preenche


def _documento(grupo: str, quem: ProfissionalConhecido, pedido: str, operadora_id: int) -> dict[str, str]:
    codigo = quem.codigos.get(str(operadora_id), "")
    conhecidos = {_CODIGO: codigo, _CPF: quem.cpf}
    preferidos = (_CPF, _CODIGO) if pedido == "cpf" else (_CODIGO, _CPF)
    escolhido = next((elemento for elemento in preferidos if conhecidos[elemento]), None)
    if escolhido is None:
        return {}
    return {f"{grupo}?": escolhido, f"{grupo}*": conhecidos[escolhido]}


def _solicitante(lugar: Lugar, quem: ProfissionalConhecido, pedido: str) -> dict[str, str]:
    """Who asks is the contratado too only where the convênio wants the person's own document."""
    if pedido not in ("cpf", "codigo"):
        return {}
    documento = _documento(_CONTRATADO_SOLICITANTE, quem, pedido, lugar.guia.operadora_id)
    return documento | {_NOME_DO_CONTRATADO: quem.nome} if documento else {}


def _do_dentista(lugar: Lugar, quem: ProfissionalConhecido) -> dict[str, str]:
    folhas = next((folhas for folhas in _DOS_DENTISTAS if lugar.folha in folhas.values()), {})
    textos = {"nome": quem.nome, "numero": quem.numero_conselho, "uf": quem.uf, "cbo": quem.cbo}
    return {nome: textos[que] for que, folha in folhas.items() if textos[que] and (nome := lugar.ao_lado(folha))}
