"""Text as searches compare it."""

import unicodedata


def para_busca(texto: str) -> str:
    """Lower case, without accents, blanks folded: kept in a column of its own, compared with `=` or a range."""
    sem_acentos = "".join(c for c in unicodedata.normalize("NFD", texto.lower()) if not unicodedata.combining(c))
    return " ".join(sem_acentos.split())
