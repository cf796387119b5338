"""The HTML of a form's controls.

A form of sixty lines has a thousand of them, and a template for each takes longer than all the rest of the page: what
is the same in every line is written once per version and type, and a control is what stands between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fichas import Celula
from tiss_schemas.sugestoes import SIGLAS_DE_UF
from uploads.digitacao.juizo import CriticaDaGuia
from uploads.digitacao.procuras import procura_de

LONGO: Final = 100
"""Characters beyond which a text is written over several rows."""
_PALAVRAS: Final = 60
"""Characters that may be typed where a list is looked up."""
_PONTUACAO: Final = 6
"""Characters that a masked code may be longer than the bare one."""
_SIGLA_DO_CODIGO: Final = {codigo: sigla for sigla, codigo in SIGLAS_DE_UF.items()}
_NUMERICOS: Final = frozenset({TipoDeCampo.DECIMAL, TipoDeCampo.INTEIRO})
_MAIOR_DO_TIPO: Final = {TipoDeCampo.DATA: 10, TipoDeCampo.HORA: 8, TipoDeCampo.DECIMAL: 24}
_LOGICOS: Final = frozenset({"true", "false"})
_DENTES: Final = frozenset({"codDente", "codRegiao", "elementoDentario"})
_FACES: Final = frozenset({"denteFace"})


@dataclass(frozen=True, slots=True)
class Molde:
    """What the controls of one field have in common: the tag up to its name, and what follows the value.

    `opcoes` is the list of a select, "" for every other control. `area` marks a text of several rows, `longa` a code of
    a list that is looked up.
    """

    inicio: str
    opcoes: str = ""
    area: bool = False
    longa: bool = False

    def desenhar(self, nome: str, valor: str, atributos: str = "") -> str:
        """The control by that name, showing that value. `atributos` is HTML, beginning with a blank."""
        nome = escape(nome)
        tag = f'{self.inicio} id="{nome}" name="{nome}"{atributos}'
        if self.opcoes:
            return f"{tag}>{_com_escolhida(self.opcoes, valor)}</select>"
        if self.area:
            return f"{tag}>\n{escape(valor)}</textarea>"
        return f'{tag} value="{escape(valor)}">'


def molde_de(celula: Celula) -> Molde:
    """The mould of the controls of that field."""
    campo = celula.campo
    procura = procura_de(celula)
    if campo is not None and campo.tipo is TipoDeCampo.LISTA and not procura and not celula.opcoes:
        return Molde("<select", _opcoes(campo))
    atributos = _atributos(celula, procura)
    if campo is not None and (campo.tipo is TipoDeCampo.BASE64 or (campo.tamanho_max or 0) > LONGO):
        return Molde(f'<textarea{atributos} rows="1"', area=True)
    return Molde(f"<input{atributos}", longa=procura == "lista")


def molde_da_escolha(celula: Celula) -> Molde:
    """The mould of the select that says which element of a choice is meant."""
    nomes = ((opcao.campo.nome_xml, opcao.rotulo) for opcao in celula.opcoes if opcao.campo is not None)
    opcoes = "".join(
        f'<option value="{escape(nome)}">{escape(_curto(nome, rotulo))}</option>' for nome, rotulo in nomes
    )
    return Molde('<select class="qual"', opcoes)


def criticas_do_controle(nome: str, criticas: Sequence[CriticaDaGuia], icone: str, rotulo: str = "") -> str:
    """What was found about a control, in the element that its aria-describedby names; "" for nothing.

    `rotulo` is that of the field, where the element stands away from it.
    """
    antes = f"<b>{escape(rotulo)}:</b> " if rotulo else ""
    if not criticas:
        return ""
    textos = "".join(
        f'<p class="erro-campo{"" if critica.impede else " leve"}">{icone}'
        f"<span>{antes}{escape(ao_lado(critica))}</span></p>"
        for critica in criticas
    )
    return f'<div class="ditas" id="{escape(nome)}!" data-de="{escape(nome)}">{textos}</div>'


def ao_lado(critica: CriticaDaGuia) -> str:
    """What is said beside the field itself, where nobody needs to be told which field it is."""
    return "Preencha este campo." if critica.falta else critica.mensagem


def e_numero(celula: Celula) -> bool:
    """Whether its values stand at the right, digit under digit."""
    return celula.campo is not None and celula.campo.tipo in _NUMERICOS


def significado(celula: Celula, valor: str) -> str:
    """What the code of a long list means, which no select says; "" where there is nothing to say."""
    if celula.campo is None or not valor:
        return ""
    return next((texto for codigo, texto in celula.campo.opcoes if codigo == valor and texto != codigo), "")


def _atributos(celula: Celula, procura: str) -> str:
    campo = celula.campo
    partes = [' autocomplete="off"']
    tipo = campo.tipo if campo is not None else TipoDeCampo.TEXTO
    if tipo is not TipoDeCampo.TEXTO and not celula.opcoes:
        partes.append(f' data-tipo="{tipo.value}"')
    if campo is not None and (tamanho := _tamanho(celula)):
        partes.append(f' maxlength="{tamanho}"')
    if campo is not None and tipo is TipoDeCampo.DECIMAL:
        partes.append(f' data-casas="{min(2, campo.decimais or 0)}"')
    if modo := _modo(celula):
        partes.append(f' inputmode="{modo}"')
    if e_numero(celula):
        partes.append(' class="num"')
    if celula.calculada:
        partes.append(" readonly data-calculada")
    if procura:
        partes.append(f' data-procura="{procura}"')
    nomes = {opcao.caminho.rpartition("/")[2] for opcao in celula.opcoes or (celula,)}
    if nomes & _DENTES:
        partes.append(" data-dente")
    if nomes & _FACES:
        partes.append(" data-face")
    return "".join(partes)


def _modo(celula: Celula) -> str:
    campo = celula.campo
    if campo is None or celula.opcoes:
        return ""
    if campo.tipo is TipoDeCampo.DECIMAL:
        return "decimal"
    if campo.tipo in {TipoDeCampo.DATA, TipoDeCampo.HORA, TipoDeCampo.INTEIRO}:
        return "numeric"
    return "numeric" if campo.padrao and "A-Z" not in campo.padrao and "[0-9]" in campo.padrao else ""


def _tamanho(celula: Celula) -> int:
    return max((_tamanho_do_campo(opcao.campo) for opcao in celula.opcoes or (celula,) if opcao.campo), default=0)


def _tamanho_do_campo(campo: Campo) -> int:
    if campo.tipo is TipoDeCampo.LISTA:
        return _PALAVRAS  # a long list is looked up by words too
    if campo.tipo is TipoDeCampo.TEXTO:
        return (campo.tamanho_max or 0) + (_PONTUACAO if campo.padrao else 0)
    return _MAIOR_DO_TIPO.get(campo.tipo, campo.digitos or 0)


def _opcoes(campo: Campo) -> str:
    opcoes = ((codigo, texto_da_opcao(campo, codigo, texto)) for codigo, texto in campo.opcoes)
    return '<option value=""></option>' + "".join(
        f'<option value="{escape(codigo)}">{escape(texto)}</option>' for codigo, texto in opcoes
    )


def texto_da_opcao(campo: Campo, codigo: str, texto: str) -> str:
    """What a select shows of a code: "06 - CRM – Medicina"; the letters of a state, by which everybody knows it; of yes
    and no, whose codes are words of computers, the word alone."""
    if campo.nome_xml.lower().startswith("uf"):
        return f"{_SIGLA_DO_CODIGO.get(codigo, codigo)} - {texto}"
    if codigo in _LOGICOS:
        return texto
    return codigo if texto == codigo else f"{codigo} - {texto}"


def letras_da_opcao(campo: Campo) -> int:
    """Letters by which the options of that list are known where there is room for no more: those of the code, or of
    yes and no."""
    return max(len(texto if codigo in _LOGICOS else codigo) for codigo, texto in campo.opcoes)


def _com_escolhida(opcoes: str, valor: str) -> str:
    """The list with that code chosen. A code that is not on it is shown all the same: the finding says what it is."""
    if not valor:
        return opcoes
    escrito = escape(valor)
    marca = f'<option value="{escrito}">'
    if marca in opcoes:
        return opcoes.replace(marca, f'<option value="{escrito}" selected>', 1)
    return f'{opcoes}<option value="{escrito}" selected>{escrito}</option>'


def _curto(nome: str, rotulo: str) -> str:
    """By what a choice is known in a narrow cell."""
    minusculas = nome.lower()
    for parte, texto in (("cpf", "CPF"), ("cnpj", "CNPJ"), ("dente", "Dente"), ("regiao", "Região")):
        if parte in minusculas:
            return texto
    return "Código" if minusculas.startswith("codigo") else rotulo
