"""What the schema asks of a value, in the words of somebody who fills in a guide."""

from __future__ import annotations

import re
from typing import Final

from tiss_schemas.achados import Tipo
from tiss_schemas.modelo import Valor
from tiss_schemas.palavras import cortado

_OPCOES_NA_FRASE: Final = 12
_PARTE: Final = re.compile(r"\[([^\]]+)\](?:\{(\d+)(?:,(\d+))?\})?")
_CLASSES: Final = {
    "0-9": ("dígito", "dígitos"),
    "A-Z0-9": ("letra maiúscula ou dígito", "letras maiúsculas ou dígitos"),
    "a-zA-Z0-9": ("letra ou dígito", "letras ou dígitos"),
    "A-Za-z0-9": ("letra ou dígito", "letras ou dígitos"),
}
_FORMATOS: Final = {
    "date": ("uma data", "aaaa-mm-dd"),
    "time": ("uma hora", "hh:mm:ss"),
    "dateTime": ("uma data com hora", "aaaa-mm-ddThh:mm:ss"),
    "boolean": ("um valor de sim ou não", "true ou false"),
    "base64Binary": ("um conteúdo em base64", "texto em base64"),
}


def o_que_e(valor: Valor) -> str:
    """`uma data`, `um número inteiro` …"""
    if valor.primitivo == "integer":
        return "um número inteiro"
    if valor.primitivo == "decimal":
        return "um número com ponto decimal"
    return _FORMATOS.get(valor.primitivo, ("um valor aceito", ""))[0]


def esperado(valor: Valor) -> str:
    """What would be right, short enough for a table: `aaaa-mm-dd`, `6 dígitos`, `até 150 caracteres`."""
    if valor.lista:
        return "um destes: " + ", ".join(opcao for opcao in valor.lista if opcao)
    if valor.primitivo in _FORMATOS:
        return _FORMATOS[valor.primitivo][1]
    if valor.primitivo == "integer":
        return f"um número inteiro com até {valor.digitos} dígitos" if valor.digitos else "um número inteiro"
    if valor.primitivo == "decimal":
        return _esperado_decimal(valor)
    if valor.padroes:
        return " ou ".join(padrao_em_palavras(padrao) for padrao in valor.padroes)
    return _esperado_texto(valor)


def lista_na_frase(valor: Valor) -> str:
    """The accepted codes for a sentence: all of a short list, only their number of a long one."""
    opcoes = [opcao for opcao in valor.lista if opcao]
    if len(opcoes) > _OPCOES_NA_FRASE:
        return f"um dos {len(opcoes)} códigos da lista"
    return "um destes: " + ", ".join(opcoes)


def frase_de_valor(
    chamado: str, texto: str, tipo: Tipo, valor: Valor, *, opcional: bool, sugestao: str | None = None
) -> str:
    """What is wrong with `texto` in the field `chamado` (label and name), and what to write instead.

    `sugestao` is what it should have been where only its writing is wrong.
    """
    if not texto.strip():
        saida = " ou retire o campo, que é opcional." if opcional else "."
        return f"O campo {chamado} está vazio. Preencha-o ({esperado(valor)}){saida}"
    inicio = f"O campo {chamado} tem o valor “{cortado(texto)}”, que"
    if sugestao is not None and (escrita := _so_a_escrita(texto, sugestao, valor)):
        return f"{inicio} {escrita}: “{sugestao}”."
    if tipo is Tipo.FORA_DA_LISTA:
        return f"{inicio} não está na lista de valores aceitos. Informe {lista_na_frase(valor)}."
    if tipo is Tipo.LONGO and valor.maximo:
        return f"{inicio} tem {len(texto)} caracteres, e o máximo é {valor.maximo}. Encurte o texto."
    if tipo is Tipo.LONGO:
        return f"{inicio} tem dígitos demais. Informe {esperado(valor)}."
    if tipo is Tipo.CURTO:
        return f"{inicio} é curto demais. Informe {esperado(valor)}."
    if tipo is Tipo.PADRAO:
        return f"{inicio} não segue o formato do campo. Informe {esperado(valor)}."
    if valor.primitivo in {"date", "time", "dateTime"}:
        return f"{inicio} não é {o_que_e(valor)}. No XML o formato é {esperado(valor)}."
    return f"{inicio} não é {o_que_e(valor)}. Informe {esperado(valor)}."


def _so_a_escrita(texto: str, sugestao: str, valor: Valor) -> str | None:
    """What to say where marks were written that the XML does without; None where more than that is wrong."""
    if valor.primitivo == "decimal":
        return "não está escrito como no XML, que pede o número só com o ponto antes dos decimais"
    if texto.strip() == sugestao:
        return "tem espaços a mais. Escreva-o sem eles"
    if "".join(filter(str.isalnum, texto)).upper() == sugestao.upper() and not valor.lista:
        return "tem pontuação ou espaços, que o campo não leva. Escreva-o sem eles"
    return None


def padrao_em_palavras(padrao: str) -> str:
    """`[0-9]{6}` → `6 dígitos`; a pattern of another make is shown as it is."""
    partes = list(_PARTE.finditer(padrao))
    if not partes or "".join(parte[0] for parte in partes) != padrao:
        return padrao
    palavras = [_parte_em_palavras(parte) for parte in partes]
    return padrao if None in palavras else " e ".join(str(palavra) for palavra in palavras)


def _esperado_decimal(valor: Valor) -> str:
    if valor.digitos is None:
        return "um número com ponto decimal"
    decimais = valor.decimais or 0
    return f"um número com até {valor.digitos - decimais} dígitos antes do ponto e {decimais} depois"


def _esperado_texto(valor: Valor) -> str:
    if valor.maximo and valor.minimo == valor.maximo:
        return f"{valor.maximo} caracteres"
    if valor.maximo:
        return f"de {valor.minimo or 0} a {valor.maximo} caracteres"
    return f"pelo menos {valor.minimo} caracteres" if valor.minimo else "texto"


def _parte_em_palavras(parte: re.Match[str]) -> str | None:
    if parte[1] not in _CLASSES:
        return None
    um, muitos = _CLASSES[parte[1]]
    minimo = int(parte[2] or 1)
    maximo = int(parte[3] or minimo)
    quantos = str(maximo) if minimo == maximo else f"{minimo} a {maximo}"
    return f"{quantos} {um if maximo == 1 else muitos}"
