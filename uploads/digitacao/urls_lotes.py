"""Screens of lots of typed guides, beside those of all lots."""

from django.urls import path

from uploads.digitacao.views import conferencia, geracao, lotes

app_name = "montagem"
urlpatterns = [
    path("lotes/novo/", lotes.novo, name="novo"),
    path("lotes/geracao/", geracao.geracao, name="geracao"),
    path("lotes/geracoes/<int:pk>/", geracao.gerada, name="gerada"),
    path("lotes/<int:pk>/adicionar/", lotes.adicionar, name="adicionar"),
    path("lotes/<int:pk>/arrumar/", lotes.arrumar, name="arrumar"),
    path("lotes/<int:pk>/digitar/", lotes.digitar, name="digitar"),
    path("lotes/<int:pk>/ignorar/", lotes.ignorar, name="ignorar"),
    path("lotes/<int:pk>/conferencia/", conferencia.conferencia, name="conferencia"),
]
