"""The largest files that somebody could send to hurt, each judged in a process of its own: `python -m bench.hostis`.

CPU counts from the bytes to the verdict, with the schemas compiled and every rule under a full register; then the file
is mended by its own suggestions, verdict after verdict. The peak is that of the whole process, Django and all.
Ceilings: 2 s of CPU per MB for the verdict, and 400 MB.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django

from tiss_schemas.exemplos import lote_exemplo

VERSAO = "4.03.00"
MB = 1024 * 1024
TAMANHO = 15 * MB
CPU_POR_MB = 2.0
PICO_MB = 400
AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))

Fabrica = Callable[[], bytes]


def _grande() -> bytes:
    return lote_exemplo("sadt", VERSAO, guias=100, itens=220)


def _em_volta(miolo: bytes, quanto: int = TAMANHO) -> bytes:
    """A message whose guide holds `miolo` as often as fits into `quanto` bytes."""
    antes, depois = lote_exemplo("sadt", VERSAO).split(b"</ans:dadosExecutante>", 1)
    vezes = (quanto - len(antes) - len(depois) - 64) // len(miolo)
    return antes + b"</ans:dadosExecutante>" + miolo * vezes + depois


def _sem(padrao: bytes) -> Fabrica:
    return lambda: re.sub(padrao, b"", _grande(), flags=re.DOTALL)


def _trocado(padrao: bytes, por: bytes) -> Fabrica:
    return lambda: re.sub(padrao, por, _grande(), flags=re.DOTALL)


def _numa_guia(padrao: bytes, por: bytes) -> Fabrica:
    """All the items that one guide may have, changed: what looks for a field among them must not look anew for each."""
    return lambda: re.sub(padrao, por, lote_exemplo("sadt", VERSAO, guias=1, itens=10_000, maximo=True))


def _seiscentos_mil() -> bytes:
    """Just under the limit of elements, in groups under the limit of children."""
    grupo = b"<ans:procedimento>" + b"<ans:x/>" * 29_000 + b"</ans:procedimento>"
    return _em_volta(grupo, 20 * len(grupo) + 8_000)


def _nomes_distintos() -> bytes:
    return _em_volta(b"".join(b"<ans:n%d>x</ans:n%d>" % (n, n) for n in range(29_000)), 2 * MB)


def _profundo() -> bytes:
    return _em_volta(b"<a>" * 240 + b"</a>" * 240, 2 * MB)


HOSTIS: dict[str, Fabrica] = {
    "em ordem, para comparar": _grande,
    "cada campo de cada item errado": _trocado(rb"(<ans:(?:data|hora|quant|valor|codigo|redu)\w+>)[^<]*", rb"\1x"),
    "cada total de item errado": _trocado(rb"<ans:valorUnitario>", rb"\g<0>9"),
    "vírgula em cada valor": _trocado(rb"(<ans:valor\w+>\d+)\.(\d\d)<", rb"\1,\2<"),
    "brancos em volta de cada valor": _trocado(rb">([^<\n]+)</", rb"> \1 </"),
    "um campo a menos em cada guia": _sem(rb"<ans:CNES>[^<]*</ans:CNES>\n"),
    "um campo a menos em cada item": _sem(rb"<ans:reducaoAcrescimo>[^<]*</ans:reducaoAcrescimo>\n"),
    "um campo a mais em cada item": _trocado(rb"<ans:valorUnitario>[^<]*</ans:valorUnitario>\n", rb"\g<0>\g<0>"),
    "dois campos trocados em cada item": _trocado(
        rb"(<ans:valorUnitario>[^<]*</ans:valorUnitario>\n)(<ans:valorTotal>[^<]*</ans:valorTotal>\n)", rb"\2\1"
    ),
    "um elemento estranho em cada item": _trocado(rb"<ans:valorUnitario>", rb"<ans:estranho>1</ans:estranho>\g<0>"),
    "um nome errado em cada item": _trocado(rb"(</?ans:)valorUnitario>", rb"\1ValorUnitario>"),
    "nenhum número nos itens de uma guia": _numa_guia(rb"<ans:sequencialItem>[^<]*</ans:sequencialItem>\n", b""),
    "um campo de outro grupo em cada item": _numa_guia(
        rb"<ans:reducaoAcrescimo>", rb"<ans:unidadeMedida>001</ans:unidadeMedida>\g<0>"
    ),
    "um atributo a mais em cada campo": _trocado(rb"<ans:(\w+)>", rb'<ans:\1 x="1">'),
    "texto solto em cada item": _trocado(rb"<ans:valorUnitario>", rb"solto\g<0>"),
    "outro espaço de nomes": _trocado(rb"schemas\"", rb'schema"'),
    "nenhum espaço de nomes": _trocado(rb"ans:|xmlns:ans=\"[^\"]*\"", b""),
    "loteGuias sem a mensagem em volta": lambda: (
        b'<ans:loteGuias xmlns:ans="http://www.ans.gov.br/padroes/tiss/schemas">'
        + _grande().partition(b"<ans:loteGuias>")[2].partition(b"</ans:loteGuias>")[0]
        + b"</ans:loteGuias>"
    ),
    "UTF-8 declarado como ISO-8859-1": lambda: _grande().decode("latin-1").encode("utf-8"),
    "cada guia com o mesmo número": _trocado(rb"(<ans:numeroGuiaPrestador>)[^<]*", rb"\g<1>1"),
    "600 mil elementos estranhos": _seiscentos_mil,
    "15 MB de elementos vazios": lambda: _em_volta(b"<a/>"),
    "29 mil nomes distintos": _nomes_distintos,
    "29 mil irmãos repetidos": lambda: _em_volta(b"<ans:senha>1</ans:senha>", 700_000),
    "240 níveis, muitas vezes": _profundo,
    "60 atributos em cada elemento": lambda: _em_volta(
        b"<ans:x" + b"".join(b' atributo%d="valor"' % n for n in range(60)) + b"/>"
    ),
    "textos de um milhão de letras": lambda: _em_volta(b"<ans:senha>" + b"a" * 999_000 + b"</ans:senha>"),
    "começos de declaração sem fim": lambda: _em_volta(b"<ans:senha>" + b"xmlns:" * 160_000 + b"</ans:senha>"),
    "um milhão de brancos antes de texto solto": lambda: _em_volta(b"<ans:senha>1</ans:senha>" + b" " * 990_000 + b"x"),
    "um espaço de nomes por elemento": lambda: _em_volta(
        b"".join(b'<p:x xmlns:p="urn:%d"/>' % n for n in range(1_000)), 700_000
    ),
    "só comentários": lambda: _em_volta(b"<!-- x -->"),
    "só CDATA": lambda: _em_volta(b"<ans:senha><![CDATA[1]]></ans:senha>", MB),
    "só referências de caractere": lambda: _em_volta(b"<ans:senha>" + b"&#65;" * 190_000 + b"</ans:senha>"),
    "cortado no fim": lambda: _grande()[:-200],
    "bytes soltos no fim": lambda: _grande() + b"x",
}


@dataclass(frozen=True, slots=True)
class Medida:
    """CPU in seconds and peaks in MB: of the verdict, then of the verdicts and edits that mend the file."""

    tamanho: float
    cpu: float = 0.0
    pico: float = 0.0
    cpu_do_conserto: float = 0.0
    pico_do_conserto: float = 0.0
    achados: int = 0
    restam: int = 0
    falha: str = ""

    def __str__(self) -> str:
        por_mb = self.cpu / max(self.tamanho, 0.1)
        acima = por_mb > CPU_POR_MB or max(self.pico, self.pico_do_conserto) > PICO_MB or self.falha
        return (
            f"{self.tamanho:5.1f} MB  {por_mb:6.3f} s/MB (teto {CPU_POR_MB:.0f})  pico {self.pico:4.0f} MB "
            f"(teto {PICO_MB})  {self.achados:6d} achados   conserto {self.cpu_do_conserto:6.2f} s, pico "
            f"{self.pico_do_conserto:4.0f} MB, restam {self.restam}{'  ACIMA DO TETO' if acima else ''} {self.falha}"
        ).rstrip()


def medir(fabrica: Fabrica) -> Medida:
    """Judge and mend the file in a child."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as arquivo:
        conteudo = fabrica()
        arquivo.write(conteudo)
        arquivo.flush()
        filho = subprocess.run(
            [sys.executable, "-m", "bench.hostis", arquivo.name], capture_output=True, text=True, check=False
        )
    if filho.returncode != 0:
        ultima = (filho.stderr.strip() or f"sinal {-filho.returncode}").splitlines()[-1]
        return Medida(len(conteudo) / MB, falha=f"FALHOU: {ultima}")
    return Medida(len(conteudo) / MB, **json.loads(filho.stdout))


