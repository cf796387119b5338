"""What a prestador has in stock, and what it pays for it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.copia import mesclar
from conecta.importacao.celulas import codigo, dinheiro, escolha, sim_nao, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.precos.layouts.tabelas import ALGARISMOS, CASAS
from convenios.precos.naturezas import Grupo

GRUPOS: Final = {str(valor): str(rotulo) for valor, rotulo in Grupo.choices}
_CAMPOS_OPCIONAIS: Final = {nome: nome for nome in ("codigo_tuss", "codigo_brasindice", "codigo_simpro", "ativo")}


class LayoutDeProdutos(Layout):
    """One row is one product, known by the prestador's own code."""

    id = "produtos"
    titulo = "Produtos e custo médio"
    ajuda = "Materiais e medicamentos do seu estoque. O custo é só seu: nenhuma operadora o vê."
    tipo = Organizacao.Tipo.PRESTADOR
    permissao = Permissao.PRECO_MUDAR
    colunas = (
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="MAT-0031",
            ajuda="O do seu estoque; até 20 caracteres.",
            sinonimos=("Código do produto",),
        ),
        Coluna(
            nome="descricao",
            titulo="Descrição",
            obrigatoria=True,
            exemplo="Agulha descartável 25 x 7",
            ajuda="Até 150 caracteres.",
            sinonimos=("Produto", "Nome"),
        ),
        Coluna(
            nome="grupo", titulo="Grupo", obrigatoria=True, exemplo="Materiais", ajuda=f"{', '.join(GRUPOS.values())}."
        ),
        Coluna(
            nome="custo_medio",
            titulo="Custo médio",
            obrigatoria=True,
            exemplo="1,2345",
            ajuda="Em reais, até 4 casas.",
            sinonimos=("Custo",),
        ),
        Coluna(nome="codigo_tuss", titulo="Código TUSS", ajuda="Da tabela 19 ou 20.", sinonimos=("TUSS",)),
        Coluna(nome="codigo_brasindice", titulo="Código Brasíndice", sinonimos=("Brasíndice",)),
        Coluna(nome="codigo_simpro", titulo="Código Simpro", sinonimos=("Simpro",)),
        Coluna(nome="ativo", titulo="Ativo", exemplo="Sim", ajuda="Sim ou Não. Vazio: Sim."),
    )

    def ler(self, valores: Mapping[str, str], preparado: None) -> tuple[Any, ...]:
        """(código, descrição, grupo, custo médio, TUSS, Brasíndice, Simpro, ativo)."""
        celulas = Celulas(valores)
        linha = (
            celulas.ler("codigo", codigo, maximo=20),
            celulas.ler("descricao", texto, maximo=150),
            celulas.ler("grupo", escolha, GRUPOS),
            celulas.ler("custo_medio", dinheiro, casas=CASAS, algarismos=ALGARISMOS),
            celulas.ler("codigo_tuss", codigo, maximo=10) or "",
            celulas.ler("codigo_brasindice", codigo, maximo=20) or "",
            celulas.ler("codigo_simpro", codigo, maximo=20) or "",
            celulas.ler("ativo", sim_nao) is not False,
        )
        celulas.conferir()
        return linha

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return str(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "precos_produto",
            (
                *("prestador_id", "codigo", "descricao", "grupo", "custo_medio"),
                *("codigo_tuss", "codigo_brasindice", "codigo_simpro", "ativo"),
            ),
            ((organizacao_id, *linha) for linha in linhas),
            chave=("prestador_id", "codigo"),
            so_ao_criar=fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


registrar(LayoutDeProdutos())
