"""The bank's return file: what is paid, what comes back, and what is refused line by line."""

from __future__ import annotations

import pytest

from conecta.importacao.models import Importacao, LinhaRuim
from demonstrativos.pagamentos.estados import SituacaoDoPagamento as S
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import fechar
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.fabrica import Cenario
from tests.importacao import apoio

pytestmark = pytest.mark.django_db
TITULOS = ("Pagamento", "Valor", "Data", "Situação", "Motivo")
HOJE = f"{daqui_a(0):%d/%m/%Y}"


def _fechados(cenario: Cenario, quantos: int) -> list[Pagamento]:
    pagamentos = [aberto(cenario, [liberado(cenario)]) for _ in range(quantos)]
    with cenario.dentro("pasa", "financeiro_operadora"):
        por = cenario.pessoa("financeiro_operadora", "pasa")
        return [fechar(pagamento=pagamento, por=por) for pagamento in pagamentos]


def _retorno(cenario: Cenario, *linhas: tuple[str, ...], modo: str = "boas") -> Importacao:
    dados = apoio.csv(TITULOS, *linhas)
    return apoio.gravada(cenario, dados, modo=modo, layout="retorno-bancario")


def _situacoes(cenario: Cenario) -> list[str]:
    with cenario.dentro("pasa"):
        return list(Pagamento.objects.order_by("numero").values_list("situacao", flat=True))


def test_good_lines_are_paid_and_a_second_time_changes_nothing(cenario: Cenario) -> None:
    _fechados(cenario, 2)
    linhas = (("1", "317,62", HOJE, "Pago", ""), ("2", "317,62", HOJE, "", ""))
    primeira = _retorno(cenario, *linhas)
    assert (primeira.novas, primeira.ruins) == (2, 0)
    assert _situacoes(cenario) == [S.PAGO, S.PAGO]
    with cenario.dentro("aurelia"):
        assert set(Protocolo.objects.values_list("situacao", flat=True)) == {P.PAGO}
    segunda = _retorno(cenario, *linhas)
    assert (segunda.novas, segunda.mudadas, segunda.iguais) == (0, 0, 2)


def test_what_the_bank_gave_back_stays_closed_and_says_so(cenario: Cenario) -> None:
    _fechados(cenario, 1)
    _retorno(cenario, ("1", "317,62", HOJE, "Devolvido", "Conta encerrada"))
    with cenario.dentro("aurelia"):
        pagamento = Pagamento.objects.get()
    assert (pagamento.situacao, pagamento.devolucao) == (S.FECHADO, "Conta encerrada")
    assert _retorno(cenario, ("1", "317,62", HOJE, "Devolvido", "Conta encerrada")).iguais == 1


@pytest.mark.parametrize(
    ("linha", "frase"),
    [
        (("9", "317,62", HOJE, "", ""), "Não há pagamento 9"),
        (("1", "317,63", HOJE, "", ""), "e o banco diz"),
        (("1", "317,62", f"{daqui_a(1):%d/%m/%Y}", "", ""), "ainda não chegou"),
        (("1", "317,62", f"{daqui_a(-1):%d/%m/%Y}", "", ""), "foi fechado em"),
        (("2", "317,62", HOJE, "", ""), "só um pagamento fechado é pago"),
        (("1", "317,62", HOJE, "talvez", ""), "Não é uma das opções"),
        (("=1+1", "317,62", HOJE, "", ""), "Não é um número"),
        (("", "317,62", HOJE, "", ""), "obrigat"),
    ],
)
def test_a_bad_line_is_refused_in_words_and_the_good_ones_are_taken(
    cenario: Cenario, linha: tuple[str, ...], frase: str
) -> None:
    _fechados(cenario, 1)
    aberto(cenario, [liberado(cenario)])
    with cenario.dentro("pasa"):
        assert _situacoes(cenario) == [S.FECHADO, S.ABERTO]
    importacao = apoio.conferida(cenario, apoio.csv(TITULOS, linha), layout="retorno-bancario")
    assert importacao.ruins == 1
    with cenario.dentro("pasa"):
        assert frase in str(LinhaRuim.objects.get().erros)


def test_another_operadoras_payments_are_not_there(cenario: Cenario) -> None:
    _fechados(cenario, 1)
    dados = apoio.csv(TITULOS, ("1", "317,62", HOJE, "", ""))
    importacao = apoio.conferida(cenario, dados, layout="retorno-bancario", quem="sulina")
    assert (importacao.boas, importacao.ruins) == (0, 1)
