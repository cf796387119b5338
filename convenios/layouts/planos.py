"""Planos of an operadora, each under its convênio."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar, vetor
from conecta.importacao.celulas import ErroDaCelula, codigo, data, escolhas, inteiro, sim_nao, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.models import Convenio, Plano

_CAMPOS_OPCIONAIS: Final = {
    "convenio": "convenio_id",
    "segmentacoes": "segmentacoes",
    "fim": "fim",
    "ativo": "ativo",
}
_SEGMENTACOES: Final = dict(Plano.Segmentacao.choices)


@dataclass(frozen=True, slots=True)
class _Convenios:
    """Ids of the operadora's convênios by code, and that of its principal one."""

    por_codigo: Mapping[int, int]
    principal: int | None


class LayoutDePlanos(Layout):
    """One row is one plano, known by its code."""

    id = "planos"
    titulo = "Planos"
    ajuda = "Os planos que a operadora vende e o convênio pelo qual cada um é faturado."
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="AMB-01",
            ajuda="Como vem na carteira ou no cadastro da operadora; até 20 caracteres.",
            sinonimos=("Código do plano", "Cód. plano", "Plano"),
        ),
        Coluna(
            nome="nome",
            titulo="Nome",
            obrigatoria=True,
            exemplo="Ambulatorial Regional",
            ajuda="Até 60 caracteres.",
            sinonimos=("Nome do plano", "Descrição"),
        ),
        Coluna(
            nome="convenio",
            titulo="Convênio",
            exemplo="1",
            ajuda="Código do convênio no Conecta. Vazio: o convênio principal.",
            sinonimos=("Código do convênio",),
        ),
        Coluna(
            nome="segmentacoes",
            titulo="Segmentação",
            exemplo="Ambulatorial",
            ajuda=f"Uma ou mais, separadas por vírgula: {', '.join(_SEGMENTACOES.values())}. Vazio: todas.",
            sinonimos=("Segmentações",),
        ),
        Coluna(
            nome="inicio",
            titulo="Início",
            obrigatoria=True,
            exemplo="01/01/2026",
            ajuda="Primeiro dia em que o plano vale.",
            sinonimos=("Início da vigência", "Data de início"),
        ),
        Coluna(
            nome="fim",
            titulo="Fim",
            ajuda="Último dia. Vazio: sem fim.",
            sinonimos=("Fim da vigência", "Data de fim"),
        ),
        Coluna(nome="ativo", titulo="Ativo", exemplo="Sim", ajuda="Sim ou Não. Vazio: Sim."),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> _Convenios:
        convenios = list(Convenio.objects.filter(operadora_id=organizacao_id).only("codigo", "principal"))
        return _Convenios(
            {convenio.codigo: convenio.pk for convenio in convenios},
            next((convenio.pk for convenio in convenios if convenio.principal), None),
        )

    def ler(self, valores: Mapping[str, str], preparado: _Convenios) -> tuple[Any, ...]:
        """(código, nome, id of the convênio, segmentações, início, fim, ativo)."""
        celulas = Celulas(valores)
        codigo_ = celulas.ler("codigo", codigo, maximo=20)
        nome = celulas.ler("nome", texto, maximo=60)
        convenio = celulas.ler("convenio", _convenio, preparado) or preparado.principal
        segmentacoes = celulas.ler("segmentacoes", escolhas, _SEGMENTACOES) or []
        inicio: date | None = celulas.ler("inicio", data)
        fim: date | None = celulas.ler("fim", data)
        ativo = celulas.ler("ativo", sim_nao)
        if not valores["convenio"] and convenio is None:
            celulas.recusar("convenio", "A operadora não tem convênio principal: escreva o código de um convênio.")
        if inicio and fim and fim < inicio:
            celulas.recusar("fim", "O fim vem antes do início. Confira as duas datas.")
        celulas.conferir()
        return (codigo_, nome, convenio, tuple(segmentacoes), inicio, fim, ativo is not False)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return str(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "convenios_plano",
            ("operadora_id", "codigo", "nome", "convenio_id", "segmentacoes", "inicio", "fim", "ativo"),
            ((organizacao_id, *linha[:3], vetor(linha[3]), *linha[4:]) for linha in linhas),
            chave=("operadora_id", "codigo"),
            so_ao_criar=fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


def _convenio(valor: str, convenios: _Convenios) -> int:
    numero = inteiro(valor)
    if numero not in convenios.por_codigo:
        raise ErroDaCelula(f"Nenhum convênio da operadora tem o código {numero}.")
    return convenios.por_codigo[numero]


registrar(LayoutDePlanos())
