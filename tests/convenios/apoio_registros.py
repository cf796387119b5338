"""One row of every register, and requests of access, for whoever asks for their pages."""

from __future__ import annotations

from datetime import date

from convenios.models import Beneficiario, Credenciamento, PedidoDeAcesso, Plano
from tests.fabrica import Cenario
from tests.importacao.apoio import gravada, planos


def um_de_cada(cenario: Cenario, operadora: str, prestador: str) -> dict[str, int]:
    """Ids by what stands before them in addresses. The request is an invitation of the operadora to the prestador."""
    dona = cenario.organizacoes[operadora]
    gravada(cenario, planos(1), quem=operadora)
    with cenario.dentro(operadora, "gestor"):
        convite = PedidoDeAcesso.objects.create(
            operadora=dona,
            prestador=cenario.organizacoes[prestador],
            pedido_por=PedidoDeAcesso.Lado.OPERADORA,
            codigo_na_operadora="777",
            inicio=date(2026, 1, 1),
            quem_pediu=cenario.pessoa("gestor", operadora),
            quem_pediu_nome="Gestor",
        )
        contratos = Credenciamento.objects.filter(operadora=dona, prestador=cenario.organizacoes[prestador])
        return {
            "beneficiarios": Beneficiario.objects.filter(operadora=dona).latest("pk").pk,
            "planos": Plano.objects.get(operadora=dona).pk,
            "prestadores": contratos.get().pk,
            "pedidos": convite.pk,
            "acessos": convite.pk,
        }
