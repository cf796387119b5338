"""Screens of guide numbers."""

from django.urls import path

from convenios.numeracao import views

app_name = "numeracao"
urlpatterns = [
    path("<int:pk>/convenios/<int:codigo>/numeracao/", views.faixas, name="faixas"),
    path("<int:pk>/convenios/<int:codigo>/numeracao/registrar/", views.registrar, name="registrar"),
    path("<int:pk>/convenios/<int:codigo>/numeracao/dar/", views.dar, name="dar"),
    path("<int:pk>/convenios/<int:codigo>/numeracao/mudar/", views.mudar, name="mudar"),
    path("<int:pk>/convenios/<int:codigo>/numeracao/mudar-dada/", views.mudar_dada, name="mudar_dada"),
]
