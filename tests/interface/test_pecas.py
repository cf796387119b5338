"""The pieces of the screens: sorted headers, fields, dialogs, pages of a list, the track of a lot."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from conecta.interface.fio import fio_do_lote

Desenhar = Callable[..., str]
Pedido = Callable[..., HttpRequest]


class Formulario(forms.Form):
    justificativa = forms.CharField(
        label="Justificativa", help_text="A operadora lê.", widget=forms.TextInput({"placeholder": "x"})
    )
    tipo = forms.ChoiceField(label="Tipo", choices=[("a", "A")], required=False)
    ciente = forms.BooleanField(label="Ciente", required=False)


def test_o_cabecalho_ordena_guarda_os_filtros_e_volta_a_primeira_pagina(pedido: Pedido, desenhar: Desenhar) -> None:
    celula = desenhar("{% coluna 'lote' 'Nº Lote' %}", pedido(endereco="/?situacao=2&pagina=3&ordem=data"))
    assert 'href="?situacao=2&amp;ordem=lote"' in celula
    assert "aria-sort" not in celula


def test_ordenar_de_novo_pela_mesma_coluna_inverte(pedido: Pedido, desenhar: Desenhar) -> None:
    sobe = desenhar("{% coluna 'lote' 'Nº Lote' %}", pedido(endereco="/?ordem=lote"))
    desce = desenhar("{% coluna 'lote' 'Nº Lote' 'num' %}", pedido(endereco="/?ordem=-lote"))
    assert 'aria-sort="ascending"' in sobe
    assert 'href="?ordem=-lote"' in sobe
    assert 'class="num" aria-sort="descending"' in desce
    assert 'href="?ordem=lote"' in desce


def test_a_ordem_padrao_da_tela_aparece_sem_estar_no_endereco(pedido: Pedido, desenhar: Desenhar) -> None:
    assert 'aria-sort="descending"' in desenhar("{% coluna 'data' 'Data' %}", pedido(), ordem="-data")


def test_o_campo_amarra_rotulo_ajuda_e_erro_ao_controle(desenhar: Desenhar) -> None:
    formulario = Formulario({"justificativa": ""})
    campo = desenhar("{% campo form.justificativa %}", form=formulario)
    assert 'for="id_justificativa"' in campo
    assert "obrigatorio" in campo
    assert 'aria-invalid="true"' in campo
    assert 'aria-describedby="id_justificativa_helptext id_justificativa_error"' in campo
    assert 'id="id_justificativa_helptext"' in campo
    assert 'id="id_justificativa_error"' in campo
    assert "placeholder" not in campo


def test_a_ajuda_que_se_tira_nao_deixa_rastro(desenhar: Desenhar) -> None:
    assert "helptext" not in desenhar("{% campo form.justificativa ajuda='' %}", form=Formulario())


def test_cada_controle_com_a_classe_da_sua_especie(desenhar: Desenhar) -> None:
    campos = desenhar("{% for c in form %}{% controle c %}{% endfor %}", form=Formulario())
    assert [campos.count(classe) for classe in ("form-control", "form-select", "form-check-input")] == [1, 1, 1]


def test_o_resumo_de_erros_conta_e_leva_a_cada_campo(desenhar: Desenhar) -> None:
    resumo = desenhar(
        "{% include 'componentes/erros.html' with titulo='Não salvo' %}", form=Formulario({"justificativa": ""})
    )
    assert "Não salvo: 1 ponto precisa de correção" in " ".join(resumo.split())
    assert 'href="#id_justificativa"' in resumo
    assert 'role="alert"' in resumo


def test_sem_erro_nao_ha_resumo(desenhar: Desenhar) -> None:
    formulario = Formulario({"justificativa": "consulta 554120"})
    assert desenhar("{% include 'componentes/erros.html' %}", form=formulario).strip() == ""


def test_no_dialogo_que_destroi_o_foco_comeca_em_cancelar(desenhar: Desenhar) -> None:
    fonte = "{% dialogo id='d' titulo='Excluir Lote 7' botao='Excluir Lote' acao='/x/' perigo=True %}<p>Some.</p>"
    dialogo = desenhar(fonte + "{% enddialogo %}")
    cancelar = dialogo[dialogo.index('command="close"') : dialogo.index("Cancelar")]
    assert "autofocus" in cancelar
    assert "btn-danger" in dialogo
    assert "<p>Some.</p>" in dialogo
    assert 'method="post" action="/x/"' in dialogo


def test_as_paginas_dizem_quantos_ha_e_guardam_os_filtros(pedido: Pedido, desenhar: Desenhar) -> None:
    pagina = Paginator(range(1284), 50).page(2)
    pe = desenhar("{% include 'componentes/paginacao.html' %}", pedido(endereco="/?lote=10"), pagina=pagina)
    assert "51 a 100 de 1.284" in pe
    assert "?lote=10&amp;pagina=3" in pe


def test_o_fio_para_onde_o_lote_esta() -> None:
    com_voce, na_operadora = fio_do_lote("fechado")
    assert [p.estado for p in com_voce.paradas] == ["feito", "atual"]
    assert {p.estado for p in na_operadora.paradas} == {""}


def test_cada_lado_do_fio_tem_o_nome_que_quem_olha_lhe_da() -> None:
    assert [lado.titulo for lado in fio_do_lote("enviado", 1, "7")] == ["Com você", "Na operadora, protocolo 7"]
    da_operadora = fio_do_lote("enviado", 1, "7", para_a_operadora=True)
    assert [lado.titulo for lado in da_operadora] == ["No prestador", "Com você, protocolo 7"]


def test_o_fio_do_lote_enviado_passa_para_a_operadora() -> None:
    agora = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    com_voce, na_operadora = fio_do_lote("enviado", 5, "91207", {"5": agora})
    assert [p.estado for p in com_voce.paradas] == ["feito", "feito"]
    assert [p.estado for p in na_operadora.paradas] == ["feito", "feito", "atual", "", ""]
    assert na_operadora.paradas[2].quando == agora
    assert na_operadora.titulo == "Na operadora, protocolo 91207"


@pytest.mark.parametrize("codigo", [4, 9, 10])
def test_o_fio_que_acaba_mal_para_ali_e_so_mostra_por_onde_passou(codigo: int) -> None:
    agora = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    na_operadora = fio_do_lote("enviado", codigo, quando={"2": agora, str(codigo): agora})[1]
    assert [p.estado for p in na_operadora.paradas] == ["feito", "feito", "falhou"]
    direto = fio_do_lote("enviado", codigo)[1]
    assert direto.paradas[0].nome == "Enviado"
    assert len(direto.paradas) == 2


@pytest.mark.parametrize("codigo", [1, 2, 3, 4, 5, 6, 8, 9, 10])
def test_todo_protocolo_tem_uma_so_parada_atual(codigo: int) -> None:
    paradas = fio_do_lote("enviado", codigo)[1].paradas
    assert len([p for p in paradas if p.estado in {"atual", "falhou"}]) == 1
