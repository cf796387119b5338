"""Screens of the terminology, under `terminologia/` of each organisation."""

from django.urls import path

from convenios.views import terminologia, terminologia_proprios

app_name = "terminologia"
urlpatterns = [
    path("", terminologia.pesquisa, name="pesquisa"),
    path("opcoes/", terminologia.opcoes, name="opcoes"),
    path("termo/<slug:tabela>/<str:termo>/", terminologia.termo, name="termo"),
    path("proprios/", terminologia_proprios.proprios, name="proprios"),
    path("proprios/novo/", terminologia_proprios.novo, name="proprio_novo"),
    path("proprios/<slug:tabela>/<str:termo>/", terminologia_proprios.proprio, name="proprio"),
]
