"""Which change of a file's state may follow which: every pair is tried."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from lotes import recebimento
from lotes.estados import Canal
from lotes.models import Lote
from tests.fabrica import Cenario
from tests.uploads.apoio import xml_valido
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads import transicoes
from uploads.erros import CorrecaoConcorrente, CriticaNaoIgnoravel, MudancaNaoPermitida
from uploads.estados import MUDANCAS_DO_ARQUIVO, SituacaoDoArquivo
from uploads.models import Arquivo, Critica
from uploads.transicoes import Ignorar

S = SituacaoDoArquivo
Fazer = Callable[[Arquivo, Usuario], object]


def importar(arquivo: Arquivo, por: Usuario) -> None:
    transicoes.importar(arquivo=arquivo, lote=lote_de(arquivo, numero=9_000_000))


def importar_outro(arquivo: Arquivo, por: Usuario) -> None:
    """Where it is refused no lot is needed."""
    transicoes.importar(arquivo=arquivo, lote=Lote(numero=1))


FAZER: dict[str, tuple[SituacaoDoArquivo, Fazer]] = {
    "invalidar": (S.INVALIDO, lambda arquivo, por: transicoes.invalidar(arquivo=arquivo)),
    "importar": (S.IMPORTADO, importar),
    "tentar_de_novo": (
        S.EM_PROCESSAMENTO,
        lambda arquivo, por: transicoes.tentar_de_novo(arquivo_id=arquivo.pk, por=por),
    ),
    "salvar_correcoes": (
        S.EM_PROCESSAMENTO,
        lambda arquivo, por: transicoes.salvar_correcoes(
            arquivo_id=arquivo.pk, versao=1, edicoes=[], recalcular=False, por=por
        ),
    ),
}
PERMITIDAS = {
    ("invalidar", S.EM_PROCESSAMENTO),
    ("importar", S.EM_PROCESSAMENTO),
    ("tentar_de_novo", S.FALHOU),
    ("salvar_correcoes", S.INVALIDO),
}


def lote_de(arquivo: Arquivo, numero: int) -> Lote:
    dados = xml_valido_da(arquivo)
    lido = ler_lote(ler(dados))
    assert lido is not None
    operadora = type(arquivo.prestador).objects.get(slug="pasa")
    return recebimento.receber(
        lido,
        recebimento.Procedencia(
            prestador=arquivo.prestador,
            operadora=operadora,
            numero=numero,
            conteudo_id=arquivo.versoes.get(numero=1).conteudo_id,
            canal=Canal.UPLOAD,
            por_id=arquivo.criado_por_id,
            por_nome=arquivo.criado_por_nome,
        ),
    )


def xml_valido_da(arquivo: Arquivo) -> bytes:
    from conecta.arquivos import cofre

    return cofre.abrir(arquivo.versoes.get(numero=1).conteudo_id)


def arquivo_em(cenario: Cenario, situacao: SituacaoDoArquivo) -> Arquivo:
    """A file that is in that state, without work waiting for it."""
    arquivo = transicoes.incluir(
        prestador=cenario.aurelia,
        nome="lote.xml",
        dados=xml_valido(cenario),
        por=cenario.pessoa("faturista", "aurelia"),
    )
    with sistema():
        Trabalho.objects.update(estado="feito")
    if situacao == S.IMPORTADO:
        transicoes.importar(arquivo=arquivo, lote=lote_de(arquivo, arquivo.numero_lote))
    elif situacao != S.EM_PROCESSAMENTO:
        Arquivo.objects.filter(pk=arquivo.pk).update(situacao=situacao, processado_em=timezone.now())
    arquivo.refresh_from_db()
    return arquivo


def critica_de(arquivo: Arquivo, severidade: str) -> Critica:
    return Critica.objects.create(
        prestador_id=arquivo.prestador_id,
        arquivo=arquivo,
        versao=1,
        posicao=1,
        regra="F08",
        codigo="3268",
        severidade=severidade,
        tipo="regra",
        mensagem="x",
        caminho="/",
    )


@pytest.mark.parametrize(("acao", "de"), list(product(FAZER, S)))
def test_every_pair_of_action_and_state(cenario: Cenario, acao: str, de: SituacaoDoArquivo) -> None:
    por = cenario.pessoa("faturista", "aurelia")
    para, fazer = FAZER[acao]
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, de)
        if (acao, de) in PERMITIDAS:
            fazer(arquivo, por)
            arquivo.refresh_from_db()
            assert arquivo.situacao == para
            assert para in MUDANCAS_DO_ARQUIVO[de]
        else:
            if acao == "importar":
                fazer = importar_outro
            with pytest.raises(MudancaNaoPermitida) as erro:
                fazer(arquivo, por)
            assert arquivo.nome in erro.value.frase
            assert Arquivo.objects.get(pk=arquivo.pk).situacao == de


@pytest.mark.parametrize("de", list(S))
def test_a_file_is_set_aside_only_while_it_is_being_processed(cenario: Cenario, de: SituacaoDoArquivo) -> None:
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, de)
        transicoes.falhar(arquivo_id=arquivo.pk)
        arquivo.refresh_from_db()
        assert arquivo.situacao == (S.FALHOU if de == S.EM_PROCESSAMENTO else de)


def test_what_stops_the_file_cannot_be_ignored(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, S.INVALIDO)
        critica = critica_de(arquivo, "impeditiva")
        pedido = Ignorar(frozenset({critica.pk}), "porque a operadora pediu")
        with pytest.raises(CriticaNaoIgnoravel):
            transicoes.ignorar(
                arquivo_id=arquivo.pk, versao=1, pedido=pedido, por=cenario.pessoa("faturista", "aurelia")
            )


@pytest.mark.parametrize("justificativa", ["", "   curta  ", "x" * 501])
def test_a_justification_has_to_say_something(cenario: Cenario, justificativa: str) -> None:
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, S.INVALIDO)
        critica = critica_de(arquivo, "ignoravel")
        with pytest.raises(CriticaNaoIgnoravel):
            transicoes.ignorar(
                arquivo_id=arquivo.pk,
                versao=1,
                pedido=Ignorar(frozenset({critica.pk}), justificativa),
                por=cenario.pessoa("faturista", "aurelia"),
            )


def test_ignoring_can_be_taken_back(cenario: Cenario) -> None:
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, S.INVALIDO)
        critica = critica_de(arquivo, "ignoravel")
        ids = frozenset({critica.pk})
        assert (
            transicoes.ignorar(
                arquivo_id=arquivo.pk, versao=1, pedido=Ignorar(ids, "reenvio combinado com a PASA"), por=por
            )
            == 1
        )
        critica.refresh_from_db()
        assert (critica.ignorada, critica.ignorada_por_nome) == (True, por.nome)
        assert transicoes.desfazer_ignorar(arquivo_id=arquivo.pk, versao=1, criticas=ids, por=por) == 1
        critica.refresh_from_db()
        assert (critica.ignorada, critica.justificativa) == (False, "")


def test_criticas_that_are_gone_are_not_ignored(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        arquivo = arquivo_em(cenario, S.INVALIDO)
        with pytest.raises(CorrecaoConcorrente):
            transicoes.ignorar(
                arquivo_id=arquivo.pk,
                versao=1,
                pedido=Ignorar(frozenset({123}), "reenvio combinado com a PASA"),
                por=cenario.pessoa("faturista", "aurelia"),
            )
