"""A path gives the field that the form prints there, with the type that the XSD of the version demands."""

from __future__ import annotations

import pytest
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.campos import Campo, TipoDeCampo, caminho_legivel, descrever, legenda
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VERSOES, lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.rotulos import NUMEROS

GUIAS = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS"
SADT = f"{GUIAS}/ans:guiaSP-SADT[3]"
ITEM = f"{SADT}/ans:procedimentosExecutados/ans:procedimentoExecutado[2]"
DESPESA = f"{SADT}/ans:outrasDespesas/ans:despesa/ans:servicosExecutados"


def campo(caminho: str, versao: str = "4.03.00") -> Campo:
    achado = descrever(versao, caminho)
    assert achado is not None
    return achado


@pytest.mark.parametrize(
    ("caminho", "numero", "rotulo", "tipo"),
    [
        (f"{ITEM}/ans:dataExecucao", "36", "Data", TipoDeCampo.DATA),
        (f"{ITEM}/ans:horaFinal", "38", "Hora final", TipoDeCampo.HORA),
        (f"{ITEM}/ans:procedimento/ans:codigoProcedimento", "40", "Código do procedimento", TipoDeCampo.TEXTO),
        (f"{ITEM}/ans:quantidadeExecutada", "42", "Quantidade", TipoDeCampo.INTEIRO),
        (f"{ITEM}/ans:valorTotal", "47", "Valor total", TipoDeCampo.DECIMAL),
        (f"{DESPESA}/ans:codigoProcedimento", "OD 11", "Código do item", TipoDeCampo.TEXTO),
        (f"{SADT}/ans:valorTotal", None, "Totais da guia", TipoDeCampo.GRUPO),
        (f"{SADT}/ans:dadosAtendimento/ans:tipoAtendimento", "32", "Tipo de atendimento", TipoDeCampo.LISTA),
        (f"{SADT}/ans:dadosBeneficiario/ans:identificadorBeneficiario", None, None, TipoDeCampo.BASE64),
        (f"{GUIAS}/ans:guiaResumoInternacao/ans:valorTotal/ans:valorOPME", "58", "Total de OPME", TipoDeCampo.DECIMAL),
        (f"{GUIAS}/ans:guiaOdonto/ans:procedimentosExecutados[4]/ans:qtdUS", "36", None, TipoDeCampo.DECIMAL),
        ("/ans:mensagemTISS/ans:cabecalho/ans:Padrao", None, "Versão do padrão TISS", TipoDeCampo.LISTA),
        ("/ans:mensagemTISS/ans:epilogo/ans:hash", None, "Código hash", TipoDeCampo.TEXTO),
    ],
)
def test_the_field_has_the_number_label_and_type_of_its_form(caminho, numero, rotulo, tipo):
    achado = campo(caminho)
    assert (achado.numero, achado.tipo) == (numero, tipo)
    assert rotulo is None or achado.rotulo == rotulo


def test_limits_come_from_the_schema_of_the_version():
    valor = campo(f"{ITEM}/ans:valorTotal"), campo(f"{DESPESA}/ans:quantidadeExecutada")
    assert [(c.digitos, c.decimais) for c in valor] == [(10, 2), (9, 4)]
    texto = campo(f"{SADT}/ans:dadosBeneficiario/ans:numeroCarteira")
    assert (texto.tamanho_min, texto.tamanho_max) == (1, 20)


def test_the_cnpj_takes_letters_from_version_4_03_on():
    caminho = f"{SADT}/ans:dadosExecutante/ans:contratadoExecutante/ans:cnpjContratado"
    antes, agora = campo(caminho, "4.02.00"), campo(caminho)
    assert (antes.padrao, agora.padrao) == ("[0-9]{14}", "[A-Z0-9]{12}[0-9]{2}")
    assert (antes.tamanho_max, agora.tamanho_max) == (14, 14)
    assert agora.aceita("12ABC34501DE35")
    assert not antes.aceita("12ABC34501DE35")


def test_one_of_a_choice_names_the_others_and_none_is_required():
    cpf = campo(f"{SADT}/ans:dadosSolicitante/ans:contratadoSolicitante/ans:cpfContratado")
    assert cpf.alternativas == ("codigoPrestadorNaOperadora", "cnpjContratado")
    assert not cpf.obrigatorio


def test_how_often_a_field_may_stand():
    diagnostico = campo(f"{GUIAS}/ans:guiaResumoInternacao/ans:dadosSaidaInternacao/ans:diagnostico")
    assert (diagnostico.ocorrencias_min, diagnostico.ocorrencias_max, diagnostico.obrigatorio) == (0, 4, False)
    item = campo(ITEM)
    assert (item.ocorrencias_max, item.obrigatorio) == (None, True)


def test_a_group_knows_its_fields_in_the_order_of_the_schema():
    nomes = [filho.nome_xml for filho in campo(f"{SADT}/ans:dadosBeneficiario").filhos]
    assert nomes == ["numeroCarteira", "atendimentoRN", "tipoIdent", "identificadorBeneficiario"]


