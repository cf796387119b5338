"""Addresses of notas fiscais."""

from django.urls import path

from demonstrativos.notas.views import nota, operadora, prestador

app_name = "notas"
urlpatterns = [
    path("", operadora.recebidas, name="recebidas"),
    path("regras/", operadora.parametros, name="parametros"),
    path("regras/dispensar/", operadora.dispensar, name="dispensar"),
    path("pendentes/", prestador.pendentes, name="pendentes"),
    path("pagamentos/", prestador.pagamentos_pendentes, name="pagamentos_pendentes"),
    path("nova/", prestador.nova, name="nova"),
    path("<int:pk>/", nota.nota, name="nota"),
    path("<int:pk>/arquivo/", nota.arquivo, name="arquivo"),
    path("<int:pk>/corrigir/", prestador.corrigir, name="corrigir"),
    path("<int:pk>/enviar/", prestador.enviar, name="enviar"),
    path("<int:pk>/cancelar/", prestador.cancelar, name="cancelar"),
    path("<int:pk>/aceitar/", operadora.aceitar, name="aceitar"),
    path("<int:pk>/indeferir/", operadora.indeferir, name="indeferir"),
]
