"""What a rule may rest on: where the schema has spoken of that, what the rule would say is only a consequence."""

from __future__ import annotations

from enum import Enum, auto


class Base(Enum):
    """Something of the file that a rule takes for granted. A rule says so by `depende=` where it is registered."""

    CORPO = auto()
    """That the message has a body."""
    DESTINO = auto()
    """The addressee in the header."""
    VALORES_DA_GUIA = auto()
    """The amounts of all lines of the guide."""
    SEQUENCIAIS_DA_GUIA = auto()
    """The numbers of all lines of the guide."""
    VALORES_DA_LINHA = auto()
    """The amounts of the line that the field stands in."""
    GRUPO = auto()
    """The other fields of the group that the field stands in."""
