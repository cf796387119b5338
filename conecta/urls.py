"""The URL map. What belongs to an organisation stands under its slug."""

from django.urls import include, path

from conecta.contas import views as contas
from conecta.inicio import inicio

urlpatterns = [
    path("", contas.raiz, name="raiz"),
    path("healthz", contas.healthz, name="healthz"),
    path("readyz", contas.readyz, name="readyz"),
    path("conta/", include("allauth.urls")),
    path("plataforma/", include("convenios.urls_plataforma")),
    path("<slug:slug>/", inicio, name="inicio"),
    path("<slug:slug>/uploads/", include("uploads.urls")),
    path("<slug:slug>/regras/", include("uploads.urls_regras")),
    path("<slug:slug>/terminologia/", include("convenios.urls_terminologia")),
    path("<slug:slug>/convenios/", include("convenios.urls")),
    path("<slug:slug>/exigencias/", include("convenios.exigencias.urls")),
    path("<slug:slug>/registros/", include("convenios.urls_registros")),
    path("<slug:slug>/importacoes/", include("conecta.importacao.urls")),
    path("<slug:slug>/contratos/", include("convenios.contrato.urls")),
    path("<slug:slug>/contratos/", include("convenios.numeracao.urls")),
    path("<slug:slug>/calendario/", include("convenios.calendario.urls")),
    path("<slug:slug>/precos/", include("convenios.precos.urls")),
    path("<slug:slug>/guias/", include("uploads.digitacao.urls")),
    path("<slug:slug>/", include("uploads.digitacao.urls_lotes")),
    path("<slug:slug>/mensagens/", include("lotes.mensagens.urls")),
    path("<slug:slug>/analise/", include("demonstrativos.analise.urls")),
    path("<slug:slug>/recursos/", include("demonstrativos.recursos.urls")),
    path("<slug:slug>/pagamentos/", include("demonstrativos.pagamentos.urls")),
    path("<slug:slug>/notas/", include("demonstrativos.notas.urls")),
    path("<slug:slug>/demonstrativos/", include("demonstrativos.emissao.urls")),
    path("<slug:slug>/painel/", include("demonstrativos.painel.urls")),
    path("<slug:slug>/", include("lotes.urls")),
]
