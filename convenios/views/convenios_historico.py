"""Everything that changed in a convênio."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios.abas_do_convenio import ABAS
from convenios.historia_do_convenio import nome_do_campo
from convenios.models import MudancaDeConvenio
from convenios.portas_do_convenio import convenio_de

_POR_PAGINA = 50


@require_GET
@exige(Permissao.CONVENIO_VER, de=Organizacao.Tipo.OPERADORA)
def historico(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Who changed what, newest first; `?campo=` leaves one setting."""
    convenio = convenio_de(request, codigo)
    todas = MudancaDeConvenio.objects.filter(convenio=convenio, prestador=None)
    campos = _campos(todas.values_list("campo", flat=True).distinct().order_by())
    campo = request.GET.get("campo", "")
    escolhidas = todas.filter(campo=campo) if campo in dict(campos) else todas
    pagina = Paginator(escolhidas, _POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto: dict[str, Any] = {
        "convenio": convenio,
        "abas": ABAS,
        "historico": True,
        "muda": request.vinculo.pode(Permissao.CONVENIO_MUDAR),
        "hoje": timezone.localdate(),
        "campos": campos,
        "campo": campo,
        "pagina": pagina,
        "mudancas": [(mudanca, nome_do_campo(mudanca.campo)) for mudanca in pagina],
    }
    return render(request, "convenios/convenio_historico.html", contexto)


def _campos(nomes: Any) -> list[tuple[str, str]]:
    """The settings that have changed, as a list to choose from."""
    return sorted(((nome, nome_do_campo(nome)) for nome in nomes), key=lambda par: par[1])
