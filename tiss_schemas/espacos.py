"""The two XML namespaces of a TISS message, and the prefixes that our paths use for them."""

from __future__ import annotations

from typing import Final

ANS: Final = "http://www.ans.gov.br/padroes/tiss/schemas"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"

NS: Final[dict[str, str]] = {"ans": ANS, "ds": DS}
"""For `xpath(caminho, namespaces=NS)`: every path of an `Achado` is written with these prefixes."""

TAG_ANS: Final = f"{{{ANS}}}"
TAG_DS: Final = f"{{{DS}}}"


def nome_local(tag: str) -> str:
    """The name without its namespace: `{http://…}guiaConsulta` → `guiaConsulta`."""
    return tag.rpartition("}")[2]
