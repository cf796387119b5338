"""Screens of uploads."""

from django.urls import path

from uploads.views import arquivo, baixar, campo, correcao, envio, estrutura, historico, indicadores, lugares, teste

app_name = "uploads"
urlpatterns = [
    path("novo/", envio.novo, name="novo"),
    path("novo/testar/", teste.testar, name="testar"),
    path("novo/testar/planilha/", teste.planilha_do_teste, name="planilha_do_teste"),
    path("indicadores/", indicadores.recorrencia, name="indicadores"),
    path("indicadores/criticas.xlsx", indicadores.recorrencia_xlsx, name="indicadores_xlsx"),
    path("arquivos/", historico.arquivos, name="arquivos"),
    path("arquivos/<int:pk>/", arquivo.detalhe, name="arquivo"),
    path("arquivos/<int:pk>/tentar-de-novo/", arquivo.tentar_de_novo, name="tentar_de_novo"),
    path("arquivos/<int:pk>/ignorar/", arquivo.ignorar, name="ignorar"),
    path("arquivos/<int:pk>/corrigir/", correcao.corrigir, name="corrigir"),
    path("arquivos/<int:pk>/lugares/", lugares.lugares, name="lugares"),
    path("arquivos/<int:pk>/campo/", campo.conferir, name="campo"),
    path("arquivos/<int:pk>/estrutura/", estrutura.estrutura, name="estrutura"),
    path("arquivos/<int:pk>/totais/", correcao.totais, name="totais"),
    path("arquivos/<int:pk>/original/", baixar.original, name="original"),
    path("arquivos/<int:pk>/versoes/<int:numero>/", baixar.versao, name="versao"),
]
