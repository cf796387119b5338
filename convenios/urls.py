"""Screens of the convênios of an operadora."""

from django.urls import path

from convenios.views import convenios

app_name = "convenios"
urlpatterns = [
    path("", convenios.lista, name="lista"),
    path("novo/", convenios.novo, name="novo"),
    path("<int:codigo>/", convenios.convenio, name="convenio"),
    path("<int:codigo>/salvar/", convenios.salvar, name="salvar"),
]
