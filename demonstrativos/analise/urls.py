"""Addresses of the analysis, under `analise/` of each operadora."""

from django.urls import path

from demonstrativos.analise.views import criterios, guia, lista, mesa, parametros, situacao, varios

app_name = "analise"
urlpatterns = [
    path("", lista.lista, name="lista"),
    path("analise.xlsx", lista.lista_xlsx, name="lista_xlsx"),
    path("proximo/", lista.proximo, name="proximo"),
    path("varios/avancar/", varios.varios_avancar, name="varios_avancar"),
    path("varios/atribuir/", varios.varios_atribuir, name="varios_atribuir"),
    path("parametros/", parametros.parametros, name="parametros"),
    path("criterios/", criterios.criterios, name="criterios"),
    path("criterios/<slug:criterio>/", criterios.criterio, name="criterio"),
    path("codigos/", mesa.codigos, name="codigos"),
    path("guias/<int:pk>/", guia.guia, name="guia"),
    path("guias/<int:pk>/guia.pdf", guia.guia_pdf, name="guia_pdf"),
    path("protocolos/<int:pk>/", mesa.mesa, name="mesa"),
    path("protocolos/<int:pk>/agir/", mesa.agir, name="agir"),
    path("protocolos/<int:pk>/conferir/", criterios.conferir, name="conferir"),
    path("protocolos/<int:pk>/comecar/", situacao.comecar, name="comecar"),
    path("protocolos/<int:pk>/liberar/", situacao.liberar, name="liberar"),
    path("protocolos/<int:pk>/encerrar/", situacao.encerrar, name="encerrar"),
    path("protocolos/<int:pk>/retomar/", situacao.retomar, name="retomar"),
    path("protocolos/<int:pk>/reabrir/", situacao.reabrir, name="reabrir"),
]