def _um(caminho: Path) -> dict[str, float]:
    """In the child: judge the file, then mend it by what is suggested."""
    from bench.veredito import _cadastro
    from uploads.sugestoes import aplicar_sugestoes
    from uploads.veredito import julgar

    for versao in (VERSAO, "4.02.00"):
        julgar(re.sub(rb"<ans:CNES>", b"<ans:CNES>x", lote_exemplo("sadt", versao)), contexto_de=_cadastro)
    conteudo = caminho.read_bytes()
    inicio = time.process_time()
    achados = len(julgar(conteudo, "lote.xml", contexto_de=_cadastro).achados)
    julgado, pico = time.process_time(), _pico()
    restam = len(aplicar_sugestoes(conteudo, agora=AGORA).achados)
    return {
        "cpu": julgado - inicio,
        "pico": pico,
        "achados": achados,
        "cpu_do_conserto": time.process_time() - julgado,
        "pico_do_conserto": _pico(),
        "restam": restam,
    }


def _pico() -> float:
    """Highest resident memory of this program in MB: `getrusage` would count the parent's, from before the exec."""
    achado = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    assert achado is not None
    return int(achado[1]) / 1024


def main() -> None:
    """Print one line per hostile file."""
    for nome, fabrica in HOSTIS.items():
        print(f"{nome:<36} {medir(fabrica)}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    if len(sys.argv) > 1:
        print(json.dumps(_um(Path(sys.argv[1]))))
    else:
        main()
