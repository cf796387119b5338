"""The one way in which lxml is let near the bytes of a stranger."""

from __future__ import annotations

from lxml import etree


def leitor_seguro(
    codificacao: str, *, so_dados: bool, sem_recuo: bool = False, esquema: etree.XMLSchema | None = None
) -> etree.XMLParser:
    """A parser that fetches, expands and unpacks nothing, for bytes in `codificacao` whatever they declare.

    `so_dados` leaves comments and instructions out and takes CDATA for text, `sem_recuo` the blanks between tags too;
    with `esquema` it validates while it reads.
    """
    return etree.XMLParser(
        encoding=codificacao,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=so_dados,
        remove_pis=so_dados,
        strip_cdata=so_dados,
        remove_blank_text=sem_recuo,
        schema=esquema,
    )
