"""What each plano covers, by codes and waiting periods."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar
from conecta.importacao.celulas import ErroDaCelula, inteiro, sim_nao
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.forms import TABELAS
from convenios.layouts.comum import plano, planos_por_codigo, tabela_do_item

"""Tables that an item's code may come from."""
MAIOR_CARENCIA: Final = 3_650
_CAMPOS_OPCIONAIS: Final = {"coberto": "coberto", "carencia": "carencia_dias"}


class LayoutDeCoberturas(Layout):
    """One row is what a plano says of the codes that begin alike."""

    id = "coberturas"
    titulo = "Coberturas dos planos"
    ajuda = "O que cada plano cobre e depois de quantos dias; o começo de código mais longo que serve decide."
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="plano",
            titulo="Plano",
            obrigatoria=True,
            exemplo="AMB-01",
            ajuda="Código de um plano cadastrado.",
            sinonimos=("Código do plano", "Cód. plano"),
        ),
        Coluna(
            nome="tabela",
            titulo="Tabela",
            obrigatoria=True,
            exemplo="22",
            ajuda=f"Tabela do código no padrão TISS: {', '.join(TABELAS)}.",
        ),
        Coluna(
            nome="prefixo",
            titulo="Código",
            exemplo="4030",
            ajuda="O código, ou como ele começa; só algarismos. Vazio: toda a tabela.",
            sinonimos=("Prefixo", "Código ou começo"),
        ),
        Coluna(nome="coberto", titulo="Coberto", exemplo="Sim", ajuda="Sim ou Não. Vazio: Sim."),
        Coluna(
            nome="carencia",
            titulo="Carência",
            exemplo="180",
            ajuda="Dias desde a inclusão até a cobertura começar. Vazio: 0.",
            sinonimos=("Carência em dias", "Dias de carência"),
        ),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> dict[str, int]:
        """Ids of the operadora's planos by code."""
        return planos_por_codigo(organizacao_id)

    def ler(self, valores: Mapping[str, str], preparado: Mapping[str, int]) -> tuple[Any, ...]:
        """(plano's id, tabela, prefixo, coberto, carência in days)."""
        celulas = Celulas(valores)
        do_plano = celulas.ler("plano", plano, preparado)
        tabela = celulas.ler("tabela", tabela_do_item)
        prefixo = celulas.ler("prefixo", _prefixo) or ""
        coberto = celulas.ler("coberto", sim_nao)
        carencia = celulas.ler("carencia", inteiro, maximo=MAIOR_CARENCIA) or 0
        celulas.conferir()
        return (do_plano, tabela, prefixo, coberto is not False, carencia)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return linha[:3]

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "convenios_coberturadoplano",
            ("operadora_id", "plano_id", "tabela", "prefixo", "coberto", "carencia_dias"),
            ((organizacao_id, *linha) for linha in linhas),
            chave=("plano_id", "tabela", "prefixo"),
            so_ao_criar=("operadora_id", *fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS)),
        )
        return Gravadas.de(mescladas, linhas)


def _prefixo(valor: str) -> str:
    if not (valor.isascii() and valor.isdigit() and len(valor) <= 10):
        raise ErroDaCelula("Escreva só algarismos, até 10: o código, ou como ele começa.")
    return valor


registrar(LayoutDeCoberturas())
