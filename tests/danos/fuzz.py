"""What holds for the verdict on any bytes whatever."""

from __future__ import annotations

import time

from lxml import etree

from tests.danos.mutacoes import MUTACOES, hostil
from tests.uploads.regras.apoio import AGORA, cadastro_de
from tiss_schemas.espacos import NS
from tiss_schemas.leitura import ler
from uploads.regras import REGRAS
from uploads.sugestoes import aplicar_sugestoes
from uploads.veredito import Veredito, julgar

CPU_POR_MB = 2.0
"""Seconds. A guard against what explodes, far above what is measured; `bench.hostis` has the figures."""
CPU_DE_QUALQUER_UM = 2.0
"""Seconds that even the smallest file may take: the first one compiles the schema."""


def conferir_rodada(sementes: range) -> int:
    """Judge the hostile input of each number; how many could be read as a message at all."""
    lidos = 0
    for semente in sementes:
        rodada, mutacao = divmod(semente, len(MUTACOES))
        try:
            lidos += _conferir(hostil(semente), com_cadastro=rodada % 2 == 1)
        except Exception as erro:
            erro.add_note(f"semente {semente}, {MUTACOES[mutacao].__name__}")
            raise
    return lidos


def _conferir(conteudo: bytes, *, com_cadastro: bool) -> bool:
    inicio = time.process_time()
    veredito = julgar(conteudo, "lote.xml", contexto_de=(lambda lote, _: cadastro_de(lote)) if com_cadastro else None)
    gasto = time.process_time() - inicio
    assert gasto <= max(CPU_DE_QUALQUER_UM, CPU_POR_MB * len(conteudo) / 1024**2), f"{gasto:.1f} s de CPU"
    if veredito.documento is None:
        assert len(veredito.achados) == 1
    _conferir_achados(veredito)
    return veredito.documento is not None


def conferir_consertos(sementes: range) -> int:
    """Mend the hostile input of each number by its own suggestions; how many had any that could be applied."""
    mudados = 0
    for semente in sementes:
        conteudo = hostil(semente)
        try:
            depois = aplicar_sugestoes(conteudo, "lote.xml", agora=AGORA)
            if depois.conteudo != conteudo:
                mudados += 1
                ler(depois.conteudo)
        except Exception as erro:
            erro.add_note(f"semente {semente}, {MUTACOES[semente % len(MUTACOES)].__name__}")
            raise
    return mudados


def _conferir_achados(veredito: Veredito) -> None:
    documento = veredito.documento
    raiz = None if documento is None else documento.raiz
    for achado in veredito.achados:
        assert achado.regra in REGRAS
        assert achado.codigo
        assert achado.mensagem.endswith("."), achado.mensagem
        assert "None" not in achado.mensagem
    for caminho in {achado.caminho for achado in veredito.achados}:
        if raiz is not None and caminho != "/":
            assert len(raiz.xpath(caminho, namespaces=NS)) == 1, caminho
            assert isinstance(raiz.xpath(caminho, namespaces=NS)[0], etree._Element)
