"""The form of one cause: what to do with it, the new value, and in which of its places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tiss_schemas import formulario
from tiss_schemas.leitura import Documento
from uploads.causas import Causa
from uploads.comparacao import TOTAIS, DePara, comparar, para_pessoas
from uploads.controles import Acao, Controle, acoes_de, controles_de, e_recalculada
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
    """One cause. The fields of the file are `v0`, `v1`…; `em_ID` is another value for one place."""

    def __init__(self, causa: Causa, versao: str, documento: Documento | None, dados: Any = None) -> None:
        super().__init__(dados, prefix=f"c-{causa.id}", auto_id="id_%s")
        self.causa = causa
        self.controles = controles_de(causa.exemplo, versao, documento)
        self.recalculada = e_recalculada(causa.exemplo)
        acoes = acoes_de(causa.exemplo, self.controles, com_sugestao=causa.com_sugestao)
        self._oferecida = Acao.SUGESTAO if self.soma_se and Acao.SUGESTAO in acoes else Acao.NADA
        self._fazer_acao(acoes)
        self._fazer_controles()
        if Acao.IGNORAR in acoes:
            self._fazer_justificativa()
        if causa.total > 1:
            self._fazer_lugares()

    @property
    def nome(self) -> str:
        """What tells it from the other causes of a page: code, title, field, and the guide where it is only one."""
        critica = self.causa.exemplo
        campo = self.fields["v0"].label if self.controles else critica.caminho.rpartition(":")[2].partition("[")[0]
        onde = f" (guia {critica.guia})" if critica.guia and self.causa.total == 1 else ""
        return f"{critica.codigo} {self.causa.titulo}" + (f": {campo}{onde}" if campo.strip("/") else "")

    @property
    def tem_escolha(self) -> bool:
        """Whether there is anything to decide."""
        return len(self.fields["acao"].choices) > 1  # type: ignore[attr-defined]

    @property
    def pergunta(self) -> bool:
        """Whether the choice is shown: a single field to fill in needs no question."""
        return [opcao for opcao, _ in self.fields["acao"].choices] not in ([""], ["", Acao.CORRIGIR.value])  # type: ignore[attr-defined]

    @property
    def de_para(self) -> DePara | None:
        """The first place's value and its suggestion, as people write them; None where there is no suggestion."""
        critica = self.causa.exemplo
        if not self.causa.com_sugestao or len(self.controles) != 1 or self.recalculada:
            return None
        campo = self.controles[0].campo
        return comparar(para_pessoas(campo, critica.valor), para_pessoas(campo, critica.sugestao))

    @property
    def soma_se(self) -> bool:
        """Whether recalculating the totals mends it."""
        return self.causa.com_sugestao and self.causa.exemplo.caminho.rpartition(":")[2] in TOTAIS

    @property
    def campos_do_arquivo(self) -> list[forms.BoundField]:
        """The controls of the file's own fields."""
        return [self[f"v{indice}"] for indice in range(len(self.controles))]

    def linhas(self) -> list[tuple[Critica, forms.BoundField | None]]:
        """The places that are listed, each with the control for another value there, if it may have one."""
        return [
            (lugar, self[f"em_{lugar.pk}"] if f"em_{lugar.pk}" in self.fields else None) for lugar in self.causa.lugares
        ]

    @property
    def marcados(self) -> set[int]:
        """Ids of the listed places that are ticked; all of them in a form that was not sent."""
        if not self.is_bound or "lugares" not in self.fields:
            return {lugar.pk for lugar in self.causa.lugares}
        return {
            int(valor) for valor in self.data.getlist(self.add_prefix("lugares")) if valor.isascii() and valor.isdigit()
        }

    @property
    def acao(self) -> Acao:
        """What was decided. Somebody who changed a value and left the choice as it was offered meant to correct it."""
        escolhida = Acao(self.cleaned_data.get("acao") or "")
        mudou = any(self._mudou(nome) for nome in self.fields if nome.startswith(("v", "em_")))
        return Acao.CORRIGIR if mudou and escolhida in {Acao.NADA, self._oferecida} else escolhida

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
        if not self.errors:
            self._conferir(self.acao, limpos)
        return limpos

    def _desculpar_o_que_ninguem_tocou(self) -> None:
        """A wrong value that is still as the file has it stays in the file; it does not stop the other corrections."""
        for nome in [nome for nome in self.errors if nome in self.fields and nome.startswith("v")]:
            oferecido = self[nome].field.widget.format_value(self.fields[nome].initial)
            oferecidos = {str(valor) for valor in (oferecido if isinstance(oferecido, list) else [oferecido])}
            if str(self.data.get(self.add_prefix(nome), "")) in oferecidos:
                del self.errors[nome]
                self.cleaned_data[nome] = None

    def _conferir(self, acao: Acao, limpos: Mapping[str, Any]) -> None:
        if acao is Acao.NADA:
            return
        if "lugares" in self.fields and not self.marcados and not limpos.get("resto"):
            self.add_error(None, "Marque pelo menos um lugar em que isto deve ser feito.")
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

    def _fazer_acao(self, acoes: list[Acao]) -> None:
        opcoes = [(acao.value, _ROTULOS[acao]) for acao in acoes]
        self.fields["acao"] = forms.ChoiceField(
            label="O que fazer", choices=opcoes, required=False, widget=forms.RadioSelect, initial=self._oferecida.value
        )

    def _fazer_controles(self) -> None:
        for indice, controle in enumerate(self.controles):
            campo = formulario.campo_de_formulario(controle.campo)
            campo.required = False
            campo.label = " ".join(filter(None, [controle.campo.numero, controle.campo.rotulo]))
            if not controle.novo:
                campo.initial = formulario.de_xml(controle.campo, controle.inicial)
            self.fields[f"v{indice}"] = campo

    def _fazer_justificativa(self) -> None:
        self.fields["justificativa"] = forms.CharField(
            label="Justificativa",
            required=False,
            max_length=MAIOR_JUSTIFICATIVA,
            help_text=f"De {MENOR_JUSTIFICATIVA} a {MAIOR_JUSTIFICATIVA} caracteres. A operadora lê este texto.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _fazer_lugares(self) -> None:
        self.fields["lugares"] = forms.CharField(required=False, widget=forms.MultipleHiddenInput)
        if self.causa.resto:
            self.fields["resto"] = forms.BooleanField(required=False, initial=True, label="")
        if len(self.controles) == 1:
            for lugar in self.causa.lugares:
                campo = formulario.campo_de_formulario(self.controles[0].campo)
                campo.required = False
                campo.label = f"Outro valor na crítica {lugar.posicao}"
                self.fields[f"em_{lugar.pk}"] = campo
