"""Screens of typed guides."""

from django.urls import path

from uploads.digitacao.views import ficha, nova, preco, procurar

app_name = "digitacao"
urlpatterns = [
    path("nova/", nova.nova, name="nova"),
    path("digitadas/<int:pk>/", ficha.ficha, name="guia"),
    path("digitadas/<int:pk>/preco/", preco.preco, name="preco"),
    path("digitadas/<int:pk>/procurar/", procurar.opcoes, name="procurar"),
]
