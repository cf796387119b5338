"""Screens of the catalogue of rules, under `regras/` of each organisation."""

from django.urls import path

from uploads.views import indicadores, regras

app_name = "regras"
urlpatterns = [
    path("", regras.catalogo, name="catalogo"),
    path("mapa/", indicadores.mapa, name="mapa"),
    path("mapa/criticas.xlsx", indicadores.mapa_xlsx, name="mapa_xlsx"),
    path("parametros/", regras.parametros, name="parametros"),
    path("<slug:regra>/", regras.regra, name="regra"),
    path("<slug:regra>/ajustar/", regras.ajustar, name="ajustar"),
]
