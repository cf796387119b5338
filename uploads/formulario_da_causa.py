"""The form of one cause: what to do with it, and the new value. Its places have a page of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tiss_schemas import formulario
from tiss_schemas.leitura import Documento
from uploads.caminhos import nome_em
from uploads.causas import Causa
from uploads.comparacao import TOTAIS, DePara, em_palavras, valores_em
from uploads.controles import Acao, Controle, acoes_de, controles_de, e_recalculada
from uploads.decisoes import Decisao
from uploads.models import Critica
from uploads.transicoes import MAIOR_JUSTIFICATIVA, MENOR_JUSTIFICATIVA

_ROTULOS = {
    Acao.NADA: "Deixar como está",
    Acao.SUGESTAO: "Usar a sugestão",
    Acao.CORRIGIR: "Corrigir o campo",
    Acao.REMOVER: "Remover o elemento",
    Acao.MOVER: "Pôr na ordem do padrão",
    Acao.IGNORAR: "Ignorar, com justificativa",
}


class FormularioDaCausa(forms.Form):
    """One cause. The fields of the file are `v0`, `v1`…; `em_ID` is another value for one place.

    Bound where the person decided something about it; `sugestoes` marks its suggestion where they did not.
    """

    def __init__(
        self,
        causa: Causa,
        versao: str,
        documento: Documento | None,
        decisao: Decisao | None = None,
        *,
        sugestoes: bool = False,
    ) -> None:
        self.causa = causa
        self.versao = versao
        self.decisao = decisao or Decisao()
        self.controles = controles_de(causa.exemplo, versao, documento)
        self.recalculada = e_recalculada(causa.exemplo)
        self._acoes = acoes_de(causa.exemplo, self.controles, com_sugestao=causa.com_sugestao)
        marcada = Acao.SUGESTAO in self._acoes and (sugestoes or self.soma_se)
        self._oferecida = Acao.SUGESTAO if marcada else Acao.NADA
        super().__init__(None, prefix=f"c-{causa.id}", auto_id="id_%s")
        self._fazer_campos()
        if decisao is not None:
            self.is_bound = True
            self.data = self._dados(decisao)

    @property
    def campo(self) -> str:
        """The field as the printed form calls it, else the name of the element; "" for the file as a whole."""
        if self.controles:
            return str(self.fields["v0"].label)
        return nome_em(self.causa.exemplo.caminho)

    @property
    def nome(self) -> str:
        """What tells it from the other causes of a page: code, title, field, and the guide where it is only one."""
        critica = self.causa.exemplo
        onde = f" (guia {critica.guia})" if critica.guia and self.causa.total == 1 else ""
        return f"{critica.codigo} {self.causa.titulo}" + (f": {self.campo}{onde}" if self.campo else "")

    @property
    def tem_escolha(self) -> bool:
        """Whether there is anything to decide."""
        return len(self._acoes) > 1

    @property
    def pergunta(self) -> bool:
        """Whether the choice is shown: a single field to fill in needs no question."""
        return self._acoes not in ([Acao.NADA], [Acao.NADA, Acao.CORRIGIR])

    @property
    def soma_se(self) -> bool:
        """Whether recalculating the totals mends it."""
        return self.causa.com_sugestao and nome_em(self.causa.exemplo.caminho) in TOTAIS

    @property
    def campos_do_arquivo(self) -> list[tuple[forms.BoundField, str, str]]:
        """The controls of the file's own fields, each with its path and the text with which it is shown at first."""
        caminho = self.causa.exemplo.caminho
        return [
            (self[f"v{indice}"], controle.caminho_em(caminho), self._mostrado(f"v{indice}") or "")
            for indice, controle in enumerate(self.controles)
        ]

    def conferir_em(self, endereco: str) -> None:
        """Let each field that is typed into ask that address on leaving it."""
        for nome, campo in self.fields.items():
            if nome.startswith("v") and not isinstance(campo, forms.ChoiceField):
                campo.widget.attrs["hx-post"] = endereco

    @property
    def acao(self) -> Acao:
        """What was decided. Somebody who changed a value and left the choice as it was offered meant to correct it."""
        if not self.is_bound:
            return self._oferecida
        escolhida = Acao(self.cleaned_data.get("acao") or "")
        mudou = any(self._mudou(nome) for nome in self.fields if nome.startswith(("v", "em_")))
        return Acao.CORRIGIR if mudou and escolhida in {Acao.NADA, self._oferecida} else escolhida

    @property
    def mostrada(self) -> Acao:
        """What the form shows as chosen, valid or not."""
        return Acao(str(self["acao"].value() or ""))

    @property
    def em_vigor(self) -> Acao:
        """What will be done as things stand; nothing while the form has errors."""
        return self.acao if not self.is_bound or self.is_valid() else Acao.NADA

    @property
    def fora(self) -> set[int]:
        """Ids of the places that the decision leaves out."""
        return set(self.decisao.fora)

    @property
    def alcancados(self) -> int:
        """How many places the decision reaches."""
        return self.causa.total - len(self.fora)

    def depois(self, lugar: Critica) -> list[tuple[str, DePara | None]]:
        """What becomes of one place under the decision in force: a sentence each, or two values to compare."""
        acao = self.em_vigor
        if lugar.pk in self.fora or acao is Acao.NADA:
            return [("Fica como está.", None)]
        if acao is Acao.SUGESTAO:
            return self.sugestao(lugar)
        if acao is Acao.CORRIGIR:
            return [self._corrigido(lugar, *par) for par in self.valores(lugar)]
        return [(f"{_ROTULOS[acao]}.", None)]

    def sugestao(self, lugar: Critica) -> list[tuple[str, DePara | None]]:
        """What the suggestion for one place does."""
        if lugar.sugestao is not None:
            return [("", valores_em(self.versao, lugar, lugar.sugestao))]
        return [(frase, None) for frase in em_palavras(lugar.edicoes, lugar)]

    @property
    def sugerido(self) -> list[tuple[str, DePara | None]]:
        """What the suggestion does in the first place; empty where there is none."""
        return self.sugestao(self.causa.exemplo) if self.causa.com_sugestao else []

    def valores(self, lugar: Critica) -> Iterable[tuple[Controle, str]]:
        """The controls that were filled in with what the XML is to hold at that place."""
        for indice, controle in enumerate(self.controles):
            valor = self.cleaned_data.get(f"em_{lugar.pk}") or self.cleaned_data.get(f"v{indice}")
            if valor not in (None, "") and (
                controle.novo or self._mudou(f"v{indice}") or self._mudou(f"em_{lugar.pk}")
            ):
                yield controle, formulario.para_xml(controle.campo, valor)

    def clean(self) -> dict[str, Any]:
        """What was chosen needs what belongs to it."""
        limpos: dict[str, Any] = super().clean() or self.cleaned_data
        self._desculpar_o_que_ninguem_tocou()
        self._dizer_onde_o_outro_valor_esta_errado()
        if not self.errors:
            self._conferir(self.acao, limpos)
        return limpos

    def _desculpar_o_que_ninguem_tocou(self) -> None:
        """A wrong value that is still as the file has it stays in the file; it does not stop the other corrections."""
        for nome in [nome for nome in self.errors if nome in self.fields and nome.startswith("v")]:
            if self.data.get(self.add_prefix(nome), "") == (self._mostrado(nome) or ""):
                del self.errors[nome]
                self.cleaned_data[nome] = None

    def _dizer_onde_o_outro_valor_esta_errado(self) -> None:
        """The field stands on the page of the places: here a sentence leads to it."""
        errados = [nome for nome in self.errors if nome.startswith("em_")]
        if errados:
            frase = self.errors[errados[0]][0]
            self.add_error(None, f"O outro valor de {len(errados)} lugar(es) precisa de você. {frase} Veja os lugares.")

    def _conferir(self, acao: Acao, limpos: Mapping[str, Any]) -> None:
        if acao is Acao.NADA:
            return
        if len(self.fora) >= self.causa.total:
            self.add_error(None, "Todos os lugares estão desmarcados. Marque pelo menos um, ou deixe como está.")
        if acao is Acao.IGNORAR and len(" ".join((limpos.get("justificativa") or "").split())) < MENOR_JUSTIFICATIVA:
            self.add_error(
                "justificativa", f"Escreva a justificativa, com pelo menos {MENOR_JUSTIFICATIVA} caracteres."
            )
        if acao is Acao.CORRIGIR and not any(self._mudou(n) for n in self.fields if n.startswith(("v", "em_"))):
            self.add_error("v0", ValidationError("O valor ainda é o que está errado. Digite o valor certo."))

    def _mudou(self, nome: str) -> bool:
        if nome not in self.fields or nome in self.errors:
            return False
        valor = self.cleaned_data.get(nome)
        if valor in (None, ""):
            return False
        if nome.startswith("em_"):
            return True
        controle = self.controles[int(nome[1:])]
        return formulario.para_xml(controle.campo, valor) != (controle.inicial or "")

    def _corrigido(self, lugar: Critica, controle: Controle, valor: str) -> tuple[str, DePara | None]:
        if controle.nome == "" and not controle.novo:
            return ("", valores_em(self.versao, lugar, valor))
        return (em_palavras([controle.edicao(lugar.caminho, valor)], lugar)[0], None)

    def _mostrado(self, nome: str) -> str | None:
        """The text with which a control was shown when nobody had typed yet."""
        campo = self.fields[nome]
        mostrado = campo.widget.format_value(campo.prepare_value(campo.initial))
        return next(iter(mostrado), None) if isinstance(mostrado, list) else mostrado

    def _dados(self, decisao: Decisao) -> dict[str, str]:
        """What was decided as the data of the form; what nobody touched is what it was shown with."""
        dados = {nome: self._mostrado(nome) for nome in self.fields if nome.startswith("v")}
        dados |= decisao.campos | {f"em_{pk}": valor for pk, valor in decisao.outros.items()}
        return {self.add_prefix(nome): valor for nome, valor in dados.items() if valor is not None}

    def _fazer_campos(self) -> None:
        opcoes = [(acao.value, _ROTULOS[acao]) for acao in self._acoes]
        self.fields["acao"] = forms.ChoiceField(
            label="O que fazer", choices=opcoes, required=False, widget=forms.RadioSelect, initial=self._oferecida.value
        )
        for indice, controle in enumerate(self.controles):
            self.fields[f"v{indice}"] = self._campo(controle, " ".join(_numero_e_rotulo(controle)))
            if not controle.novo:
                self.fields[f"v{indice}"].initial = formulario.de_xml(controle.campo, controle.inicial)
        if Acao.IGNORAR in self._acoes:
            self._fazer_justificativa()
        if len(self.controles) == 1:
            for pk in self.decisao.outros:
                self.fields[f"em_{pk}"] = self._campo(self.controles[0], "Outro valor aqui")

    def _campo(self, controle: Controle, rotulo: str) -> forms.Field:
        campo = formulario.campo_de_formulario(controle.campo)
        campo.required = False
        campo.label = rotulo
        return campo

    def _fazer_justificativa(self) -> None:
        self.fields["justificativa"] = forms.CharField(
            label="Justificativa",
            required=False,
            max_length=MAIOR_JUSTIFICATIVA,
            help_text=f"De {MENOR_JUSTIFICATIVA} a {MAIOR_JUSTIFICATIVA} caracteres. A operadora lê este texto.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )


def _numero_e_rotulo(controle: Controle) -> Iterable[str]:
    return filter(None, [controle.campo.numero, controle.campo.rotulo])
