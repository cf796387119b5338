"""Screens of lots (prestador) and of protocols (operadora)."""

from django.urls import path

from lotes import guias_pdf_vistas
from lotes.capa_vistas import capa, capa_do_protocolo
from lotes.views import guia, lote, pesquisa, protocolo, varios

app_name = "lotes"
urlpatterns = [
    path("lotes/", pesquisa.pesquisa, name="pesquisa"),
    path("lotes/lotes.xlsx", pesquisa.pesquisa_xlsx, name="pesquisa_xlsx"),
    path("lotes/varios/<slug:verbo>/", varios.varios, name="varios"),
    path("lotes/<int:pk>/", lote.lote, name="lote"),
    path("lotes/<int:pk>/fechar/", lote.fechar, name="fechar"),
    path("lotes/<int:pk>/reabrir/", lote.reabrir, name="reabrir"),
    path("lotes/<int:pk>/excluir/", lote.excluir, name="excluir"),
    path("lotes/<int:pk>/enviar/", lote.enviar, name="enviar"),
    path("lotes/<int:pk>/situacao/", lote.atualizar_situacao, name="atualizar_situacao"),
    path("lotes/<int:pk>/log/", lote.log, name="log"),
    path("lotes/<int:pk>/xml/", lote.xml, name="xml"),
    path("lotes/<int:pk>/capa.pdf", capa, name="capa"),
    path("lotes/<int:pk>/guias.pdf", guias_pdf_vistas.do_lote, name="guias_pdf"),
    path("lotes/guias/<int:pk>/", guia.guia, name="guia"),
    path("lotes/guias/<int:pk>/guia.pdf", guias_pdf_vistas.da_guia, name="guia_pdf"),
    path("protocolos/", protocolo.protocolos, name="protocolos"),
    path("protocolos/protocolos.xlsx", protocolo.protocolos_xlsx, name="protocolos_xlsx"),
    path("protocolos/avancar/", protocolo.avancar, name="avancar"),
    path("protocolos/<int:pk>/", protocolo.protocolo, name="protocolo"),
    path("protocolos/<int:pk>/xml/", protocolo.protocolo_xml, name="protocolo_xml"),
    path("protocolos/<int:pk>/capa.pdf", capa_do_protocolo, name="capa_do_protocolo"),
    path("protocolos/guias/<int:pk>/", guia.guia_recebida, name="guia_recebida"),
]
