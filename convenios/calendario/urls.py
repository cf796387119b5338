"""Screens of the calendar of delivery, under `calendario/` of each organisation."""

from django.urls import path

from convenios.calendario import views

app_name = "calendario"
urlpatterns = [
    path("", views.ano, name="ano"),
    path("gerar/", views.gerar, name="gerar"),
    path("janelas/nova/", views.nova, name="nova"),
    path("janelas/<int:pk>/", views.janela, name="janela"),
    path("janelas/<int:pk>/excluir/", views.excluir, name="excluir"),
    path("janelas/<int:pk>/excecao/", views.abrir_excecao, name="abrir_excecao"),
    path("janelas/<int:pk>/excecao/retirar/", views.retirar_excecao, name="retirar_excecao"),
]
