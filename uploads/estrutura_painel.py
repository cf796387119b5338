"""What can be done with one row of the structure page: its control, and every other change that makes sense there."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django import forms
from django.http import QueryDict
from lxml import etree

from tiss_schemas import campos, formulario
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.edicao import ErroDeEdicao
from tiss_schemas.edicoes import Copiar, Edicao, Incluir, Valor
from tiss_schemas.espacos import TAG_ANS, TAG_DS, nome_local
from uploads.estrutura import CABECALHO, Estado
from uploads.estrutura_arvore import SEPARADOR, cabe, campo_de

_MAIS_CAMPOS: Final = 40
_MAIS_GUIAS: Final = 50
_MAIS_GUIAS_VISTAS: Final = 500
_MAIS_DESTINOS: Final = 20
_MAIS_GRUPOS_VISTOS: Final = 2_000
_DE_DIGITAR: Final = frozenset({"valor", "incluir"})
_DE_ESCOLHER: Final = frozenset({"levar", "renomear", "copiar"})
_SUMIU: Final = "Este campo não está mais no arquivo. Escolha outro."

Opcoes = list[tuple[str, str]]


class FormularioDeValor(forms.Form):
    """The control of a field that is there."""

    def __init__(self, caminho: str, campo: Campo | None, elemento: etree._Element, dados: QueryDict | None) -> None:
        super().__init__(dados, prefix="v")
        self._caminho = caminho
        self._campo = campo
        self._antes = elemento.text or ""
        controle = forms.CharField(label=nome_local(str(elemento.tag)), required=False)
        if campo is not None:
            controle = formulario.campo_de_formulario(campo)  # type: ignore[assignment]
        self.fields["valor"] = controle
        self.initial["valor"] = self._antes if campo is None else formulario.de_xml(campo, self._antes)
        _com_o_foco(self)

    def edicoes(self) -> list[Edicao]:
        """The edit that writes what was typed; none where it is there already. For a valid form."""
        valor = self.cleaned_data["valor"]
        texto = valor if self._campo is None else formulario.para_xml(self._campo, valor)
        return [] if texto == self._antes else [Valor(self._caminho, texto)]


class FormularioDeInclusao(forms.Form):
    """The controls of an element that is not there: its own, or those of the fields that its group needs."""

    def __init__(self, pai: str, campo: Campo, dados: QueryDict | None) -> None:
        super().__init__(dados, prefix="i")
        self._pai = pai
        self._nomes = list(islice(campos.folhas(campo, campo.nome_xml, ou_todas=True), _MAIS_CAMPOS))
        for posicao, (folha, _) in enumerate(self._nomes):
            controle = formulario.campo_de_formulario(folha)
            controle.required = folha is campo or folha.obrigatorio
            self.fields[f"campo{posicao}"] = controle
        _com_o_foco(self)

    def clean(self) -> dict[str, Any]:
        """Something must be put in."""
        dados = super().clean() or {}
        if not self.errors and not self._preenchidos(dados):
            raise forms.ValidationError("Preencha ao menos um campo.")
        return dados

    def edicoes(self) -> list[Edicao]:
        """The edits that put in what was typed. For a valid form."""
        return [
            Incluir(self._pai, nome, formulario.para_xml(folha, valor))
            for folha, nome, valor in self._preenchidos(self.cleaned_data)
        ]

    def _preenchidos(self, dados: dict[str, Any]) -> list[tuple[Campo, str, Any]]:
        pares = ((folha, nome, dados.get(f"campo{posicao}")) for posicao, (folha, nome) in enumerate(self._nomes))
        return [(folha, nome, valor) for folha, nome, valor in pares if valor not in (None, "")]


class FormularioDeEscolha(forms.Form):
    """Where to move it, what to call it, from which guide to copy it: only the questions that have an answer."""

    def __init__(self, destinos: Opcoes, nomes: Opcoes, copias: Opcoes, dados: QueryDict | None) -> None:
        super().__init__(dados, prefix="e")
        for nome, rotulo, opcoes in (
            ("destino", "Levar para o grupo", destinos),
            ("nome", "Trocar o nome por", nomes),
            ("guia", "Copiar da guia", copias),
        ):
            if opcoes:
                self.fields[nome] = forms.ChoiceField(label=rotulo, choices=opcoes, required=False)

    def escolhido(self, nome: str) -> str:
        """What was chosen; ErroDeEdicao where it is none of the choices."""
        escolhido = "" if nome in self.errors else str(self.cleaned_data.get(nome, ""))
        if not escolhido:
            raise ErroDeEdicao("", "Esta escolha não existe mais. Escolha outra.")
        return escolhido


class Painel:
    """The open row: an element, or one that is missing in a group. `dados` are what was sent for `acao`.

    ErroDeEdicao where there is no such row.
    """

    def __init__(self, estado: Estado, em: str, alvo: str, acao: str = "", dados: QueryDict | None = None) -> None:
        self._estado = estado
        self._em = em
        self._acao = acao
        self.alvo = alvo
        self.caminho, _, self.nome_da_falta = alvo.partition(SEPARADOR)
        achado = estado.documento.no(self.caminho)
        if achado is None:
            raise ErroDeEdicao(self.caminho, _SUMIU)
        self._elemento = achado
        self.campo = self._campo()
        self.falta = bool(self.nome_da_falta)
        self.formulario = self._formulario(dados if acao in _DE_DIGITAR else None)
        escolhas = (self._destinos(), self._nomes(), self.copias)
        self.escolha = FormularioDeEscolha(*escolhas, dados if acao in _DE_ESCOLHER else None)

    @property
    def principal(self) -> str:
        """What Enter in a control does, as a button says it."""
        if self.formulario is None:
            return ""
        return f"{'incluir' if self.falta else 'valor'}:{self.alvo}"

    @property
    def grupo(self) -> bool:
        """Whether it holds elements, and no value."""
        return self.formulario is None

    @property
    def movel(self) -> bool:
        """Whether it stands out of order among its siblings."""
        if self.falta or (pai := self._elemento.getparent()) is None:
            return False
        campo_do_pai = campo_de(self._estado, pai)
        if campo_do_pai is None:
            return False
        ordem = {TAG_ANS + nome: posicao for posicao, nome in enumerate(campo_do_pai.nomes_dos_filhos)}
        minha = ordem.get(str(self._elemento.tag))
        if minha is None:
            return False
        antes = [ordem.get(str(no.tag), -1) for no in self._elemento.itersiblings(preceding=True)]
        depois = [ordem.get(str(no.tag), len(ordem)) for no in self._elemento.itersiblings()]
        return any(outra > minha for outra in antes) or any(outra < minha for outra in depois)

    @property
    def repete(self) -> bool:
        """Whether one more like it may stand beside it."""
        return self.removivel and self.campo is not None and self.campo.ocorrencias_max != 1

    @property
    def removivel(self) -> bool:
        """Whether it can go: everything but what is not there and the message itself."""
        return not self.falta and self._elemento.getparent() is not None

    @property
    def texto_solto(self) -> str:
        """What is written between the elements of a group."""
        if self.falta or len(self._elemento) == 0:
            return ""
        return " ".join(" ".join(filter(None, [self._elemento.text, *(no.tail for no in self._elemento)])).split())

    @property
    def atributos(self) -> list[str]:
        """The names of its attributes."""
        return [] if self.falta else sorted({nome_local(str(nome)) for nome in self._elemento.attrib})

    @property
    def tem_sugestao(self) -> bool:
        """Whether a finding about it knows what to do."""
        return any(marcado.achado.edicoes for marcado in self._marcados)

    @property
    def sugestoes(self) -> list[Edicao]:
        """The edits of the suggestions about it."""
        return [edicao for marcado in self._marcados for edicao in marcado.achado.edicoes]

    @property
    def copias(self) -> Opcoes:
        """The guides that have the same block, those without findings in it first."""
        if not self._e_bloco() or (not self.falta and self.repete):
            return []
        blocos = list(self._blocos())
        if not self._acao:
            blocos.sort(key=lambda par: self._estado.quantas(par[1]) > 0)
            blocos = blocos[:_MAIS_GUIAS]
        return [(parte, self._estado.nome_da(parte)) for parte, _ in blocos]

    def copia_de(self, parte: str) -> Copiar:
        """The edit that copies the block of that guide here. ErroDeEdicao where it has none."""
        bloco = dict(self._blocos()).get(parte)
        if bloco is None:
            raise ErroDeEdicao(self.caminho, "Esta guia não tem mais esse bloco. Escolha outra.")
        return Copiar(self._caminho_do_pai(), bloco)

    def duplicata(self) -> Copiar:
        """The edit that puts one more like it beside it."""
        return Copiar(self._caminho_do_pai(), self.caminho)

    @property
    def _marcados(self) -> list[Any]:
        return [] if self.falta else self._estado.em(self.caminho)

    def _campo(self) -> Campo | None:
        if not self.nome_da_falta:
            return campo_de(self._estado, self._elemento)
        campo = campos.descrever(self._estado.versao, f"{self.caminho}/ans:{self.nome_da_falta}")
        if campo is None:
            raise ErroDeEdicao(self.caminho, _SUMIU)
        return campo

    def _formulario(self, dados: QueryDict | None) -> FormularioDeValor | FormularioDeInclusao | None:
        if self.falta:
            assert self.campo is not None
            return FormularioDeInclusao(self.caminho, self.campo, dados)
        if self._e_bloco() or str(self._elemento.tag).startswith(TAG_DS):
            return None
        return FormularioDeValor(self.caminho, self.campo, self._elemento, dados)

    def _e_bloco(self) -> bool:
        if self.campo is not None and self.campo.tipo is TipoDeCampo.GRUPO:
            return True
        return not self.falta and len(self._elemento) > 0

    def _caminho_do_pai(self) -> str:
        return self.caminho if self.falta else self.caminho.rpartition("/")[0]

    def _blocos(self) -> Iterator[tuple[str, str]]:
        """The other guides of the same kind that have the same block, and its path there."""
        minha = self._estado.raiz_da(self._em)
        if minha is None or self._em == CABECALHO:
            return
        aqui = self._estado.documento.caminho(minha)
        resto = self.caminho.removeprefix(aqui) + (f"/ans:{self.nome_da_falta}" if self.falta else "")
        for caminho, numero in islice(self._estado.caminhos_das_guias.items(), _MAIS_GUIAS_VISTAS):
            guia = self._estado.guias[numero - 1]
            bloco = f"{caminho}{resto}"
            if guia is not minha and resto and guia.tag == minha.tag and self._estado.documento.no(bloco) is not None:
                yield f"guia-{numero}", bloco

    def _destinos(self) -> Opcoes:
        """Groups of the part that have room for an element of this name; none where it stands where it may."""
        raiz = self._estado.raiz_da(self._em)
        if self.falta or self.campo is not None or raiz is None:
            return []
        nome = nome_local(str(self._elemento.tag))
        achados = (
            grupo
            for grupo in islice(raiz.iter(etree.Element), _MAIS_GRUPOS_VISTOS)
            if len(grupo) and grupo is not self._elemento.getparent() and self._tem_vaga(grupo, nome)
        )
        return [self._opcao(grupo) for grupo in islice(achados, _MAIS_DESTINOS)]

    def _opcao(self, grupo: etree._Element) -> tuple[str, str]:
        caminho = self._estado.documento.caminho(grupo)
        pais = [nome_local(str(no.tag)) for no in grupo.iterancestors()][:1]
        return caminho, " › ".join([*pais, campos.legenda(self._estado.versao, caminho)])

    def _tem_vaga(self, grupo: etree._Element, nome: str) -> bool:
        filho = campos.descrever(self._estado.versao, f"{self._estado.documento.caminho(grupo)}/ans:{nome}")
        return filho is not None and cabe(filho, Counter(no.tag for no in grupo))

    def _nomes(self) -> Opcoes:
        """Names that would stand where it stands, the likest first."""
        pai = None if self.falta else self._elemento.getparent()
        campo = None if pai is None else campo_de(self._estado, pai)
        if pai is None or campo is None:
            return []
        atual = nome_local(str(self._elemento.tag))
        outros = Counter(no.tag for no in pai if no is not self._elemento)
        cabem = {f.nome_xml: f.rotulo for f in campo.filhos if f.nome_xml != atual and cabe(f, outros)}
        parecidos = difflib.get_close_matches(atual, cabem, n=len(cabem) or 1, cutoff=0.6)
        ordenados = [*parecidos, *(nome for nome in cabem if nome not in parecidos)]
        return [(nome, f"{nome} – {cabem[nome]}") for nome in ordenados]


def _com_o_foco(formulario: forms.Form) -> None:
    """Begin at its first control."""
    for controle in islice(formulario.fields.values(), 1):
        controle.widget.attrs["autofocus"] = True
