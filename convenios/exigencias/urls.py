"""Screens of what is demanded and authorised, under `exigencias/` of each organisation."""

from django.urls import path

from convenios.exigencias.views import autorizacoes, procedimentos

app_name = "exigencias"
urlpatterns = [
    path("procedimentos/", procedimentos.lista, name="procedimentos"),
    path("procedimentos/novo/", procedimentos.novo, name="novo"),
    path("procedimentos/<int:pk>/", procedimentos.mudar, name="procedimento"),
    path("procedimentos/<int:pk>/excluir/", procedimentos.excluir, name="excluir"),
    path("autorizacoes/", autorizacoes.lista, name="autorizacoes"),
    path("autorizacoes/nova/", autorizacoes.nova, name="nova"),
    path("autorizacoes/conferir/", autorizacoes.conferir, name="conferir"),
    path("autorizacoes/<int:pk>/", autorizacoes.autorizacao, name="autorizacao"),
    path("autorizacoes/<int:pk>/cancelar/", autorizacoes.cancelar_autorizacao, name="cancelar"),
]
