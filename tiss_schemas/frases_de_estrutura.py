"""Sentences on the children of a group: what is wrong, what belongs there, what to do."""

from __future__ import annotations

from tiss_schemas.espacos import nome_local
from tiss_schemas.lembranca import lembrar
from tiss_schemas.modelo import Trilha
from tiss_schemas.palavras import cortado, legenda, nome, ou


@lembrar(1_024)
def falta(pai: Trilha, tags: tuple[str, ...], onde: str) -> str:
    """One of `tags` is missing in the group `pai`."""
    nomes = [nome((*pai, tag)) for tag in tags]
    if len(nomes) == 1:
        return f"Em {nome(pai)} falta {nomes[0]}{onde}. Informe-o."
    return f"Em {nome(pai)} falta um destes{onde}: {ou(nomes)}. Informe um deles."


@lembrar(1_024)
def vazio(grupo: Trilha, tags: tuple[str, ...], *, sobra: bool) -> str:
    """The group is empty; `sobra`: it may be left out."""
    nomes = ", ".join(legenda((*grupo, tag)) for tag in tags)
    saida = "Retire-o, ou preencha" if sobra else "Preencha"
    return f"O grupo {nome(grupo)} está vazio. {saida}: {nomes}."


@lembrar(1_024)
def sem_grupo(pai: Trilha, grupo: str, soltos: tuple[str, ...]) -> str:
    """Fields stand in `pai` that belong into its group `grupo`, which is missing."""
    campos = ", ".join(legenda((*pai, grupo, tag)) for tag in soltos)
    estao = "está solto" if len(soltos) == 1 else "estão soltos"
    return (
        f"Falta o grupo {nome((*pai, grupo))} em volta de {campos}, que {estao} em {legenda(pai)}. "
        "Inclua o grupo com esses campos dentro dele."
    )


@lembrar(1_024)
def embrulhados(pai: Trilha, tag: str, dentro: tuple[str, ...]) -> str:
    """A group that does not exist stands around fields of `pai`."""
    campos = ", ".join(legenda((*pai, campo)) for campo in dentro)
    return (
        f"O grupo “{cortado(nome_local(tag))}” não existe no padrão TISS. O que está nele ({campos}) fica em "
        f"{legenda(pai)}: mova os campos e retire o grupo."
    )


@lembrar(1_024)
def nome_errado(pai: Trilha, tag: str, certa: str) -> str:
    """An element has a name that is not the standard's."""
    escrito, certo = cortado(nome_local(tag)), nome_local(certa)
    if escrito == certo:
        return f"“{escrito}” está fora do espaço de nomes da ANS. Troque-o pelo campo {legenda((*pai, certa))} da ANS."
    return (
        f"“{escrito}” não existe em {legenda(pai)}: o nome certo de {legenda((*pai, certa))} é “{certo}”. Renomeie-o."
    )


@lembrar(1_024)
def desconhecido(pai: Trilha, tag: str, *, perdido: bool) -> str:
    """An element that has no place in the group; `perdido`: it has one elsewhere."""
    saida = "Mova-o para o lugar dele, ou retire-o." if perdido else "Retire-o."
    return f"“{cortado(nome_local(tag))}” não existe em {nome(pai)} nesta versão do padrão TISS. {saida}"


@lembrar(1_024)
def grupo_errado(pai: Trilha, tag: str, destino: Trilha) -> str:
    """An element stands in a group that it does not belong to."""
    return f"{nome((*destino, tag))} está em {legenda(pai)}, mas fica em {nome(destino)}. Mova-o para lá."


@lembrar(1_024)
def fora_de_ordem(pai: Trilha, tag: str, onde: str) -> str:
    """An element stands in the wrong place among its siblings."""
    return f"{nome((*pai, tag))} está fora de ordem: deve vir {onde}. Mova-o."


@lembrar(1_024)
def repetido(pai: Trilha, tag: str, maximo: int, *, igual: bool) -> str:
    """An element stands there more often than it may."""
    vezes = "uma vez" if maximo == 1 else f"{maximo} vezes"
    saida = "Os dois são iguais: retire um." if igual else "Retire o que sobra."
    return f"{nome((*pai, tag))} aparece mais vezes do que pode: o máximo ali é {vezes}. {saida}"


@lembrar(1_024)
def alternativa(pai: Trilha, tag: str, outra: str) -> str:
    """An element stands beside another that excludes it."""
    return f"{nome((*pai, tag))} não pode estar junto de {nome((*pai, outra))}: informe só um dos dois."


@lembrar(1_024)
def alternativa_em_branco(pai: Trilha, tag: str, outra: str) -> str:
    """An element without a value stands beside another that excludes it."""
    return f"{nome((*pai, tag))} está vazio e não pode estar junto de {nome((*pai, outra))}. Retire o campo vazio."


@lembrar(1_024)
def ao_lado(pai: Trilha, antes: str | None, depois: str | None) -> str:
    """Where a child belongs: after the sibling `antes`, or else before `depois`; empty where it would be alone."""
    if antes is not None:
        return f"depois de {legenda((*pai, antes))}"
    return f"antes de {legenda((*pai, depois))}" if depois is not None else ""
