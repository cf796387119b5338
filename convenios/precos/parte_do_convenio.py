"""What prices a convênio, as it goes along when the convênio is copied, exported or imported.

Tables are named and not carried: they are the operadora's, and large. What is agreed in the contract with one prestador
stays with that contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import data
from convenios.models import Convenio
from convenios.partes import Parte
from convenios.precos.campos import escrito
from convenios.precos.forms_dos_vinculos import GruposForm, VinculoForm
from convenios.precos.models import PercentualDoGrupo, TabelaDePreco, VinculoDeTabela
from convenios.precos.transicoes import gravar_percentuais, gravar_vinculo

_MAIS_VINCULOS: Final = 200
_NUMEROS: Final = ("percentual", "banda_porte", "banda_uco")
_CAMPOS: Final = ("natureza", "ordem", *_NUMEROS, "inicio", "fim")


def exportar(convenio: Convenio) -> dict[str, Any]:
    """The links of the convênio with every credenciado, and its Lista de Produtos."""
    vinculos = VinculoDeTabela.objects.filter(convenio=convenio, prestador__isnull=True).select_related("tabela")
    percentuais = PercentualDoGrupo.objects.filter(convenio=convenio)
    return {
        "vinculos": [_escrito(vinculo) for vinculo in vinculos],
        "grupos": {percentual.grupo: escrito(percentual.percentual) for percentual in percentuais},
    }


def conferir(operadora: Organizacao, valor: Any) -> list[str]:
    """What is wrong in a value that came, whatever its type."""
    if not isinstance(valor, dict) or not isinstance(valor.get("vinculos", []), list):
        return ["Os preços não estão escritos como o Conecta os escreve. Exporte o convênio de novo."]
    vinculos: list[Any] = valor.get("vinculos", [])
    if len(vinculos) > _MAIS_VINCULOS:
        return [f"São {len(vinculos)} vínculos de tabela, e um convênio tem até {_MAIS_VINCULOS}."]
    problemas = [frase for n, lido in enumerate(vinculos, 1) for frase in _problemas(operadora, n, lido)]
    grupos = _grupos(valor)
    return problemas + [f"Lista de Produtos, {frase}" for frase in _erros(grupos)]


def importar(convenio: Convenio, valor: Any, por: Usuario) -> None:
    """Link what the value links. A link of the same table, kind and day takes what it says; others stay."""
    for lido in valor.get("vinculos", []):
        form = _form(convenio.operadora, lido)
        if not form.is_valid():
            raise ValueError(form.errors)
        novos = form.cleaned_data | {"prestador": None}
        chave = {nome: novos[nome] for nome in ("natureza", "tabela", "inicio", "prestador")}
        igual = VinculoDeTabela.objects.filter(convenio=convenio, **chave).first()
        gravar_vinculo(convenio=convenio, vinculo=igual, novos=novos, por=por)
    grupos = _grupos(valor)
    if not grupos.is_valid():
        raise ValueError(grupos.errors)
    ditos = {nome: novo for nome, novo in grupos.cleaned_data.items() if novo is not None}
    gravar_percentuais(convenio=convenio, novos=ditos, por=por)


PARTE: Final = Parte(
    nome="precos", rotulo="Tabelas que precificam", exportar=exportar, conferir=conferir, importar=importar
)


def _escrito(vinculo: VinculoDeTabela) -> dict[str, str]:
    return {
        "tabela": vinculo.tabela.nome,
        "edicao": vinculo.tabela.edicao,
        "natureza": vinculo.natureza,
        "ordem": str(vinculo.ordem),
        **{nome: escrito(getattr(vinculo, nome)) for nome in _NUMEROS},
        "inicio": data(vinculo.inicio),
        "fim": data(vinculo.fim),
    }


def _problemas(operadora: Organizacao, ordem: int, lido: Any) -> Iterator[str]:
    if not isinstance(lido, dict):
        yield f"O vínculo {ordem} não está escrito como o Conecta o escreve."
        return
    if _tabela(operadora, lido) is None:
        nome = f"{lido.get('tabela', '')} {lido.get('edicao', '')}".strip()[:80]
        yield f"A tabela {nome} não está cadastrada para qualquer credenciado. Cadastre-a antes."
        return
    for frase in _erros(_form(operadora, lido)):
        yield f"Vínculo {ordem}, {frase}"


def _form(operadora: Organizacao, lido: Mapping[str, Any]) -> VinculoForm:
    """The screen's own form, so that a file may link what a person may."""
    tabela = _tabela(operadora, lido)
    textos = {nome: str(lido.get(nome, "")) for nome in _CAMPOS}
    form = VinculoForm(textos | {"tabela": "" if tabela is None else str(tabela.pk)}, operadora, None)
    form.fields["tabela"].queryset = _tabelas(operadora)  # type: ignore[attr-defined]
    return form


def _grupos(valor: Mapping[str, Any]) -> GruposForm:
    lidos = valor.get("grupos", {})
    return GruposForm({nome: str(lido) for nome, lido in lidos.items()} if isinstance(lidos, dict) else {})


def _tabela(operadora: Organizacao, lido: Mapping[str, Any]) -> TabelaDePreco | None:
    nome, edicao = str(lido.get("tabela", "")), str(lido.get("edicao", ""))
    return _tabelas(operadora).filter(nome=nome, edicao=edicao).first()


def _tabelas(operadora: Organizacao) -> QuerySet[TabelaDePreco]:
    return TabelaDePreco.objects.filter(operadora=operadora, prestador__isnull=True)


def _erros(form: VinculoForm | GruposForm) -> Sequence[str]:
    return [f"{form.fields[nome].label}: {' '.join(map(str, erros))}" for nome, erros in form.errors.items()]
