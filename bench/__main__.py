"""All measurements, one after the other: `make bench`. Each is a ratio against a bare baseline of the same run.

`make bench ARGS="motor capa"` runs only those named.
"""

from __future__ import annotations

import sys
from importlib import import_module

MEDIDAS = {
    "motor": "the engine beside the bare library calls and beside the package tiss",
    "veredito": "the engine and all rules on the largest file",
    "demonstrativo": "the XML of a statement of 22,000 items, written and read back, beside the bare library",
    "lote_escrito": "the XML of a lot of 100 typed guides, written and validated, beside the bare library",
    "digitacao": "a step of the typing form, its look-ups at full size, and what learning costs an import",
    "hostis": "the largest files that somebody could send to hurt: CPU per MB and peak of memory",
    "precos": "the verdict on the largest file with every line priced, beside the same without",
    "importacao": "the same file from Incluir to Importado, and 300 typical files with two processes",
    "conferencia": "the automatic pass over the largest protocol, beside the verdict on the same file",
    "beneficiarios": "half a million beneficiários from a file to the register, and looking one up",
    "listas": "list and search pages at few and at many guides",
    "pdf": "the cover of a lot beside a plain table",
    "demonstrativo_pdf": "statements of 1,000 items beside a plain table, and the largest that there is",
}


def main(pedidas: list[str]) -> int:
    """Run the named measurements, or all; 2 when a name is unknown."""
    desconhecidas = set(pedidas) - set(MEDIDAS)
    if desconhecidas:
        print(f"unknown: {', '.join(sorted(desconhecidas))}. There are: {', '.join(MEDIDAS)}", file=sys.stderr)
        return 2
    for nome in pedidas or MEDIDAS:
        print(f"\n{nome}: {MEDIDAS[nome]}", flush=True)
        sys.argv = [f"bench.{nome}"]
        import_module(f"bench.{nome}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
