"""The desk of a protocol as somebody's browser has it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from demonstrativos.analise.models import Analise, Glosa, GuiaAnalisada, ItemAnalisado
from lotes.models import Protocolo
from tests.fabrica import Cenario


class Tela:
    """The desk of a protocol as somebody's browser has it."""

    def __init__(self, cenario: Cenario, cliente: Client, analise: Analise) -> None:
        self.cenario, self.cliente, self.analise = cenario, cliente, analise
        self.endereco = reverse("analise:mesa", args=["pasa", analise.protocolo_id])

    def ler(self, **consulta: Any) -> str:
        resposta = self.cliente.get(self.endereco, consulta)
        assert resposta.status_code == 200
        return resposta.content.decode()

    def visto(self, guia: int = 1) -> dict[str, Any]:
        """What the page says that it shows."""
        with self.cenario.dentro("pasa"):
            guias = list(GuiaAnalisada.objects.filter(analise=self.analise).order_by("posicao"))
        return {"guia": guia, "versao": guias[guia - 1].versao, "versao_inteira": sum(g.versao for g in guias)}

    def item(self, posicao: int = 1, guia: int = 1) -> int:
        with self.cenario.dentro("pasa"):
            return ItemAnalisado.objects.get(guia__analise=self.analise, guia__posicao=guia, posicao=posicao).pk

    def agir(self, acao: str, **dados: Any) -> Any:
        return self.cliente.post(
            reverse("analise:agir", args=["pasa", self.analise.protocolo_id]),
            {**self.visto(int(dados.get("guia", 1))), "acao": acao, **dados},
        )

    def mudar(self, nome: str, **dados: Any) -> str:
        resposta = self.cliente.post(
            reverse(f"analise:{nome}", args=["pasa", self.analise.protocolo_id]), {**self.visto(), **dados}, follow=True
        )
        return resposta.content.decode()

    def situacao(self) -> int:
        with self.cenario.dentro("pasa"):
            return Protocolo.objects.get(pk=self.analise.protocolo_id).situacao

    def glosas(self) -> list[tuple[str, Decimal]]:
        with self.cenario.dentro("pasa"):
            return list(Glosa.objects.filter(analise=self.analise).order_by("pk").values_list("codigo", "valor"))
