"""Screens of typed guides."""

from django.urls import path

from uploads.digitacao.views import (
    ajuda,
    copias,
    divisao,
    ficha,
    ignorar,
    impressao,
    lista,
    nova,
    passo,
    pendencia,
    preco,
    procurar,
    usuais,
)

app_name = "digitacao"
urlpatterns = [
    path("nova/", nova.nova, name="nova"),
    path("digitadas/<int:pk>/", ficha.ficha, name="guia"),
    path("digitadas/<int:pk>/ajuda/", ajuda.ajuda, name="ajuda"),
    path("digitadas/<int:pk>/passo/", passo.passo, name="passo"),
    path("digitadas/<int:pk>/ignorar/", ignorar.ignorar, name="ignorar"),
    path("digitadas/<int:pk>/pendencia/", pendencia.pendencia, name="pendencia"),
    path("digitadas/<int:pk>/preco/", preco.preco, name="preco"),
    path("digitadas/<int:pk>/continuar/", divisao.continuar, name="continuar"),
    path("digitadas/<int:pk>/procurar/", procurar.opcoes, name="procurar"),
    path("digitadas/<int:pk>/guia.pdf", impressao.pdf, name="pdf"),
    path("digitadas/", lista.lista, name="lista"),
    path("digitadas/xlsx/", lista.lista_xlsx, name="lista_xlsx"),
    path("digitadas/varias/", lista.varias, name="varias"),
    path("digitadas/<int:pk>/duplicar/", copias.duplicar, name="duplicar"),
    path("digitadas/<int:pk>/repetir/", copias.repetir, name="repetir"),
    path("usuais/", usuais.usuais, name="usuais"),
    path("usuais/mudar/", usuais.mudar, name="mudar_usual"),
    path("usuais/favorito/", usuais.favorito, name="favorito"),
]
