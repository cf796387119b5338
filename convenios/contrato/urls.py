"""Screens of contracts: what holds between an operadora and one prestador."""

from django.urls import path

from convenios.contrato.views import codigos, contratos, convenio, pendencias

app_name = "contrato"
urlpatterns = [
    path("", contratos.contratos, name="contratos"),
    path("pendencias/", pendencias.pendencias, name="pendencias"),
    path("pendencias/marcar/", pendencias.marcar, name="marcar_pendencias"),
    path("pendencias/<int:pk>/retirar/", pendencias.retirar, name="retirar_pendencia"),
    path("<int:pk>/convenios/<int:codigo>/", convenio.convenio, name="convenio"),
    path("<int:pk>/convenios/<int:codigo>/escolher/", convenio.escolher, name="escolher"),
    path("<int:pk>/convenios/<int:codigo>/acordar/", convenio.acordar, name="acordar"),
    path("<int:pk>/convenios/<int:codigo>/codigos/", codigos.codigos, name="codigos"),
    path("<int:pk>/convenios/<int:codigo>/codigos/combinar/", codigos.combinar, name="combinar"),
    path("<int:pk>/convenios/<int:codigo>/codigos/retirar/", codigos.retirar, name="retirar_codigo"),
]
