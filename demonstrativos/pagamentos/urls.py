"""Addresses of payments."""

from django.urls import path

from demonstrativos.pagamentos.views import contas, liberados, lista, pagamento

app_name = "pagamentos"
urlpatterns = [
    path("", lista.lista, name="lista"),
    path("xlsx/", lista.lista_xlsx, name="lista_xlsx"),
    path("liberados/", liberados.liberados, name="liberados"),
    path("liberados/incluir/", liberados.incluir, name="incluir"),
    path("gerar/", liberados.gerar, name="gerar"),
    path("contas/", contas.contas, name="contas"),
    path("prestadores/<int:pk>/conta/", contas.conta, name="conta"),
    path("<int:pk>/", pagamento.pagamento, name="pagamento"),
    path("<int:pk>/mudar/", pagamento.mudar, name="mudar"),
    path("<int:pk>/lancar/", pagamento.lancar, name="lancar"),
    path("<int:pk>/retirar-lancamento/", pagamento.retirar_lancamento, name="retirar_lancamento"),
    path("<int:pk>/retirar/", pagamento.retirar, name="retirar"),
    path("<int:pk>/fechar/", pagamento.fechar, name="fechar"),
    path("<int:pk>/cancelar/", pagamento.cancelar, name="cancelar"),
    path("<int:pk>/pagar/", pagamento.pagar, name="pagar"),
]
