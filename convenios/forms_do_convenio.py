"""What is filled in about a convênio."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.interface.campos import CampoDeData
from conecta.interface.formatos import cnpj
from convenios.abas_do_convenio import Aba, Secao
from convenios.camadas import resolver
from convenios.forms_do_convenio_camadas import CamadasForm, Linha
from convenios.models import Convenio, ParametrosDaOperadora
from convenios.palavras_do_convenio import campo_do_convenio
from tiss_schemas.documentos import documento_valido

_UFS: Final = "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO"
_ALGARISMOS: Final = {"inputmode": "numeric", "autocomplete": "off"}


class CampoDeCnpj(forms.CharField):
    """A CNPJ, with or without its signs, digits or letters; kept as 14 characters."""

    def to_python(self, value: Any) -> str:
        texto = re.sub(r"[^0-9A-Z]", "", (super().to_python(value) or "").upper())
        if texto and len(texto) != 14:
            raise forms.ValidationError(f"O CNPJ tem 14 caracteres, e este tem {len(texto)}. Confira se falta algum.")
        if texto and not documento_valido(texto):
            raise forms.ValidationError(
                f"Os dois últimos dígitos de {cnpj(texto)} não conferem com os outros. Confira o número no contrato."
            )
        return texto

    def prepare_value(self, value: Any) -> Any:
        return cnpj(value) if isinstance(value, str) else value


class CampoDeAlgarismos(forms.CharField):
    """A number of a fixed count of digits; signs between them do not count."""

    def __init__(self, quantos: int, nome: str, **opcoes: Any) -> None:
        self.quantos = quantos
        self.nome = nome
        super().__init__(max_length=quantos + 6, widget=forms.TextInput(attrs=dict(_ALGARISMOS)), **opcoes)

    def to_python(self, value: Any) -> str:
        escrito = (super().to_python(value) or "").strip()
        texto = re.sub(r"[ ./-]", "", escrito)
        if texto and not re.fullmatch(rf"[0-9]{{{self.quantos}}}", texto):
            raise forms.ValidationError(f"“{escrito}” não serve: {self.nome} tem {self.quantos} algarismos.")
        return texto


def _do_modelo(nome: str, tipo: type[forms.Field] = forms.CharField, *argumentos: Any, **opcoes: Any) -> forms.Field:
    """The control of a field of the convênio, with the name and the help of its model."""
    modelo = campo_do_convenio(nome)
    rotulo = str(modelo.verbose_name)
    if tipo is forms.CharField or tipo is forms.EmailField:
        opcoes["max_length"] = modelo.max_length
    return tipo(
        *argumentos,
        label=rotulo[:1].upper() + rotulo[1:],
        help_text=modelo.help_text,
        required=not modelo.blank,
        **opcoes,
    )


def _endereco_na_rede(nome: str) -> forms.Field:
    return _do_modelo(
        nome,
        forms.URLField,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": "Este não é um endereço. Escreva como em https://www.exemplo.com.br."},
    )


class ConvenioForm(CamadasForm):
    """One tab of the register: what only the convênio has, and what other layers may decide too."""

    modo = _do_modelo("modo", forms.ChoiceField, choices=Convenio.Modo.choices)
    nome = _do_modelo("nome")
    grupo = _do_modelo("grupo")
    inicio = _do_modelo("inicio", CampoDeData)
    vencimento = _do_modelo("vencimento", CampoDeData)
    tag_saia = _do_modelo("tag_saia")
    razao_social = _do_modelo("razao_social")
    cnpj = _do_modelo("cnpj", CampoDeCnpj, max_length=18)
    inscricao_estadual = _do_modelo("inscricao_estadual")
    inscricao_municipal = _do_modelo("inscricao_municipal")
    contato = _do_modelo("contato")
    telefone = _do_modelo("telefone")
    email = _do_modelo("email", forms.EmailField)
    site = _endereco_na_rede("site")
    cep = _do_modelo("cep", CampoDeAlgarismos, 8, "o CEP")
    logradouro = _do_modelo("logradouro")
    numero = _do_modelo("numero")
    complemento = _do_modelo("complemento")
    bairro = _do_modelo("bairro")
    cidade = _do_modelo("cidade")
    uf = _do_modelo("uf", forms.ChoiceField, choices=[("", ""), *((uf, uf) for uf in _UFS.split())])
    laboratorio_plataforma = _do_modelo("laboratorio_plataforma")
    laboratorio_codigo = _do_modelo("laboratorio_codigo")
    ws_elegibilidade = _endereco_na_rede("ws_elegibilidade")
    ws_solicitacao = _endereco_na_rede("ws_solicitacao")
    registro_ans = _do_modelo("registro_ans", CampoDeAlgarismos, 6, "o registro ANS")
    destino = _do_modelo("destino", CampoDeAlgarismos, 6, "o registro ANS de destino")
    visto = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        dados: QueryDict | None,
        *,
        convenio: Convenio,
        parametros: ParametrosDaOperadora | None,
        aba: Aba,
        visto: int = 0,
    ) -> None:
        super().__init__(
            dados, linha=convenio, acima=resolver(parametros), em_camadas=aba.em_camadas, abertos=convenio.abertos
        )
        self.aba = aba
        for nome in set(ConvenioForm.base_fields) - {*aba.proprios, "visto"}:
            del self.fields[nome]
        self.initial.update({nome: getattr(convenio, nome) for nome in aba.proprios}, visto=visto)

    def secoes(self) -> list[tuple[Secao, list[Linha]]]:
        """The tab as the screen shows it."""
        return [(secao, self.linhas(secao.campos)) for secao in self.aba.secoes]

    def valores(self) -> dict[str, Any]:
        """Everything on the tab, by name of field."""
        proprios = {nome: self.cleaned_data[nome] for nome in self.aba.proprios}
        return proprios | self.decididos() | {"abertos": self.abertos()}

    def clean(self) -> dict[str, Any]:
        limpos = super().clean()
        recusar_periodo_ao_contrario(self, limpos)
        return limpos


class NovoConvenioForm(forms.Form):
    """What a convênio needs to exist; the rest is filled in on its tabs."""

    nome = _do_modelo("nome")
    modo = _do_modelo("modo", forms.ChoiceField, choices=Convenio.Modo.choices)
    grupo = _do_modelo("grupo")
    inicio = _do_modelo("inicio", CampoDeData)
    vencimento = _do_modelo("vencimento", CampoDeData)

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        recusar_periodo_ao_contrario(self, limpos)
        return limpos


class PadroesForm(CamadasForm):
    """One tab of the operadora's defaults, which hold for all its convênios that decide nothing else."""

    def __init__(self, dados: QueryDict | None, *, parametros: ParametrosDaOperadora, aba: Aba) -> None:
        super().__init__(dados, linha=parametros, acima=resolver(None), em_camadas=aba.em_camadas)
        self.aba = aba

    def secoes(self) -> list[tuple[Secao, list[Linha]]]:
        """The tab as the screen shows it: sections without any layered setting are left out."""
        com_camadas = ((secao, [nome for nome in secao.campos if nome in self.herdados]) for secao in self.aba.secoes)
        return [(secao, self.linhas(nomes)) for secao, nomes in com_camadas if nomes]


class FiltroDeConvenios(forms.Form):
    """What the list is asked for."""

    texto = forms.CharField(label="Nome, código ou grupo", required=False, max_length=60)
    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[("", "Ativos"), ("inativos", "Inativos"), ("todos", "Todos")],
    )
    modo = forms.ChoiceField(
        label="Modo de recebimento", required=False, choices=[("", "Todos"), *Convenio.Modo.choices]
    )
    vigencia = forms.ChoiceField(
        label="Contrato",
        required=False,
        choices=[("", "Todos"), ("vigente", "Vigente hoje"), ("vencido", "Vencido"), ("futuro", "Ainda não começou")],
    )


def recusar_periodo_ao_contrario(form: forms.Form, limpos: Mapping[str, Any]) -> None:
    """A contract does not end before it begins."""
    inicio, vencimento = limpos.get("inicio"), limpos.get("vencimento")
    if inicio and vencimento and vencimento < inicio:
        form.add_error("vencimento", f"O contrato não pode vencer antes de começar, em {inicio:%d/%m/%Y}.")


def valores_de_um_novo() -> dict[str, Any]:
    """What the form of a new convênio shows before anything is typed."""
    return {"inicio": timezone.localdate()}