def test_codes_come_with_what_they_mean():
    assert ("23", "Exame") in campo(f"{SADT}/ans:dadosAtendimento/ans:tipoAtendimento").opcoes
    assert ("036", "Unidade") in campo(f"{DESPESA}/ans:unidadeMedida").opcoes
    assert ("98", "Pacote da operadora") in campo(f"{DESPESA}/ans:codigoTabela").opcoes
    autorizado = campo(f"{GUIAS}/ans:guiaOdonto/ans:procedimentosExecutados/ans:autorizado")
    assert autorizado.opcoes == (("true", "Sim"), ("false", "Não"))
    cbo = [codigo for codigo, _ in campo(f"{SADT}/ans:dadosSolicitante/ans:profissionalSolicitante/ans:CBOS").opcoes]
    assert len(cbo) == len(set(cbo)) > 100


def test_what_the_schema_does_not_know_has_no_description():
    assert descrever("4.03.00", f"{SADT}/ans:inventado") is None
    assert descrever("9.99.00", ITEM) is None
    assert descrever("4.03.00", "/") is None
    assert descrever("4.03.00", "//ans:guiaSP-SADT") is None
    assert descrever("4.02.00", f"{DESPESA}/ans:centroConsumo") is None


def test_the_legend_is_number_and_label():
    assert legenda("4.03.00", f"{ITEM}/ans:dataExecucao") == "36 Data"
    assert legenda("4.03.00", "/ans:mensagemTISS/ans:cabecalho") == "Cabeçalho"
    assert legenda("4.03.00", f"{SADT}/ans:inventado[2]") == "inventado"


@pytest.mark.parametrize("versao", [versao.numero for versao in catalogo.versoes() if versao.numero in VERSOES])
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_every_field_of_a_full_guide_is_described_and_accepts_its_own_text(tipo, versao):
    documento = ler(lote_exemplo(tipo, versao, itens=2, maximo=True))
    for elemento in documento.raiz.iter(etree.Element):
        achado = campo(documento.caminho(elemento), versao)
        assert achado.rotulo[0].isupper()
        if len(elemento):
            assert achado.tipo is TipoDeCampo.GRUPO
        else:
            assert achado.aceita(elemento.text), (achado.nome_xml, elemento.text)


@pytest.mark.parametrize("guia", NUMEROS)
def test_every_number_belongs_to_a_field_of_the_newest_version_or_left_with_version_4(guia):
    sairam = {"nomeBeneficiario", "numeroCNS", "nomeContratado", "nomeContratadoExecutante"}
    sairam |= {"nomeProfExec", "numeroTelefone", "nomeTitular"}
    for caminho in NUMEROS[guia]:
        inteiro = "/".join(f"ans:{passo}" for passo in [guia, *caminho.split("/")])
        # A professional of a team has no CNPJ, but shares the block of the contracted.
        conhecido = descrever("4.03.00", f"{GUIAS}/{inteiro}") is not None or caminho.endswith(
            "codProfissional/cnpjContratado"
        )
        assert conhecido or caminho.rpartition("/")[2] in sairam, caminho


@pytest.mark.parametrize(
    ("caminho", "legivel"),
    [
        (
            "/ans:mensagemTISS/ans:cabecalho/ans:origem/ans:identificacaoPrestador/ans:CNPJ",
            "Lote 0412 - cabeçalho/origem/identificacaoPrestador/CNPJ",
        ),
        (
            f"{GUIAS}/ans:guiaSP-SADT[2]/ans:procedimentosExecutados/ans:procedimentoExecutado[2]/ans:dataExecucao",
            "Lote 0412 - guia 20301005/procedimentosExecutados/procedimentoExecutado[2]/dataExecucao",
        ),
        (f"{GUIAS}/ans:guiaSP-SADT[9]/ans:observacao", "Lote 0412 - guia guiaSP-SADT[9]/observacao"),
        (f"{GUIAS.removesuffix('/ans:guiasTISS')}/ans:numeroLote", "Lote 0412 - numeroLote"),
        ("/ans:mensagemTISS", "Lote 0412"),
        ("/", "Lote 0412"),
    ],
)
def test_the_path_reads_with_the_numbers_that_people_know(caminho, legivel):
    documento = ler(lote_exemplo(guias=2, itens=4, numero_lote="0412", primeiro_numero_guia=20301004))
    assert caminho_legivel(documento.raiz, caminho) == legivel


def test_without_a_lot_number_only_the_path_is_read():
    documento = ler(lote_exemplo(numero_lote=" "))
    assert caminho_legivel(documento.raiz, "/ans:mensagemTISS/ans:epilogo/ans:hash") == "epilogo/hash"


def test_um_caminho_que_ninguem_escreveria_nao_e_de_campo_nenhum() -> None:
    assert descrever("4.03.00", "/ans:mensagemTISS" + "/ans:a" * 100_000) is None
    assert descrever("4.03.00", "/ans:mensagemTISS/ans:" + "a" * 1_000_000) is None
