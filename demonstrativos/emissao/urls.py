"""Addresses of statements."""

from django.urls import path

from demonstrativos.emissao.views import emitidos, parametros, pedir

app_name = "emissao"
urlpatterns = [
    path("", emitidos.emitidos, name="emitidos"),
    path("analise/", pedir.analise, name="analise"),
    path("analise/escolher/", pedir.escolher, name="escolher"),
    path("analise/pedir/", pedir.pedir_analise, name="pedir_analise"),
    path("pagamento/", pedir.pagamento, name="pagamento"),
    path("solicitados/<int:pk>/", pedir.pedido, name="pedido"),
    path("solicitados/<int:pk>/zip/<str:formato>/", emitidos.baixar_pedido, name="baixar_pedido"),
    path("nomes/", emitidos.nomear, name="nomear"),
    path("parametros/", parametros.parametros, name="parametros"),
    path("zip/<str:formato>/", emitidos.baixar_emitidos, name="baixar_emitidos"),
    path("<int:pk>/<str:formato>/", emitidos.arquivo, name="arquivo"),
]
