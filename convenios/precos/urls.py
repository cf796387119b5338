"""Screens of prices, under `precos/` of each organisation."""

from django.urls import path

from convenios.precos.views import custo, listas, produtos, reajustes, tabelas, vinculos

app_name = "precos"
urlpatterns = [
    path("", custo.custo, name="custo"),
    path("tabelas/", tabelas.lista, name="tabelas"),
    path("tabelas/nova/", tabelas.nova, name="nova"),
    path("tabelas/<int:pk>/", tabelas.tabela, name="tabela"),
    path("tabelas/<int:pk>/mudar/", tabelas.mudar, name="mudar"),
    path("tabelas/<int:pk>/preco/", tabelas.preco, name="preco"),
    path("tabelas/<int:pk>/porte/", tabelas.porte, name="porte"),
    path("tabelas/<int:pk>/precos.xlsx", tabelas.precos_xlsx, name="precos_xlsx"),
    path("tabelas/<int:pk>/reajuste/", reajustes.reajuste, name="reajuste"),
    path("reajustes/<int:pk>/desfazer/", reajustes.desfazer_reajuste, name="desfazer"),
    path("convenios/", vinculos.convenios, name="convenios"),
    path("convenios/<int:codigo>/", vinculos.convenio, name="convenio"),
    path("convenios/<int:codigo>/vincular/", vinculos.novo, name="vincular"),
    path("convenios/<int:codigo>/grupos/", vinculos.grupos, name="grupos"),
    path("vinculos/<int:pk>/", vinculos.mudar, name="vinculo"),
    path("vinculos/<int:pk>/excluir/", vinculos.excluir, name="excluir_vinculo"),
    path("listas/", listas.listas, name="listas"),
    path("edicoes/<int:pk>/", listas.edicao, name="edicao"),
    path("edicoes/<int:pk>/excluir/", listas.excluir, name="excluir_edicao"),
    path("produtos/", produtos.lista, name="produtos"),
    path("produtos/novo/", produtos.novo, name="novo_produto"),
    path("produtos/<int:pk>/", produtos.produto, name="produto"),
]
