"""Registers, and requests of access."""

from django.urls import path

from convenios.views import registros, registros_pedidos

app_name = "registros"
urlpatterns = [
    path("beneficiarios/", registros.beneficiarios, name="beneficiarios"),
    path("beneficiarios/novo/", registros.novo_beneficiario, name="novo_beneficiario"),
    path("beneficiarios/<int:pk>/", registros.beneficiario, name="beneficiario"),
    path("beneficiarios/<int:pk>/salvar/", registros.salvar_beneficiario, name="salvar_beneficiario"),
    path("planos/", registros.planos, name="planos"),
    path("planos/novo/", registros.novo_plano, name="novo_plano"),
    path("planos/<int:pk>/", registros.plano, name="plano"),
    path("planos/<int:pk>/salvar/", registros.salvar_plano, name="salvar_plano"),
    path("planos/<int:pk>/coberturas/", registros.cobrir, name="cobrir"),
    path("prestadores/", registros.prestadores, name="prestadores"),
    path("prestadores/<int:pk>/", registros.prestador, name="prestador"),
    path("prestadores/<int:pk>/salvar/", registros.salvar_prestador, name="salvar_prestador"),
    path("pedidos/", registros_pedidos.pedidos, name="pedidos"),
    path("pedidos/convidar/", registros_pedidos.convidar, name="convidar"),
    path("pedidos/<int:pk>/", registros_pedidos.pedido, name="pedido"),
    path("pedidos/<int:pk>/aceitar/", registros_pedidos.aceitar, name="aceitar"),
    path("pedidos/<int:pk>/recusar/", registros_pedidos.recusar, name="recusar"),
    path("pedidos/<int:pk>/cancelar/", registros_pedidos.cancelar, name="cancelar"),
    path("acessos/", registros_pedidos.acessos, name="acessos"),
    path("acessos/<int:pk>/responder/", registros_pedidos.responder, name="responder"),
    path("consulta/", registros_pedidos.consulta, name="consulta"),
]
