"""Screens of the convênios of an operadora."""

from django.urls import path

from convenios.views import (
    convenios,
    convenios_copia,
    convenios_historico,
    convenios_integracao,
    convenios_logo,
    convenios_padroes,
    convenios_situacao,
    convenios_versoes,
)

app_name = "convenios"
urlpatterns = [
    path("", convenios.lista, name="lista"),
    path("novo/", convenios.novo, name="novo"),
    path("padroes/", convenios_padroes.padroes, name="padroes"),
    path("padroes/salvar/", convenios_padroes.salvar_padroes, name="salvar_padroes"),
    path("importar/", convenios_copia.importar, name="importar"),
    path(
        "de/<slug:operadora>/<int:codigo>/integracao.json",
        convenios_integracao.integracao_do_prestador,
        name="integracao_do_prestador",
    ),
    path("<int:codigo>/", convenios.convenio, name="convenio"),
    path("<int:codigo>/salvar/", convenios.salvar, name="salvar"),
    path("<int:codigo>/historico/", convenios_historico.historico, name="historico"),
    path("<int:codigo>/logo.png", convenios_logo.logo, name="logo"),
    path("<int:codigo>/logo/", convenios_logo.trocar_logo, name="trocar_logo"),
    path("<int:codigo>/integracao.json", convenios_integracao.integracao, name="integracao"),
    path("<int:codigo>/exportar/", convenios_copia.exportar, name="exportar"),
    path("<int:codigo>/copiar/", convenios_copia.copiar, name="copiar"),
    path("<int:codigo>/principal/", convenios_situacao.principal, name="principal"),
    path("<int:codigo>/ativar/", convenios_situacao.ativar, name="ativar"),
    path("<int:codigo>/desativar/", convenios_situacao.desativar, name="desativar"),
    path("<int:codigo>/versoes/", convenios_versoes.versoes, name="versoes"),
    path("<int:codigo>/versoes/marcar/", convenios_versoes.marcar, name="marcar_versao"),
    path("<int:codigo>/versoes/remover/", convenios_versoes.remover, name="remover_versao"),
]
