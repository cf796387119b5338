"""Looking up a code of a long list of the standard, by code or by words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from conecta.texto import para_busca
from tiss_schemas.campos import Campo
from uploads.digitacao.models import ProfissionalConhecido
from uploads.digitacao.procuras_campos import NADA, OPCOES, Achados, Lugar, Opcao
from uploads.digitacao.procuras_texto import codigo_em, mais_usados, palavras_de, tem_as_palavras

_OCUPACOES = frozenset({"CBO", "CBOS", "cbosSolic", "cbosExec2"})


def da_lista(lugar: Lugar, texto: str) -> Achados:
    """Codes that begin so, then those in whose text the words stand. Without a text, what is usual here, then the first
    of the list. At most one query."""
    campos = [celula.campo for celula in lugar.celula.opcoes or (lugar.celula,) if celula.campo is not None]
    todas = [(campo, codigo, palavras) for campo in campos for codigo, palavras in campo.opcoes]
    if not texto:
        return _em_ordem(lugar, todas)
    codigo, palavras = codigo_em(texto), palavras_de(texto)
    iguais = [linha for linha in todas if linha[1] == codigo]
    if iguais:
        return Achados([_opcao(lugar, *linha) for linha in iguais[:1]])
    pelo_codigo = [linha for linha in todas if linha[1].startswith(codigo)]
    pelo_texto = [linha for linha in todas if palavras and tem_as_palavras(_busca(linha[2]), palavras)]
    achadas = list(dict.fromkeys(pelo_codigo + pelo_texto))
    return Achados([_opcao(lugar, *linha) for linha in achadas[:OPCOES]], len(achadas) > OPCOES)


def _em_ordem(lugar: Lugar, todas: list[tuple[Campo, str, str]]) -> Achados:
    usuais = list(dict.fromkeys(_usuais(lugar)))
    por_codigo = {codigo: linha for linha in reversed(todas) if (codigo := linha[1])}
    achadas = list(dict.fromkeys([por_codigo[codigo] for codigo in usuais if codigo in por_codigo] + todas))
    if not achadas:
        return NADA
    return Achados([_opcao(lugar, *linha) for linha in achadas[:OPCOES]], len(achadas) > OPCOES)


def _usuais(lugar: Lugar) -> Iterator[str]:
    """Occupations of the professionals that this prestador names."""
    if lugar.folha in _OCUPACOES:
        daqui = ProfissionalConhecido.objects.filter(prestador=lugar.guia.prestador_id).exclude(cbo="")
        yield from mais_usados(daqui).values_list("cbo", flat=True)[: OPCOES * 5]


def _opcao(lugar: Lugar, campo: Campo, codigo: str, texto: str) -> Opcao:
    preenche = {lugar.nome: codigo}
    if lugar.celula.opcoes:
        preenche[f"{lugar.nome[:-1]}?"] = campo.nome_xml
    return Opcao(rotulo=codigo, texto=texto, detalhe=campo.rotulo if lugar.celula.opcoes else "", preenche=preenche)


@lru_cache(maxsize=2048)
def _busca(texto: str) -> str:
    return para_busca(texto)
