"""The panel of money."""

from django.urls import path

from demonstrativos.painel import views

app_name = "painel"
urlpatterns = [
    path("", views.painel, name="painel"),
    path("indicadores.xlsx", views.painel_xlsx, name="painel_xlsx"),
]
