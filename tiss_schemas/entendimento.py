"""Names that are right but for their namespace: understood as ANS's, and said once for all that hangs below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.edicoes import Reler
from tiss_schemas.espacos import ANS, DS, TAG_ANS, TAG_DS, nome_local
from tiss_schemas.posicoes import Posicoes
from tiss_schemas.recusas import CODIGOS
from tiss_schemas.rotulos_textos import ROTULOS
from tiss_schemas.sugestoes import essencia

_RAIZ: Final = "mensagemTISS"
_CONHECIDOS: Final = frozenset(nome.rpartition("/")[2] for nome in ROTULOS)
_DECLARADO: Final = re.compile(rb"""xmlns(?::[^\s=:]+)?\s*=\s*["']([^"']*)["']""")
"""No colon in the prefix: else a text of nothing but "xmlns:" would be walked through once for each of them."""
_PROCURADOS: Final = 8
"""Foreign namespaces that are looked for one by one, in C; a file with more is walked through."""
_ASSINATURA: Final = f"{TAG_DS}Signature"


def entender(raiz: etree._Element, conteudo: bytes) -> list[tuple[etree._Element, str]]:
    """Put the elements that are ANS's but for their namespace, or for the letters of the root, into it.

    `conteudo` are the bytes that `raiz` was read from. Gives the topmost of them with what is said of each.
    """
    entendidos = []
    local = nome_local(raiz.tag)
    if raiz.tag != f"{TAG_ANS}{_RAIZ}" and essencia(local) == essencia(_RAIZ):
        entendidos.append((raiz, _frase_da_raiz(raiz.tag)))
        _por_no_espaco(raiz)
        raiz.tag = f"{TAG_ANS}{_RAIZ}"
    if _ha_estranhos(raiz, conteudo):
        for ramo in list(_ramos_estranhos(raiz)):
            entendidos.append((ramo, _frase_do_ramo(ramo.tag)))
            _por_no_espaco(ramo)
    return entendidos


def reparos_de_nomes(entendidos: list[tuple[etree._Element, str]], posicoes: Posicoes) -> list[Achado]:
    """A finding F05 (Tabela 38: 5001) at each element that was understood."""
    return [
        Achado(
            regra="F05",
            codigo=CODIGOS["F05"],
            severidade=Severidade.IMPEDITIVA,
            mensagem=mensagem,
            caminho=posicoes.caminho(elemento),
            linha=posicoes.linha(elemento),
            esperado=ANS,
            conserto=(Reler(),),
            tipo=Tipo.ARQUIVO,
        )
        for elemento, mensagem in entendidos
    ]


def _ha_estranhos(raiz: etree._Element, conteudo: bytes) -> bool:
    """Whether an element may stand outside the namespaces of a message."""
    declarados = {espaco.decode("iso-8859-1") for espaco in _DECLARADO.findall(conteudo)} - {ANS, DS, ""}
    if len(declarados) > _PROCURADOS:
        return True
    return any(next(raiz.iter(f"{{{espaco}}}*"), None) is not None for espaco in ("", *declarados))


def _ramos_estranhos(raiz: etree._Element) -> Iterator[etree._Element]:
    """The topmost groups of a foreign namespace whose names are of the standard. A signature has its own business."""
    a_ver = [raiz]
    while a_ver:
        elemento = a_ver.pop()
        if elemento.tag == _ASSINATURA:
            continue
        do_padrao = nome_local(elemento.tag) in _CONHECIDOS and len(elemento) > 0
        if elemento.tag.startswith(TAG_ANS) or not do_padrao:
            a_ver.extend(reversed(list(elemento.iterchildren(etree.Element))))
        else:
            yield elemento


def _por_no_espaco(topo: etree._Element) -> None:
    """Put `topo` and what hangs below it in the same namespace into ANS's."""
    estranho = topo.tag[: -len(nome_local(topo.tag))]
    for elemento in [*topo.iter(f"{estranho or '{}'}*")]:
        elemento.tag = f"{TAG_ANS}{nome_local(elemento.tag)}"


def _espaco(tag: str) -> str:
    return (
        f"está no espaço de nomes “{tag[1:].partition('}')[0]}”" if tag.startswith("{") else "está sem espaço de nomes"
    )


def _frase_da_raiz(tag: str) -> str:
    if tag.startswith(TAG_ANS):
        o_que = f"O arquivo começa por “{nome_local(tag)}”, e o nome certo é “{_RAIZ}”."
    elif nome_local(tag) == _RAIZ:
        o_que = f"A mensagem {_espaco(tag)}, e o da ANS é “{ANS}”."
    else:
        o_que = f"O arquivo começa por “{nome_local(tag)}”, que {_espaco(tag)}; o certo é “{_RAIZ}”, no da ANS ({ANS})."
    return f"{o_que} O arquivo foi lido como se estivesse certo, e é gravado certo quando você salva."


def _frase_do_ramo(tag: str) -> str:
    return (
        f"“{nome_local(tag)}”, com o que há dentro dele, {_espaco(tag)}, e não no da ANS ({ANS}). O arquivo foi lido "
        "como se estivesse certo, e é gravado certo quando você salva."
    )
