"""The bank's return file: which payments were made, and which came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.contas.papeis import Permissao
from conecta.importacao.celulas import data, dinheiro, escolha, inteiro, texto
from conecta.importacao.layout import QUEM, Celulas, Coluna, ErroDaLinha, Gravadas, Layout, registrar
from conecta.interface.formatos import data as dia
from conecta.interface.formatos import reais
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import devolver, marcar_pagos, travar_iniciais

PAGO, DEVOLVIDO = "pago", "devolvido"
NOTA = "Retorno bancário."
_S = SituacaoDoPagamento


@dataclass(frozen=True, slots=True)
class Conhecido:
    """What is asked of a payment before the bank's word is taken."""

    situacao: str
    liquido: Decimal
    fechado: date | None
    pago: date | None


class LayoutDoRetorno(Layout):
    """One row is what the bank says of one payment."""

    id = "retorno-bancario"
    titulo = "Retorno bancário"
    ajuda = "O que o banco pagou e o que devolveu. Enviar o mesmo arquivo duas vezes não muda nada."
    permissao = Permissao.PAGAMENTO_MUDAR
    colunas = (
        Coluna(
            nome="pagamento",
            titulo="Pagamento",
            obrigatoria=True,
            exemplo="1",
            ajuda="Nº do pagamento no Conecta.",
            sinonimos=("Nº do pagamento", "Seu número", "Número"),
        ),
        Coluna(nome="valor", titulo="Valor", obrigatoria=True, exemplo="1.234,56", ajuda="Valor líquido, em reais."),
        Coluna(nome="data", titulo="Data", obrigatoria=True, exemplo="27/11/2026", ajuda="Dia em que o banco pagou."),
        Coluna(
            nome="situacao",
            titulo="Situação",
            exemplo="Pago",
            ajuda="Pago ou Devolvido. Vazio: Pago.",
            sinonimos=("Status", "Ocorrência"),
        ),
        Coluna(
            nome="motivo",
            titulo="Motivo",
            exemplo="",
            ajuda="Por que o banco devolveu.",
            sinonimos=("Motivo da devolução",),
        ),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> dict[int, Conhecido]:
        """The operadora's payments by number."""
        linhas = Pagamento.objects.filter(operadora=organizacao_id).values_list(
            "numero", "situacao", "valor_liquido", "fechado_em", "pago_em"
        )
        return {
            numero: Conhecido(situacao, liquido, timezone.localdate(fechado) if fechado else None, pago)
            for numero, situacao, liquido, fechado, pago in linhas
        }

    def ler(self, valores: Mapping[str, str], preparado: Mapping[int, Conhecido]) -> tuple[Any, ...]:
        """(number, day, "pago" or "devolvido", reason)."""
        celulas = Celulas(valores)
        numero = celulas.ler("pagamento", inteiro, minimo=1, maximo=999_999_999_999)
        valor = celulas.ler("valor", dinheiro)
        quando = celulas.ler("data", data)
        situacao = celulas.ler("situacao", escolha, {PAGO: "Pago", DEVOLVIDO: "Devolvido"}) or PAGO
        motivo = celulas.ler("motivo", texto, maximo=200) or ""
        celulas.conferir()
        if numero is None or valor is None or quando is None:
            raise ErroDaLinha("Faltam o nº do pagamento, o valor ou a data. Preencha os três.")
        _conferir(numero, preparado.get(numero), valor, quando, situacao)
        return (numero, quando, situacao, motivo)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        numero: int = linha[0]
        return numero

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        """New: paid now. Changed: given back by the bank. Equal: the portal knew it."""
        pk, nome = opcoes[QUEM]
        por = Usuario(pk=pk, nome=nome)
        pagamentos = {
            p.numero: p for p in Pagamento.objects.filter(operadora=organizacao_id, numero__in=[n for n, *_ in linhas])
        }
        # Before any payment, as everywhere: those of all days, so that nobody waits for one in the middle.
        travar_iniciais(*pagamentos.values())
        por_dia: dict[date, list[Pagamento]] = defaultdict(list)
        devolvidos = 0
        for numero, quando, situacao, motivo in linhas:
            pagamento = pagamentos[numero]
            if situacao == DEVOLVIDO:
                devolvidos += devolver(pagamento=pagamento, data=quando, motivo=motivo, por=por)
            elif pagamento.situacao != _S.PAGO:
                por_dia[quando].append(pagamento)
        for quando, deste_dia in sorted(por_dia.items()):
            marcar_pagos(pagamentos=deste_dia, data=quando, por=por, nota=NOTA)
        pagos = sum(map(len, por_dia.values()))
        return Gravadas(novas=pagos, mudadas=devolvidos, iguais=len(linhas) - pagos - devolvidos)


def _conferir(numero: int, conhecido: Conhecido | None, valor: Decimal, quando: date, situacao: str) -> None:
    """Raise `ErroDaLinha` where the bank's word does not fit the payment."""
    if conhecido is None:
        raise ErroDaLinha(f"Não há pagamento {numero} nesta operadora. Confira o número.", "pagamento")
    if valor != conhecido.liquido:
        raise ErroDaLinha(
            f"O pagamento {numero} é de {reais(conhecido.liquido)} líquidos, e o banco diz {reais(valor)}. "
            "Confira com o banco antes de marcar.",
            "valor",
        )
    if quando > timezone.localdate():
        raise ErroDaLinha(f"O dia {dia(quando)} ainda não chegou. Confira a data.", "data")
    if conhecido.situacao == _S.PAGO:
        _conferir_pago(numero, conhecido, quando, situacao)
    elif conhecido.situacao != _S.FECHADO or conhecido.fechado is None:
        raise ErroDaLinha(
            f"O pagamento {numero} está “{_S(conhecido.situacao).label}”: só um pagamento fechado é pago.", "pagamento"
        )
    elif quando < conhecido.fechado:
        raise ErroDaLinha(
            f"O pagamento {numero} foi fechado em {dia(conhecido.fechado)}, depois de {dia(quando)}. Confira a data.",
            "data",
        )


def _conferir_pago(numero: int, conhecido: Conhecido, quando: date, situacao: str) -> None:
    if situacao == DEVOLVIDO:
        raise ErroDaLinha(
            f"O pagamento {numero} já consta como pago em {dia(conhecido.pago)}, e isto não se desfaz. Acerte a "
            "devolução por um crédito no próximo pagamento.",
            "situacao",
        )
    if conhecido.pago != quando:
        raise ErroDaLinha(
            f"O pagamento {numero} já consta como pago, em {dia(conhecido.pago)}. Confira a data.", "data"
        )


registrar(LayoutDoRetorno())
