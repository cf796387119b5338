"""What an operadora demands of procedures."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar, vetor
from conecta.importacao.celulas import ErroDaCelula, codigo, data, escolha, escolhas, inteiro, sim_nao
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.exigencias.models import Denticao
from convenios.exigencias.models.procedimento import MAIOR_IDADE, MAIOR_INTERVALO, MAIOR_QUANTIDADE, PREFIXO
from convenios.forms import TABELAS
from convenios.layouts.comum import tabela_do_item
from convenios.models import Beneficiario, Convenio
from tiss_schemas import dominios

_GRAUS: Final = dominios.TEXTOS["dm_grauPart"]
_MARCAS: Final = ("exige_autorizacao", "exige_solicitante", "exige_equipe", "exige_dente_ou_regiao")
_NUMEROS: Final = {
    "quantidade_maxima_por_guia": (1, MAIOR_QUANTIDADE),
    "quantidade_maxima_por_dia": (1, MAIOR_QUANTIDADE),
    "intervalo_minimo_dias": (1, MAIOR_INTERVALO),
    "idade_minima": (0, MAIOR_IDADE),
    "idade_maxima": (0, MAIOR_IDADE),
}
_CAMPOS: Final = (
    *("tabela", "prefixo", "convenio_id", "inicio", "fim"),
    *_MARCAS,
    *_NUMEROS,
    *("sexo", "denticao", "graus", "cbos"),
)
_OPCIONAIS: Final = {nome: nome for nome in _CAMPOS if nome not in ("tabela", "prefixo", "convenio_id", "inicio")}


class LayoutDeExigencias(Layout):
    """One row is what is demanded of some codes, known by table, code, convênio and first day."""

    id = "exigencias"
    titulo = "Exigências por procedimento"
    ajuda = "O que cada código, ou começo de código, tem de cumprir. Linhas que o arquivo não tem ficam como estão."
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="tabela",
            titulo="Tabela",
            obrigatoria=True,
            exemplo="22",
            ajuda=f"{', '.join(TABELAS[:-1])} ou {TABELAS[-1]}.",
            sinonimos=("Código da tabela", "Tabela TISS"),
        ),
        Coluna(
            nome="prefixo",
            titulo="Código",
            exemplo="41101",
            ajuda="O código inteiro ou como ele começa, até 10 caracteres. Vazio: toda a tabela.",
            sinonimos=("Código do procedimento", "Código TUSS", "Prefixo", "Procedimento"),
        ),
        Coluna(nome="convenio", titulo="Convênio", ajuda="Código do convênio no Conecta. Vazio: todos."),
        Coluna(
            nome="inicio",
            titulo="Início",
            obrigatoria=True,
            exemplo="01/01/2026",
            ajuda="Primeiro dia dos itens a que se aplica.",
            sinonimos=("Vale desde", "Início da vigência"),
        ),
        Coluna(nome="fim", titulo="Fim", ajuda="Último dia. Vazio: sem fim.", sinonimos=("Vale até",)),
        Coluna(nome="exige_autorizacao", titulo="Exige autorização", exemplo="Sim", ajuda="Sim ou Não (A11)."),
        Coluna(nome="exige_solicitante", titulo="Exige solicitante", ajuda="Sim ou Não (P07)."),
        Coluna(nome="exige_equipe", titulo="Exige equipe", ajuda="Sim ou Não (I24)."),
        Coluna(nome="exige_dente_ou_regiao", titulo="Exige dente ou região", ajuda="Sim ou Não (I39)."),
        Coluna(nome="quantidade_maxima_por_guia", titulo="Máximo por guia", ajuda="De cada código (I10)."),
        Coluna(nome="quantidade_maxima_por_dia", titulo="Máximo por dia", exemplo="1", ajuda="De cada código (I10)."),
        Coluna(nome="intervalo_minimo_dias", titulo="Intervalo mínimo", ajuda="Dias entre repetições (C30)."),
        Coluna(nome="idade_minima", titulo="Idade mínima", ajuda="Em anos (I22)."),
        Coluna(nome="idade_maxima", titulo="Idade máxima", ajuda="Em anos (I22)."),
        Coluna(nome="sexo", titulo="Sexo", ajuda="Masculino ou Feminino (I21). Vazio: qualquer um."),
        Coluna(nome="denticao", titulo="Dentição", ajuda=f"{' ou '.join(Denticao.labels)} (I40)."),
        Coluna(
            nome="graus",
            titulo="Graus de participação",
            ajuda="Códigos ou nomes, separados por vírgula (I26). Vazio: todos.",
        ),
        Coluna(nome="cbos", titulo="CBOs", ajuda="Códigos de 6 dígitos, separados por vírgula (I23)."),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> Mapping[int, int]:
        return dict(Convenio.objects.filter(operadora_id=organizacao_id).values_list("codigo", "pk"))

    def ler(self, valores: Mapping[str, str], preparado: Mapping[int, int]) -> tuple[Any, ...]:
        """Values of `_CAMPOS`, in that order."""
        celulas = Celulas(valores)
        tabela = celulas.ler("tabela", tabela_do_item)
        prefixo = celulas.ler("prefixo", _prefixo) or ""
        convenio = celulas.ler("convenio", _convenio, preparado)
        inicio: date | None = celulas.ler("inicio", data)
        fim: date | None = celulas.ler("fim", data)
        marcas = [celulas.ler(nome, sim_nao) or False for nome in _MARCAS]
        numeros = {
            nome: celulas.ler(nome, inteiro, minimo=menor, maximo=maior) for nome, (menor, maior) in _NUMEROS.items()
        }
        sexo = celulas.ler("sexo", escolha, dict(Beneficiario.Sexo.choices)) or ""
        denticao = celulas.ler("denticao", escolha, dict(Denticao.choices)) or ""
        graus = celulas.ler("graus", escolhas, _GRAUS) or []
        cbos = celulas.ler("cbos", _cbos) or []
        if inicio and fim and fim < inicio:
            celulas.recusar("fim", "O fim vem antes do início. Confira as duas datas.")
        minima, maxima = numeros["idade_minima"], numeros["idade_maxima"]
        if minima is not None and maxima is not None and maxima < minima:
            celulas.recusar("idade_maxima", "A idade máxima é menor que a mínima. Confira as duas.")
        celulas.conferir()
        return (
            *(tabela, prefixo, convenio, inicio, fim),
            *marcas,
            *numeros.values(),
            *(sexo, denticao, tuple(graus), tuple(cbos)),
        )

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return linha[:4]

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "exigencias_exigenciadoprocedimento",
            ("operadora_id", *_CAMPOS),
            ((organizacao_id, *linha[:-2], vetor(linha[-2]), vetor(linha[-1])) for linha in linhas),
            chave=("operadora_id", "tabela", "prefixo", "convenio_id", "inicio"),
            so_ao_criar=fora_do_arquivo(opcoes, _OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


def _prefixo(valor: str) -> str:
    prefixo = codigo(valor, maximo=10)
    try:
        PREFIXO(prefixo)
    except ValidationError as erro:
        raise ErroDaCelula(erro.messages[0]) from None
    return prefixo


def _convenio(valor: str, convenios: Mapping[int, int]) -> int:
    numero = inteiro(valor)
    if numero not in convenios:
        raise ErroDaCelula(f"Nenhum convênio da operadora tem o código {numero}.")
    return convenios[numero]


def _cbos(valor: str) -> list[str]:
    codigos = [parte for parte in re.split(r"[,;|\s]+", valor) if parte]
    for cbo in codigos:
        if dominios.texto("dm_CBOS", cbo) == cbo:
            raise ErroDaCelula(f"{cbo[:20]} não é um CBO do padrão. Escreva códigos de 6 dígitos.")
    return sorted(set(codigos))


registrar(LayoutDeExigencias())
