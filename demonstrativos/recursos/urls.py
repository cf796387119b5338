"""Addresses of appeals, under `recursos/` of each organisation."""

from django.urls import path

from demonstrativos.recursos.views import anexos, entradas, justificativas, mesa, parametros, recorriveis, recursos

app_name = "recursos"
urlpatterns = [
    path("", recorriveis.lista, name="lista"),
    path("glosas.xlsx", recorriveis.em_xlsx, name="xlsx"),
    path("incluir/", recorriveis.incluir, name="incluir"),
    path("meus/", recursos.lista, name="recursos"),
    path("planilha/", entradas.da_planilha, name="planilha"),
    path("xml/", entradas.do_xml, name="enviar_xml"),
    path("meus/conferir/", recursos.conferir, name="conferir"),
    path("meus/enviar/", recursos.enviar_varios, name="enviar_varios"),
    path("justificativas/", justificativas.justificativas, name="justificativas"),
    path("meus/<int:pk>/", recursos.recurso, name="recurso"),
    path("meus/<int:pk>/gravar/", recursos.gravar, name="gravar"),
    path("meus/<int:pk>/tirar/", recursos.tirar, name="tirar"),
    path("meus/<int:pk>/nivel/", recursos.nivel, name="nivel"),
    path("meus/<int:pk>/anexar/", anexos.anexar, name="anexar"),
    path("meus/<int:pk>/enviar/", recursos.enviar, name="enviar"),
    path("meus/<int:pk>/excluir/", recursos.excluir, name="excluir"),
    path("provas/<int:pk>/", anexos.baixar, name="anexo"),
    path("provas/<int:pk>/remover/", anexos.remover, name="remover"),
    path("recebidos/", mesa.recebidos, name="recebidos"),
    path("recebidos/recursos.xlsx", mesa.recebidos_xlsx, name="recebidos_xlsx"),
    path("recebidos/<int:pk>/", mesa.recebido, name="recebido"),
    path("recebidos/<int:pk>/decidir/", mesa.decidir, name="decidir"),
    path("recebidos/<int:pk>/desfazer/", mesa.desfazer, name="desfazer"),
    path("recebidos/<int:pk>/responder/", mesa.responder, name="responder"),
    path("regras/", parametros.parametros, name="parametros"),
    path("regras/prazo/", parametros.prazo, name="prazo"),
    *(
        path(f"envios/<int:pk>/{qual}.xml", recursos.xml, {"qual": qual}, name=f"xml_{qual}")
        for qual in recursos.MENSAGENS
    ),
]
