"""The vendors' price lists, Brasíndice and Simpro: each operadora brings the editions that it has a licence for."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms

from conecta.contas.papeis import Permissao
from conecta.copia import inserir
from conecta.erros import ErroDeNegocio
from conecta.importacao.celulas import codigo, decimal, dinheiro, escolha, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, registrar
from conecta.interface.campos import CampoDeData
from convenios.models.camadas import Referencia
from convenios.precos.layouts.produtos import GRUPOS
from convenios.precos.layouts.tabelas import ALGARISMOS, CASAS
from convenios.precos.models import EdicaoDeReferencia, ItemDeReferencia
from convenios.precos.naturezas import Grupo

_ZERO: Final = Decimal(0)
_CAMPOS: Final = ("codigo", "codigo_tiss", "codigo_tuss", "descricao", "grupo", "pmc", "pfb", "unidades")


class EscolhaDaEdicao(forms.Form):
    """Which edition a file is."""

    edicao = forms.CharField(
        label="Edição",
        max_length=20,
        help_text="Como o fornecedor a chama. Arquivos da mesma edição se juntam; preço já importado não muda.",
        error_messages={"required": "Escreva o número ou o nome da edição."},
    )
    inicio = CampoDeData(
        label="Em vigor desde",
        help_text="Vale deste dia até o começo da edição seguinte.",
    )

    def __init__(self, dados: Any, *, organizacao_id: int, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)


class _DaLista(Layout):
    """One row is one commercial item of an edition, known by the vendor's code."""

    lista: ClassVar[Referencia]
    permissao = Permissao.PRECO_MUDAR
    opcoes = EscolhaDaEdicao

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return str(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        edicao = self._edicao(organizacao_id, opcoes)
        estavam = {
            item[0]: item
            for item in ItemDeReferencia.objects.filter(
                edicao=edicao, codigo__in=[linha[0] for linha in linhas]
            ).values_list(*_CAMPOS)
        }
        outros = [linha[0] for linha in linhas if estavam.get(linha[0], linha) != linha]
        if outros:
            raise ErroDeNegocio(
                f"A edição {edicao.edicao} já tem {len(outros)} itens destes com outros preços ou descrições, como "
                f"{outros[0]}. Uma edição importada não muda: exclua-a e importe de novo, ou dê outro nome a esta."
            )
        novas = [linha for linha in linhas if linha[0] not in estavam]
        inserir(
            "precos_itemdereferencia",
            ("operadora_id", "edicao_id", *_CAMPOS),
            ((organizacao_id, edicao.pk, *linha) for linha in novas),
        )
        return Gravadas(novas=len(novas), iguais=len(linhas) - len(novas))

    def _edicao(self, operadora_id: int, opcoes: Mapping[str, Any]) -> EdicaoDeReferencia:
        """The edition of the options, made when it is new. Raises `ErroDeNegocio` where its day does not agree."""
        da_lista = EdicaoDeReferencia.objects.filter(operadora=operadora_id, lista=self.lista)
        edicao = da_lista.filter(edicao=opcoes["edicao"]).first()
        if edicao is not None and edicao.inicio.isoformat() != opcoes["inicio"]:
            raise ErroDeNegocio(
                f"A edição {edicao.edicao} já está cadastrada em vigor desde {edicao.inicio:%d/%m/%Y}. Use esse dia, "
                "ou dê outro nome a esta."
            )
        if edicao is None and (outra := da_lista.filter(inicio=opcoes["inicio"]).first()):
            raise ErroDeNegocio(
                f"A edição {outra.edicao} já vale desde esse dia. Escolha outro dia, ou exclua a que lá está."
            )
        return edicao or EdicaoDeReferencia.objects.create(
            operadora_id=operadora_id, lista=self.lista, edicao=opcoes["edicao"], inicio=opcoes["inicio"]
        )


_CODIGO_TISS: Final = Coluna(nome="codigo_tiss", titulo="Código TISS", ajuda="O da lista.", sinonimos=("TISS",))
_CODIGO_TUSS: Final = Coluna(
    nome="codigo_tuss", titulo="Código TUSS", ajuda="Da tabela 19 ou 20; vazio quando não há.", sinonimos=("TUSS",)
)
_DESCRICAO: Final = Coluna(
    nome="descricao",
    titulo="Descrição",
    obrigatoria=True,
    exemplo="DIPIRONA INVENTADA 500 MG/ML AMP 2 ML",
    ajuda="Até 150 caracteres.",
    sinonimos=("Item", "Nome", "Apresentação", "Produto"),
)
_UNIDADES: Final = Coluna(
    nome="unidades",
    titulo="Unidades na embalagem",
    exemplo="50",
    ajuda="O preço de uma é o da embalagem dividido por elas. Vazio: 1.",
    sinonimos=("Quantidade", "Qtde", "Fracionamento", "Quantidade fracionada"),
)


class LayoutDoBrasindice(_DaLista):
    """Prices of the package, PMC and PFB."""

    id = "brasindice"
    titulo = "Brasíndice"
    ajuda = "Uma edição do Brasíndice, que a operadora licencia do fornecedor, com o PMC e o PFB de cada item."
    lista = Referencia.BRASINDICE
    colunas = (
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="001.0002.0003",
            ajuda="Laboratório, item e apresentação juntos; até 20 caracteres.",
            sinonimos=("Código Brasíndice", "Cód. Brasíndice"),
        ),
        _DESCRICAO,
        Coluna(
            nome="grupo",
            titulo="Grupo",
            exemplo="Medicamentos",
            ajuda=f"{', '.join(GRUPOS.values())}. Vazio: Medicamentos.",
            sinonimos=("Tipo", "Classe"),
        ),
        Coluna(
            nome="pmc",
            titulo="PMC",
            exemplo="31,50",
            ajuda="Da embalagem, em reais. Vazio: 0.",
            sinonimos=("Preço máximo ao consumidor", "Preço PMC"),
        ),
        Coluna(
            nome="pfb",
            titulo="PFB",
            exemplo="23,10",
            ajuda="Da embalagem, em reais. Vazio: 0.",
            sinonimos=("Preço de fábrica", "PF", "Preço PFB", "Preço fábrica"),
        ),
        _UNIDADES,
        _CODIGO_TISS,
        _CODIGO_TUSS,
    )

    def ler(self, valores: Mapping[str, str], preparado: None) -> tuple[Any, ...]:
        """(código, TISS, TUSS, descrição, grupo, PMC, PFB, unidades)."""
        celulas = Celulas(valores)
        pmc = celulas.ler("pmc", dinheiro, casas=CASAS, algarismos=ALGARISMOS) or _ZERO
        return _linha(celulas, pmc, Grupo.MEDICAMENTO)


