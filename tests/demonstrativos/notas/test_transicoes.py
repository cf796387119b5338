"""What may happen to a nota, on which side, and what the database keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conecta.arquivos import cofre
from demonstrativos.analise.models import ItemAnalisado
from demonstrativos.notas import transicoes
from demonstrativos.notas.erros import NotaNaoPermite, NotaRecusada
from demonstrativos.notas.estados import MUDANCAS_DA_NOTA
from demonstrativos.notas.estados import SituacaoDaNota as S
from demonstrativos.notas.models import NotaDoProtocolo, NotaFiscal
from lotes import avanco
from lotes.capa import dados_da_capa
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Lote
from tests.demonstrativos.notas.apoio import criada, dados, enviada
from tests.demonstrativos.pagamentos.apoio import liberado
from tests.demonstrativos.recursos.construcao import glosar
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


def _como(cenario: Cenario, quem: str, acao: Callable[..., Any], nota: NotaFiscal, **extras: Any) -> NotaFiscal:
    papel = "financeiro_prestador" if quem == "aurelia" else "financeiro_operadora"
    with cenario.dentro(quem, papel):
        return acao(nota=nota, por=cenario.pessoa(papel, quem), **extras)


def test_the_operadora_reads_a_nota_and_its_file_from_its_sending_on(cenario: Cenario) -> None:
    nota = criada(cenario, [liberado(cenario)])
    with cenario.dentro("pasa"):
        assert not NotaFiscal.objects.exists()
        assert not NotaDoProtocolo.objects.exists()
    _como(cenario, "aurelia", transicoes.enviar, nota)
    with cenario.dentro("pasa"):
        assert NotaFiscal.objects.get().valor_liberado == Decimal("317.62")
        assert cofre.abrir(nota.conteudo_id).startswith(b"%PDF")
    with cenario.dentro("boavista"):
        assert not NotaFiscal.objects.exists()


def test_sent_accepted_and_printed_on_the_cover(cenario: Cenario) -> None:
    protocolo = liberado(cenario)
    nota = enviada(cenario, [protocolo])
    assert _como(cenario, "pasa", transicoes.aceitar, nota).situacao == S.ACEITA
    with cenario.dentro("aurelia"):
        capa = dados_da_capa(Lote.objects.get(pk=protocolo.lote_id), protocolo)
    assert (capa.nota_fiscal, capa.nota_valor) == (nota.rotulo, Decimal("317.62"))


def test_refused_it_is_corrected_and_sent_again(cenario: Cenario) -> None:
    nota = enviada(cenario, [liberado(cenario)])
    _como(cenario, "pasa", transicoes.indeferir, nota, motivo="Falta o ISS")
    corrigida = _como(cenario, "aurelia", transicoes.corrigir, nota, dados=dados(), arquivo=None)
    with cenario.dentro("pasa"):
        assert not NotaFiscal.objects.exists()
    assert (corrigida.situacao, corrigida.motivo) == (S.PENDENTE, "Falta o ISS")
    assert _como(cenario, "aurelia", transicoes.enviar, corrigida).situacao == S.EM_ANALISE


def test_a_difference_is_sent_only_with_a_reason(cenario: Cenario) -> None:
    nota = criada(cenario, [liberado(cenario)], "300.00")
    with pytest.raises(NotaRecusada, match="o liberado dos protocolos é"):
        _como(cenario, "aurelia", transicoes.enviar, nota)
    com_motivo = dados("300.00", justificativa="Desconto combinado")
    corrigida = _como(cenario, "aurelia", transicoes.corrigir, nota, dados=com_motivo, arquivo=None)
    assert _como(cenario, "aurelia", transicoes.enviar, corrigida).situacao == S.EM_ANALISE


def test_within_the_tolerance_nothing_is_asked(cenario: Cenario) -> None:
    assert enviada(cenario, [liberado(cenario)], "317.63").situacao == S.EM_ANALISE


def test_several_protocols_of_one_operadora_go_into_one_nota_and_into_no_other(cenario: Cenario) -> None:
    protocolos = [liberado(cenario), liberado(cenario)]
    nota = criada(cenario, protocolos, "635.24")
    assert nota.valor_liberado == Decimal("635.24")
    with pytest.raises(NotaRecusada, match="já está na nota"):
        criada(cenario, protocolos[:1])
    with pytest.raises(NotaRecusada, match="é de outra operadora"):
        criada(cenario, [liberado(cenario), liberado(cenario, operadora="sulina")])
    _como(cenario, "aurelia", transicoes.cancelar, nota)
    assert criada(cenario, protocolos[:1]).pk


def test_what_was_opened_again_meanwhile_is_judged_by_what_is_released_by_now(cenario: Cenario) -> None:
    protocolo, de_outra = liberado(cenario), liberado(cenario)
    nota, entregue = criada(cenario, [protocolo]), enviada(cenario, [de_outra])
    gestor = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.desfazer(protocolos=[protocolo, de_outra], para=P.EM_ANALISE, por=gestor, motivo="engano")
    with pytest.raises(NotaRecusada, match="ainda não foi liberado"):
        _como(cenario, "aurelia", transicoes.enviar, nota)
    with cenario.dentro("pasa", "gestor"):
        for item in ItemAnalisado.objects.filter(guia__posicao=1, posicao=1):
            glosar(item, Decimal("17.62"))
        avanco.avancar_varios(protocolos=[protocolo, de_outra], para=P.LIBERADO, por=gestor)
    with pytest.raises(NotaRecusada, match=r"e o liberado dos protocolos é R\$.300,00"):
        _como(cenario, "aurelia", transicoes.enviar, nota)
    with cenario.dentro("pasa"):
        assert "O liberado mudou depois" in " ".join(transicoes.divergencias(entregue))


def test_a_number_is_used_once(cenario: Cenario) -> None:
    criada(cenario, [liberado(cenario)], numero="77")
    with pytest.raises(NotaRecusada, match="Já há uma nota 77"):
        criada(cenario, [liberado(cenario)], numero="77")


@pytest.mark.parametrize("acao", ["enviar", "cancelar", "corrigir"])
def test_accepted_it_is_the_prestadors_no_more(cenario: Cenario, acao: str) -> None:
    nota = enviada(cenario, [liberado(cenario)])
    _como(cenario, "pasa", transicoes.aceitar, nota)
    extras = {"dados": dados(), "arquivo": None} if acao == "corrigir" else {}
    with pytest.raises(NotaNaoPermite, match="está “Aceita”"):
        _como(cenario, "aurelia", getattr(transicoes, acao), nota, **extras)


def test_refused_it_is_not_accepted_without_being_sent_again(cenario: Cenario) -> None:
    nota = enviada(cenario, [liberado(cenario)])
    _como(cenario, "pasa", transicoes.indeferir, nota, motivo="Outro tomador")
    with pytest.raises(NotaNaoPermite, match="Indeferida"):
        _como(cenario, "pasa", transicoes.aceitar, nota)


def test_the_prestador_cannot_accept_its_own_nota(cenario: Cenario) -> None:
    nota = enviada(cenario, [liberado(cenario)])
    with cenario.dentro("aurelia"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        NotaFiscal.objects.filter(pk=nota.pk).update(situacao=S.ACEITA)


def test_what_was_sent_changes_no_more(cenario: Cenario) -> None:
    nota = enviada(cenario, [liberado(cenario)])
    with cenario.dentro("aurelia"):
        for mudanca in (
            lambda: NotaFiscal.objects.filter(pk=nota.pk).update(valor=1),
            lambda: NotaFiscal.objects.filter(pk=nota.pk).update(numero="9"),
            lambda: NotaDoProtocolo.objects.filter(nota=nota).delete(),
        ):
            with pytest.raises(DatabaseError, match="não muda mais"), transaction.atomic():
                mudanca()


def test_the_databases_path_is_the_codes() -> None:
    assert {para for paras in MUDANCAS_DA_NOTA.values() for para in paras} == set(S)
