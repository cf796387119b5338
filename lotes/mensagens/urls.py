"""Addresses of threads, documents and informativos, under `mensagens/` of each organisation."""

from django.urls import path

from lotes.mensagens.views import ajustes, anexos, conversa, informativos, lista

app_name = "mensagens"
urlpatterns = [
    path("", lista.conversas, name="lista"),
    path("ler-todas/", lista.marcar_todas, name="ler_todas"),
    path("avisos/", ajustes.avisos, name="avisos"),
    path("limites/", ajustes.limites, name="limites"),
    path("lotes/<int:pk>/", conversa.conversa, name="conversa"),
    path("lotes/<int:pk>/pedir/", conversa.pedir, name="pedir"),
    path("lotes/<int:pk>/nao-lida/", conversa.nao_lida, name="nao_lida"),
    path("lotes/<int:pk>/anexos/", anexos.do_lote, name="anexos"),
    path("anexos/<int:pk>/", anexos.baixar, name="anexo"),
    path("anexos/<int:pk>/remover/", anexos.remover_do_lote, name="remover"),
    path("informativos/", informativos.lista, name="informativos"),
    path("informativos/novo/", informativos.novo, name="novo_informativo"),
    path("informativos/<int:pk>/", informativos.informativo, name="informativo"),
    path("informativos/<int:pk>/mudar/", informativos.mudar, name="mudar_informativo"),
    path("informativos/<int:pk>/publicar/", informativos.publicar, name="publicar"),
    path("informativos/<int:pk>/arquivar/", informativos.arquivar, name="arquivar"),
    path("informativos/<int:pk>/excluir/", informativos.excluir, name="excluir"),
    path("informativos/<int:pk>/documento/", informativos.documento, name="pdf"),
]
