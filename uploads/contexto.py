"""Loading what the rules may know, in a fixed number of queries however many guides the file has.

The codes that the file mentions are collected first and looked up together. Works inside the prestador's scope, so the
database itself sees to it that nobody else's rows weigh in a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.camadas import efetivas_de
from convenios.models import Beneficiario, Convenio, Credenciamento, ParametrosDaOperadora, Termo
from convenios.regras import Regras
from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from tiss_schemas.assinatura import assinatura_em
from tiss_schemas.icp_brasil import Confianca, da_pasta
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import GuiaLida, LoteLido, ler_cabecalho
from uploads.ajustes import ajustes_vigentes
from uploads.contexto_calendario import com_calendario
from uploads.contexto_contrato import codigos_acordados, pendencias_abertas
from uploads.contexto_convenio import com_convenios, ja_apresentados
from uploads.contexto_exigencias import com_exigencias
from uploads.contexto_precos import com_precos
from uploads.contexto_proprios import termos_proprios
from uploads.models import Versao
from uploads.regras.codigos import TABELAS_DA_OPERADORA, TABELAS_DA_TUSS, bem_escrito, possiveis
from uploads.regras.contexto import (
    ArquivoIgual,
    Cobertura,
    Contexto,
    ContratoConhecido,
    ConvenioConhecido,
    OperadoraConhecida,
    Parametros,
    PrestadorConhecido,
    TermoConhecido,
)

__all__ = ["Contexto", "carregar_contexto", "carregar_contexto_da_operadora", "contexto_sem_prestador"]


@dataclass(frozen=True, slots=True)
class _Mencoes:
    """The codes of one file that are looked up."""

    numero_lote: str
    sequencial: str
    guias: frozenset[str]
    carteiras: frozenset[str]
    termos: frozenset[tuple[str, str]]


def carregar_contexto(
    lote: LoteLido | None,
    documento: Documento,
    *,
    prestador: Organizacao,
    arquivo_id: int | None,
    agora: datetime,
    operadora_escolhida: str | None = None,
    lote_id: int | None = None,
    convenio_escolhido: int | None = None,
) -> Contexto:
    """The register as a file of that prestador needs it. `functools.partial` of it is a `veredito.CarregarContexto`.

    `arquivo_id` is the upload being judged, which is not its own duplicate; None for a file that is no upload.
    `lote_id` is the typed lot that its guides are in already, and no duplicate of theirs either.
    `operadora_escolhida` is the registro ANS chosen with the file, if one was. `convenio_escolhido` is the convênio by
    which its guides are typed: it holds in place of the principal one where a beneficiário has no plano of another.
    """
    operadoras = _operadoras()
    operadora = operadoras.get(ler_cabecalho(documento).registro_ans_destino or "")
    contexto = Contexto(
        agora=timezone.localtime(agora),
        cadastro=True,
        lote_id=lote_id,
        operadora_escolhida=operadora_escolhida,
        prestador=PrestadorConhecido(id=prestador.pk, documento=prestador.documento),
        operadora=operadora,
        operadoras_da_plataforma=_rotulos(operadoras),
        arquivo_igual=_arquivo_igual(prestador.pk, documento.sha256, arquivo_id),
        confianca=_confianca(documento),
    )
    if operadora is None:
        return contexto
    contexto = _com_contrato(contexto, prestador.pk, operadora.id)
    contexto = replace(contexto, principal=contexto.convenios.get(convenio_escolhido or 0, contexto.principal))
    mencoes = _mencoes(lote)
    if arquivo_id is not None:
        _esperar_a_vez(prestador.pk, operadora.id, mencoes.numero_lote)
    contexto = _com_o_que_o_lote_menciona(contexto, mencoes, prestador.pk, operadora.id)
    contexto = com_calendario(contexto, lote, prestador.pk, operadora.id)
    contexto = com_convenios(contexto, lote, prestador.pk, operadora.id)
    contexto = com_exigencias(contexto, lote, prestador.pk, operadora.id)
    return com_precos(contexto, lote, prestador.pk, operadora.id)


def carregar_contexto_da_operadora(
    lote: LoteLido, *, prestador: Organizacao, operadora: Organizacao, lote_id: int, agora: datetime
) -> Contexto:
    """The register as the operadora itself sees it beside a lot that it received, as it was sent at `agora`.

    `lote_id` is that lot, no duplicate of itself. Works in the operadora's scope: what only the prestador sees (its
    uploads, what its laboratory keeps back, what its products cost it) is left out, and no rule is switched off.
    """
    contexto = Contexto(
        agora=timezone.localtime(agora),
        cadastro=True,
        lote_id=lote_id,
        prestador=PrestadorConhecido(id=prestador.pk, documento=prestador.documento),
        operadora=OperadoraConhecida(id=operadora.pk, registro_ans=operadora.registro_ans, rotulo=operadora.rotulo),
    )
    contexto = _com_contrato(contexto, prestador.pk, operadora.pk)
    contexto = _com_o_que_o_lote_menciona(
        replace(contexto, ajustes={}), _mencoes(lote), prestador.pk, operadora.pk, com_pendencias=False
    )
    contexto = com_calendario(contexto, lote, prestador.pk, operadora.pk)
    contexto = com_convenios(contexto, lote, prestador.pk, operadora.pk)
    contexto = com_exigencias(contexto, lote, prestador.pk, operadora.pk)
    return com_precos(contexto, lote, prestador.pk, operadora.pk, com_custos=False)


def _esperar_a_vez(prestador_id: int, operadora_id: int, numero_lote: str) -> None:
    """Wait until no other transaction judges or imports an upload with that number of lot.

    What is read after that is all of what the other has left; without waiting, each query could see another part of it.
    """
    with connection.cursor() as cursor:
        chave = f"lote {prestador_id} {operadora_id} {numero_lote}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [chave])


def contexto_sem_prestador(
    documento: Documento,
    *,
    identificacao: str,
    agora: datetime,
    operadora_escolhida: str | None = None,
) -> Contexto:
    """The register for a file whose sender nobody knows: enough to say so. Works in the scope of the platform."""
    operadoras = _operadoras()
    return Contexto(
        agora=timezone.localtime(agora),
        cadastro=True,
        operadora_escolhida=operadora_escolhida,
        prestador=PrestadorConhecido(id=0, documento=identificacao),
        operadora=operadoras.get(ler_cabecalho(documento).registro_ans_destino or ""),
        operadoras_da_plataforma=_rotulos(operadoras),
    )


def _operadoras() -> dict[str, OperadoraConhecida]:
    ativas = Organizacao.objects.filter(tipo=Organizacao.Tipo.OPERADORA, ativa=True)
    return {
        operadora.registro_ans: OperadoraConhecida(
            id=operadora.pk, registro_ans=operadora.registro_ans, rotulo=operadora.rotulo
        )
        for operadora in ativas
    }


def _rotulos(operadoras: Mapping[str, OperadoraConhecida]) -> dict[str, str]:
    return {registro: operadora.rotulo for registro, operadora in operadoras.items()}


def _arquivo_igual(prestador_id: int, sha256: str, arquivo_id: int | None) -> ArquivoIgual | None:
    """The first earlier upload of the same bytes, as it came or as somebody corrected it, unless its lot was excluded.

    Only earlier: of two uploads that wait together, the first is not the duplicate.
    """
    iguais = Versao.objects.filter(prestador=prestador_id, conteudo__sha256=sha256).exclude(
        arquivo__lote__situacao=SituacaoDoLote.EXCLUIDO
    )
    if arquivo_id is not None:
        iguais = iguais.filter(arquivo_id__lt=arquivo_id)
    primeira = iguais.order_by("arquivo_id").values_list("arquivo__numero_lote", "arquivo__criado_em").first()
    return None if primeira is None else ArquivoIgual(numero_lote=primeira[0], criado_em=primeira[1])


def _confianca(documento: Documento) -> Confianca:
    """Whose certificates are accepted. The folder is looked through only for a message that is signed, as few are."""
    return Confianca() if assinatura_em(documento.raiz) is None else da_pasta(settings.ICP_BRASIL_DIR)


def _com_contrato(contexto: Contexto, prestador_id: int, operadora_id: int) -> Contexto:
    credenciamento = Credenciamento.objects.filter(prestador=prestador_id, operadora=operadora_id).first()
    parametros = ParametrosDaOperadora.objects.filter(operadora=operadora_id).first()
    convenios = list(Convenio.objects.filter(operadora=operadora_id))
    efetivas = efetivas_de(convenios, parametros, credenciamento)
    conhecidos = {convenio.pk: _convenio(convenio, efetivas[convenio.pk].regras) for convenio in convenios}
    return replace(
        contexto,
        credenciamento=None if credenciamento is None else _contrato(credenciamento),
        convenios=conhecidos,
        principal=next((conhecidos[convenio.pk] for convenio in convenios if convenio.principal), None),
        parametros=_parametros(parametros or ParametrosDaOperadora()),
        ajustes=ajustes_vigentes(operadora_id, contexto.agora.date()),
    )


def _contrato(credenciamento: Credenciamento) -> ContratoConhecido:
    return ContratoConhecido(
        codigo=credenciamento.codigo_na_operadora,
        inicio=credenciamento.inicio,
        fim=credenciamento.fim,
        ativo=credenciamento.ativo,
        tipos_de_guia=tuple(credenciamento.tipos_de_guia),
        codigos=codigos_acordados(credenciamento.pk),
    )


def _convenio(convenio: Convenio, regras: Regras) -> ConvenioConhecido:
    return ConvenioConhecido(
        id=convenio.pk,
        nome=convenio.nome,
        modo=convenio.modo,
        inicio=convenio.inicio,
        vencimento=convenio.vencimento,
        ativo=convenio.ativo,
        destino=convenio.destino,
        regras=regras,
    )


def _parametros(linha: ParametrosDaOperadora) -> Parametros:
    return Parametros(
        versoes_aceitas=tuple(linha.versoes_aceitas),
        maximo_de_guias=linha.maximo_de_guias,
        tolerancia_centavos=linha.tolerancia_centavos,
        janela_da_transacao_dias=linha.janela_da_transacao_dias,
        tolerancia_hora_minutos=linha.tolerancia_hora_minutos,
        valor_unitario_zero=linha.valor_unitario_zero,
        tamanhos_da_carteira=tuple(linha.tamanhos_da_carteira),
        assinatura_exigida=linha.assinatura_exigida,
        tabelas_aceitas=tuple(linha.tabelas_aceitas),
        tabela_38_atual=linha.tabela_38_atual,
    )


def _mencoes(lote: LoteLido | None) -> _Mencoes:
    guias = [] if lote is None else lote.guias
    return _Mencoes(
        numero_lote=(lote.numero_lote or "") if lote else "",
        sequencial=(lote.sequencial or "") if lote else "",
        guias=_textos(guia.numero_prestador for guia in guias),
        carteiras=_textos(guia.numero_carteira for guia in guias),
        termos=frozenset(_termos_mencionados(guias)),
    )


def _termos_mencionados(guias: Iterable[GuiaLida]) -> Iterator[tuple[str, str]]:
    """The codes in the lines, by table, and those of TUSS that badly written ones may stand for."""
    escritos = {(item.tabela, item.codigo) for guia in guias for item in guia.itens}
    for tabela, codigo in escritos:
        if not codigo or tabela is None:
            continue
        if tabela in TABELAS_DA_OPERADORA:
            yield tabela, codigo
        elif tabela not in TABELAS_DA_TUSS:
            continue
        elif bem_escrito(tabela, codigo):
            yield tabela, codigo
        else:
            yield from ((tabela, possivel) for possivel in possiveis(tabela, codigo))


def _textos(textos: Iterable[str | None]) -> frozenset[str]:
    return frozenset(texto for texto in textos if texto)


def _com_o_que_o_lote_menciona(
    contexto: Contexto, mencoes: _Mencoes, prestador_id: int, operadora_id: int, *, com_pendencias: bool = True
) -> Contexto:
    usados = list(
        Lote.objects.vivos()
        .filter(prestador=prestador_id, operadora=operadora_id)
        .exclude(pk__in=[contexto.lote_id])
        .filter(Q(numero_do_prestador=mencoes.numero_lote) | Q(sequencial_transacao=mencoes.sequencial))
        .values_list("numero_do_prestador", "sequencial_transacao")
    )
    da_operadora = Beneficiario.objects.filter(operadora=operadora_id)
    beneficiarios = {
        linha.numero_carteira: Cobertura(
            inclusao=linha.inclusao,
            desligamento=linha.desligamento,
            nascimento=linha.nascimento,
            nome=linha.nome,
            sexo=linha.sexo,
            convenio=linha.plano.convenio_id if linha.plano else None,
            plano=linha.plano_id,
            validade_carteira=linha.validade_carteira,
            suspenso_desde=linha.suspenso_desde,
            inadimplente_desde=linha.inadimplente_desde,
        )
        for linha in da_operadora.filter(numero_carteira__in=mencoes.carteiras).select_related("plano")
    }
    da_tuss = frozenset(termo for termo in mencoes.termos if termo[0] in TABELAS_DA_TUSS)
    termos = _termos(da_tuss)
    proprios, tabelas_proprias = termos_proprios(mencoes.termos, operadora_id)
    return replace(
        contexto,
        termos=termos | proprios,
        tabelas_carregadas=_tabelas_carregadas({tabela for tabela, _ in da_tuss}, termos) | tabelas_proprias,
        numeros_de_lote_usados=_textos(numero for numero, _ in usados),
        sequenciais_usados=_textos(sequencial for _, sequencial in usados),
        numeros_de_guia_apresentados=ja_apresentados(
            "numero_do_prestador", mencoes.guias, prestador_id, operadora_id, fora=contexto.lote_id
        ),
        pendencias=pendencias_abertas(mencoes.guias, prestador_id, operadora_id) if com_pendencias else {},
        beneficiarios=beneficiarios,
        confere_beneficiarios=bool(beneficiarios) or da_operadora.exists(),
    )


def _termos(mencionados: frozenset[tuple[str, str]]) -> dict[tuple[str, str], TermoConhecido]:
    """What TUSS says of those codes, by table and code."""
    linhas = Termo.objects.filter(
        tabela__in={tabela for tabela, _ in mencionados}, codigo__in={codigo for _, codigo in mencionados}
    ).order_by("tabela", "codigo", "vigencia_inicio")
    termos: dict[tuple[str, str], TermoConhecido] = {}
    for tabela, codigo, termo, inicio, fim in linhas.values_list(
        "tabela", "codigo", "termo", "vigencia_inicio", "vigencia_fim"
    ):
        antes = termos.get((tabela, codigo))
        vigencias = (*(antes.vigencias if antes else ()), (inicio, fim))
        termos[tabela, codigo] = TermoConhecido(termo=termo, vigencias=vigencias)
    return termos


def _tabelas_carregadas(mencionadas: set[str], termos: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Which of those tables the platform has: those with a code that was found, and those that have any other."""
    achadas = {tabela for tabela, _ in termos}
    outras = Termo.objects.filter(tabela__in=mencionadas - achadas).values_list("tabela", flat=True).distinct()
    return frozenset(achadas.union(outras))
