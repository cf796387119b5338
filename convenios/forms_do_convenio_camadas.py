"""A form of settings that several layers may decide, for any of the layers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from convenios.camadas import Efetivas
from convenios.forms_do_convenio_campos import Herdado, aceita_em_branco, campo_de, inicial_de, modelo_de
from convenios.forms_do_convenio_engrenagens import (
    DOCUMENTOS,
    ENGRENAGENS,
    SENHA,
    GrupoDeLugares,
    LinhaDeConselho,
    campos_da_engrenagem,
    decidido_na_engrenagem,
    falta_na_engrenagem,
    grupos_de_lugares,
    inicial_da_engrenagem,
    linhas_dos_conselhos,
)
from convenios.models.camadas import RegrasEmCamadas
from convenios.palavras_do_convenio import efetivo_em_palavras, rotulo
from convenios.regras import MAIOR_LOTE

_CABE_NA_LISTA = 36
"""Characters of the inherited value that a closed list shows."""


@dataclass(frozen=True, slots=True)
class Linha:
    """A setting on the screen: its control, where its value comes from, and whether the prestador may decide it.

    `herdado` None: no other layer decides it. `aberto` None: this layer does not say.
    """

    campo: forms.BoundField
    herdado: Herdado | None = None
    decidido: bool = False
    aberto: bool | None = None
    em_branco: forms.BoundField | None = None
    aviso: str = ""
    grupos: Sequence[GrupoDeLugares] = ()
    conselhos: Sequence[LinhaDeConselho] = ()
    ajuda: str = ""

    @property
    def nome(self) -> str:
        """Of the setting."""
        return self.herdado.nome if self.herdado else self.campo.name

    @property
    def diz_o_herdado(self) -> bool:
        """Whether the control itself says what would be inherited, as a first choice that is read whole."""
        cabe = self.herdado is not None and len(self.herdado.em_palavras) <= _CABE_NA_LISTA
        return cabe and isinstance(self.campo.field, forms.ChoiceField)


class CamadasForm(forms.Form):
    """The settings `em_camadas` of one layer.

    `linha` is the row that decides them and `acima` what holds without it; `abertos` is what the prestador decides so
    far, None where this layer has no say in that. The button `herdar` gives the setting it names back to the layer
    above, whatever its control says.
    """

    def __init__(
        self,
        dados: QueryDict | None,
        *,
        linha: RegrasEmCamadas,
        acima: Efetivas,
        em_camadas: Sequence[str],
        abertos: Collection[str] | None = None,
        **opcoes: Any,
    ) -> None:
        super().__init__(_sem_o_devolvido(dados), **opcoes)
        self.linha = linha
        self.em_camadas = em_camadas
        self.herdados = {nome: Herdado(nome, getattr(acima.regras, nome), acima.origem[nome]) for nome in em_camadas}
        self.abertos_antes = abertos
        for nome, herdado in self.herdados.items():
            self._acrescentar(nome, herdado, getattr(linha, nome))
        if abertos is not None:
            self.fields["abertos"] = forms.MultipleChoiceField(
                label="O prestador decide", required=False, choices=[(nome, rotulo(nome)) for nome in em_camadas]
            )
            self.initial["abertos"] = [nome for nome in em_camadas if nome in abertos]

    def linhas(self, nomes: Iterable[str]) -> list[Linha]:
        """Those settings, as the screen shows them."""
        return [self._em_camadas(nome) if nome in self.herdados else Linha(self[nome]) for nome in nomes]

    def decididos(self) -> dict[str, Any]:
        """What was decided, by setting; None leaves it to the layer above."""
        return {nome: self._decidido(nome) for nome in self.em_camadas}

    def abertos(self) -> list[str]:
        """What the prestador decides: of these settings as ticked, of all others as before."""
        outros = [nome for nome in self.abertos_antes or () if nome not in self.em_camadas]
        return sorted({*outros, *self.cleaned_data["abertos"]})

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        for nome in set(ENGRENAGENS) & set(self.em_camadas):
            if falta := falta_na_engrenagem(nome, limpos):
                self.add_error(f"{nome}_modo", falta)
        return limpos

    def _acrescentar(self, nome: str, herdado: Herdado, atual: Any) -> None:
        if nome in ENGRENAGENS:
            self.fields.update(campos_da_engrenagem(herdado))
            self.initial.update(inicial_da_engrenagem(nome, atual))
            return
        self.fields[nome] = campo_de(herdado)
        self.initial[nome] = inicial_de(self.fields[nome], atual)
        if aceita_em_branco(herdado, atual):
            self.fields[f"{nome}_em_branco"] = forms.BooleanField(
                label=f"Deixar em branco, sem herdar “{efetivo_em_palavras(nome, herdado.valor)}”", required=False
            )
            self.initial[f"{nome}_em_branco"] = atual == ""

    def _em_camadas(self, nome: str) -> Linha:
        e_engrenagem = nome in ENGRENAGENS
        return Linha(
            campo=self[f"{nome}_modo" if e_engrenagem else nome],
            herdado=self.herdados[nome],
            decidido=getattr(self.linha, nome) is not None,
            aberto=None if self.abertos_antes is None else nome in (self["abertos"].value() or []),
            em_branco=self[f"{nome}_em_branco"] if f"{nome}_em_branco" in self.fields else None,
            aviso="" if e_engrenagem else _aviso(nome, self[nome].value()),
            grupos=grupos_de_lugares(self) if nome == SENHA else (),
            conselhos=linhas_dos_conselhos(self) if nome == DOCUMENTOS else (),
            ajuda=str(modelo_de(nome).help_text),
        )

    def _decidido(self, nome: str) -> Any:
        if nome in ENGRENAGENS:
            return decidido_na_engrenagem(nome, self.cleaned_data)
        valor = self.cleaned_data[nome]
        return "" if valor is None and self.cleaned_data.get(f"{nome}_em_branco") else valor


def _aviso(nome: str, valor: Any) -> str:
    """What has to be known about a value that is accepted and does not hold as it is."""
    if nome != "qtd_guia_lote" or not str(valor or "").isdecimal() or int(valor) <= MAIOR_LOTE:
        return ""
    return f"Fica registrado {valor}, e vale {MAIOR_LOTE}: o padrão TISS não aceita mais guias num lote."


def _sem_o_devolvido(dados: QueryDict | None) -> QueryDict | None:
    """What was sent, with the setting that the button gives back to the layer above left empty."""
    if dados is None or not (nome := dados.get("herdar")):
        return dados
    copia = dados.copy()
    for chave in (nome, f"{nome}_em_branco", f"{nome}_modo"):
        copia.pop(chave, None)
    return copia
