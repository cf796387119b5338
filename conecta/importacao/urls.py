"""Screens of imports."""

from django.urls import path

from conecta.importacao.views import envio, importacao

app_name = "importacao"
urlpatterns = [
    path("", importacao.lista, name="lista"),
    path("nova/<slug:layout>/", envio.nova, name="nova"),
    path("nova/<slug:layout>/modelo.xlsx", envio.modelo_xlsx, name="modelo_xlsx"),
    path("nova/<slug:layout>/modelo.csv", envio.modelo_csv, name="modelo_csv"),
    path("<int:pk>/", importacao.detalhe, name="importacao"),
    path("<int:pk>/gravar/", importacao.gravar, name="gravar"),
    path("<int:pk>/conferir/", importacao.reconferir, name="reconferir"),
    path("<int:pk>/cancelar/", importacao.cancelar, name="cancelar"),
    path("<int:pk>/linhas-com-erro.xlsx", importacao.ruins_xlsx, name="ruins_xlsx"),
]
