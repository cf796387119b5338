"""Screens of the platform itself, under `plataforma/`: they belong to no organisation."""

from django.urls import path

from convenios.views import plataforma

app_name = "plataforma"
urlpatterns = [
    path("terminologia/", plataforma.terminologia, name="terminologia"),
    path("terminologia/<int:pk>/", plataforma.edicao, name="edicao"),
    path("terminologia/<int:pk>/gravar/", plataforma.gravar, name="gravar"),
    path("terminologia/<int:pk>/cancelar/", plataforma.cancelar, name="cancelar"),
]
