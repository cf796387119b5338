"""Screens of uploads."""

from django.urls import path

from uploads.views import arquivo, envio, historico

app_name = "uploads"
urlpatterns = [
    path("novo/", envio.novo, name="novo"),
    path("arquivos/", historico.arquivos, name="arquivos"),
    path("arquivos/<int:pk>/", arquivo.detalhe, name="arquivo"),
    path("arquivos/<int:pk>/tentar-de-novo/", arquivo.tentar_de_novo, name="tentar_de_novo"),
]
