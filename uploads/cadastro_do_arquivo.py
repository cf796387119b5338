"""The register for a file that nobody uploaded: whose it is, is read from its own header."""

from __future__ import annotations

from datetime import datetime

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import TipoDeInquilino, inquilino, sistema
from convenios.models import Credenciamento
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import LoteLido, Origem, ler_cabecalho
from uploads.contexto import Contexto, carregar_contexto, contexto_sem_prestador
from uploads.veredito import CarregarContexto


class PrestadorDesconhecido(LookupError):
    """The prestador asked for is not on the platform; the text says so in Portuguese."""


def cadastro_para(
    documento_do_prestador: str | None, *, agora: datetime, operadora_escolhida: str | None = None
) -> CarregarContexto:
    """Load the register in the scope of that prestador, or of the file's own origem when None is given.

    Raises `PrestadorDesconhecido`, when called for a file, for a CNPJ or CPF that no prestador of the platform has.
    """

    def carregar(lote: LoteLido | None, documento: Documento) -> Contexto:
        origem = ler_cabecalho(documento).origem
        prestador = _pedido(documento_do_prestador) if documento_do_prestador else _da_origem(origem, documento)
        if prestador is None:
            with sistema():
                return contexto_sem_prestador(
                    documento,
                    identificacao=origem.valor if origem else "",
                    agora=agora,
                    operadora_escolhida=operadora_escolhida,
                )
        with inquilino(TipoDeInquilino.PRESTADOR, prestador.pk):
            return carregar_contexto(
                lote,
                documento,
                prestador=prestador,
                arquivo_id=None,
                agora=agora,
                operadora_escolhida=operadora_escolhida,
            )

    return carregar


def _pedido(documento: str) -> Organizacao:
    prestador = _prestador(documento)
    if prestador is None:
        raise PrestadorDesconhecido(f"Nenhum prestador do portal tem o CNPJ ou CPF {documento}.")
    return prestador


def _da_origem(origem: Origem | None, documento: Documento) -> Organizacao | None:
    if origem is None or origem.tipo == "registro_ans":
        return None
    if origem.tipo == "codigo":
        return _pelo_codigo(origem.valor, ler_cabecalho(documento).registro_ans_destino or "")
    return _prestador(origem.valor)


def _prestador(documento: str) -> Organizacao | None:
    with sistema():
        return Organizacao.objects.filter(tipo=Organizacao.Tipo.PRESTADOR, documento=documento).first()


def _pelo_codigo(codigo: str, registro_ans: str) -> Organizacao | None:
    """A code is the operadora's own, so the operadora's contracts say whose it is."""
    with sistema():
        operadora = Organizacao.objects.filter(tipo=Organizacao.Tipo.OPERADORA, registro_ans=registro_ans).first()
    if operadora is None:
        return None
    with inquilino(TipoDeInquilino.OPERADORA, operadora.pk):
        contrato = Credenciamento.objects.filter(operadora=operadora, codigo_na_operadora=codigo).first()
        return None if contrato is None else contrato.prestador
