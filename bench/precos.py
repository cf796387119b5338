"""What pricing adds to the verdict on the largest file, register and all: `python -m bench.precos`.

The same file is judged with the register of the database, once with every table out of use and once with all of it in
force: 22,000 lines, each with a code of its own, so that nothing is answered twice. Procedures are priced by a table of
portes, medicines and materials by Brasíndice. Budget: half the time of the file without pricing, and as many queries
for a hundred guides as for one. A scratch database is made and removed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from statistics import median
from typing import Any

import django
from lxml import etree

from bench.banco import banco_de_rascunho

RODADAS = 5
TETO = 0.5
GUIAS, ITENS = 100, 220
_ANS = "{http://www.ans.gov.br/padroes/tiss/schemas}"
_INICIO = date(2020, 1, 1)
_COMECOS = {"18": "60", "19": "70", "20": "90", "22": "40"}


def medir() -> Iterator[str]:
    """One line for the time and one for the queries."""
    from tests.fabrica import montar_cenario

    with banco_de_rascunho("precos"):
        cenario = montar_cenario()
        grande, cobrados = _com_codigos_proprios(_exemplo(cenario, GUIAS, ITENS))
        pequeno, outros = _com_codigos_proprios(_exemplo(cenario, 1, 10))
        _registrar(cenario, cobrados | outros)
        tempos = [(_julgar(cenario, grande, False)[0], _julgar(cenario, grande, True)[0]) for _ in range(RODADAS)]
        sem, com = (median(medidos) for medidos in zip(*tempos, strict=True))
        yield (
            f"{len(cobrados)} linhas, cada uma com o seu código   sem preços {sem:7.3f} s   com preços {com:7.3f} s   "
            f"{com / sem - 1:+5.2f}x (teto +{TETO}x)"
        )
        uma, todas = (_julgar(cenario, conteudo, True)[1] for conteudo in (pequeno, grande))
        yield f"consultas ao banco: {uma} com uma guia, {todas} com {GUIAS}"


def _exemplo(cenario: Any, guias: int, itens: int) -> bytes:
    from django.utils import timezone

    from tests.fabrica import CARTEIRAS, PASA
    from tiss_schemas.exemplos import lote_exemplo

    return lote_exemplo(
        "sadt",
        guias=guias,
        itens=itens,
        registro_ans=PASA,
        cnpj=cenario.aurelia.documento,
        carteiras=[CARTEIRAS[PASA].format(n) for n in range(40)],
        data=timezone.localdate() - timedelta(days=1),
    )


def _com_codigos_proprios(conteudo: bytes) -> tuple[bytes, dict[tuple[str, str], Decimal]]:
    """The file with another code in each line, and what each one charges, by TISS table and code."""
    from tiss_schemas import hash as epilogo

    raiz = etree.fromstring(conteudo)
    ordem = count()
    cobrados = {}
    for no in raiz.iter(f"{_ANS}codigoProcedimento"):
        linha = next(pai for pai in no.iterancestors() if pai.find(f"{_ANS}valorUnitario") is not None)
        tabela = no.getparent().findtext(f"{_ANS}codigoTabela")
        no.text = f"{_COMECOS[tabela]}{next(ordem):06d}"
        cobrados[tabela, no.text] = Decimal(linha.findtext(f"{_ANS}valorUnitario"))
    raiz.find(f".//{_ANS}epilogo/{_ANS}hash").text = epilogo.calcular(raiz)
    return etree.tostring(raiz, encoding="ISO-8859-1", xml_declaration=True), cobrados


def _registrar(cenario: Any, cobrados: dict[tuple[str, str], Decimal]) -> None:
    """Agree on exactly what the lines charge, so that the verdict stays clean."""
    from convenios.models import Convenio
    from convenios.precos.models import (
        EdicaoDeReferencia,
        ItemDeReferencia,
        Preco,
        TabelaDePreco,
        ValorDoPorte,
        VinculoDeTabela,
    )

    pasa = cenario.pasa
    da_lista = {chave: valor for chave, valor in cobrados.items() if chave[0] in ("19", "20")}
    with cenario.dentro("pasa"):
        principal = Convenio.objects.get(principal=True)
        tabela = TabelaDePreco.objects.create(
            operadora=pasa, nome="Portes", tipo="portes", uco=Decimal("0.01"), inicio=_INICIO
        )
        ValorDoPorte.objects.create(operadora=pasa, tabela=tabela, porte="1A", valor=Decimal(0))
        Preco.objects.bulk_create(
            Preco(
                operadora=pasa,
                tabela=tabela,
                tabela_tiss=tiss,
                codigo=codigo,
                porte="1A",
                custo_operacional=valor * 100,
                inicio=_INICIO,
            )
            for (tiss, codigo), valor in cobrados.items()
            if (tiss, codigo) not in da_lista
        )
        for natureza in ("procedimentos", "taxas"):
            VinculoDeTabela.objects.create(
                operadora=pasa, convenio=principal, natureza=natureza, tabela=tabela, inicio=_INICIO
            )
        edicao = EdicaoDeReferencia.objects.create(operadora=pasa, lista="brasindice", edicao="1", inicio=_INICIO)
        ItemDeReferencia.objects.bulk_create(
            ItemDeReferencia(
                operadora=pasa,
                edicao=edicao,
                codigo=codigo,
                codigo_tuss=codigo,
                descricao="Inventado",
                grupo="medicamento" if tiss == "20" else "material",
                pmc=valor,
                pfb=valor,
            )
            for (tiss, codigo), valor in da_lista.items()
        )


def _usar_precos(cenario: Any, usar: bool) -> None:
    """Put every table and list into force, or out of it."""
    from convenios.models import Convenio
    from convenios.precos.models import TabelaDePreco

    referencia = "brasindice" if usar else "nenhuma"
    with cenario.dentro("pasa"):
        TabelaDePreco.objects.update(ativa=usar)
        Convenio.objects.update(referencia_medicamento=referencia, referencia_material=referencia)


def _julgar(cenario: Any, conteudo: bytes, com_precos: bool) -> tuple[float, int]:
    """Seconds of the verdict with all that it loads, and how many queries that takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from uploads.contexto import carregar_contexto
    from uploads.veredito import julgar

    _usar_precos(cenario, com_precos)
    contexto_de = partial(carregar_contexto, prestador=cenario.aurelia, arquivo_id=None, agora=timezone.localtime())
    with cenario.dentro("aurelia"), CaptureQueriesContext(connection) as consultas:
        inicio = time.perf_counter()
        veredito = julgar(conteudo, "lote.xml", contexto_de=contexto_de)
        tempo = time.perf_counter() - inicio
    if veredito.achados:
        raise RuntimeError(f"a file in order was expected: {veredito.achados[0].mensagem}")
    return tempo, len(consultas)


def main() -> None:
    """Print every measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