class LayoutDoSimpro(_DaLista):
    """Prices of the package, PFB."""

    id = "simpro"
    titulo = "Simpro"
    ajuda = "Uma edição do Simpro, que a operadora licencia do fornecedor, com o PFB de cada item."
    lista = Referencia.SIMPRO
    colunas = (
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="0000123456",
            ajuda="O do Simpro; até 20 caracteres.",
            sinonimos=("Código Simpro", "CD_SIMPRO"),
        ),
        _DESCRICAO,
        Coluna(
            nome="grupo",
            titulo="Grupo",
            exemplo="Materiais",
            ajuda=f"{', '.join(GRUPOS.values())}. Vazio: Materiais.",
            sinonimos=("Tipo", "Classe"),
        ),
        Coluna(
            nome="pfb",
            titulo="PFB",
            obrigatoria=True,
            exemplo="12,40",
            ajuda="Da embalagem, em reais.",
            sinonimos=("Preço de fábrica", "PF", "Preço fábrica", "Valor"),
        ),
        _UNIDADES,
        _CODIGO_TISS,
        _CODIGO_TUSS,
    )

    def ler(self, valores: Mapping[str, str], preparado: None) -> tuple[Any, ...]:
        """(código, TISS, TUSS, descrição, grupo, 0, PFB, unidades)."""
        return _linha(Celulas(valores), _ZERO, Grupo.MATERIAL)


def _linha(celulas: Celulas, pmc: Decimal, grupo: Grupo) -> tuple[Any, ...]:
    pfb = celulas.ler("pfb", dinheiro, casas=CASAS, algarismos=ALGARISMOS) or _ZERO
    unidades = celulas.ler("unidades", decimal, casas=CASAS, algarismos=ALGARISMOS)
    linha = (
        celulas.ler("codigo", codigo, maximo=20),
        celulas.ler("codigo_tiss", codigo, maximo=10) or "",
        celulas.ler("codigo_tuss", codigo, maximo=10) or "",
        celulas.ler("descricao", texto, maximo=150),
        celulas.ler("grupo", escolha, GRUPOS) or str(grupo),
        pmc,
        pfb,
        Decimal(1) if unidades is None else unidades,
    )
    if unidades == _ZERO:
        celulas.recusar("unidades", "Uma embalagem tem ao menos uma fração de unidade: não pode ser 0.")
    if not pmc and not pfb:
        celulas.recusar("pfb", "O item não tem preço: informe o PMC ou o PFB.")
    celulas.conferir()
    return linha


registrar(LayoutDoBrasindice())
registrar(LayoutDoSimpro())
