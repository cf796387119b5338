"""Contracts with prestadores: changes of many at once. A contract is made by a request or an invitation, not here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar, vetor
from conecta.importacao.celulas import ErroDaCelula, cnpj_ou_cpf, codigo, data, escolhas, sim_nao, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.models import Credenciamento
from convenios.tipos_de_guia import TIPOS_DE_GUIA

_CAMPOS_OPCIONAIS: Final = {"fim": "fim", "ativo": "ativo", "tipos": "tipos_de_guia", "grupo": "grupo"}


@dataclass(frozen=True, slots=True)
class _Contratos:
    """Prestadores' ids by CNPJ or CPF, and whose each code is, rows of the file that were read included."""

    por_documento: Mapping[str, int]
    dono_do_codigo: dict[str, int]


class LayoutDeCredenciamentos(Layout):
    """One row is the contract with one prestador, known by its CNPJ or CPF."""

    id = "credenciamentos"
    titulo = "Credenciamentos"
    ajuda = (
        "Código, datas, grupo e tipos de guia dos prestadores já credenciados. Os novos entram por pedido ou convite."
    )
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="documento",
            titulo="CNPJ ou CPF",
            obrigatoria=True,
            exemplo="41.208.337/0001-76",
            ajuda="De um prestador já credenciado.",
            sinonimos=("CNPJ", "CPF", "CNPJ/CPF", "Documento"),
        ),
        Coluna(
            nome="codigo",
            titulo="Código na operadora",
            obrigatoria=True,
            exemplo="100200",
            ajuda="Até 14 caracteres; cada prestador tem o seu.",
            sinonimos=("Código", "Código do prestador"),
        ),
        Coluna(
            nome="inicio",
            titulo="Início",
            obrigatoria=True,
            exemplo="01/01/2026",
            ajuda="Primeiro dia do contrato.",
            sinonimos=("Início do contrato", "Data de início"),
        ),
        Coluna(nome="fim", titulo="Fim", ajuda="Último dia. Vazio: sem fim.", sinonimos=("Fim do contrato",)),
        Coluna(nome="ativo", titulo="Ativo", exemplo="Sim", ajuda="Sim ou Não. Vazio: Sim."),
        Coluna(nome="grupo", titulo="Grupo", exemplo="Clínicas", ajuda="Para as janelas do calendário de entrega."),
        Coluna(
            nome="tipos",
            titulo="Tipos de guia",
            exemplo="Consulta, SP/SADT",
            ajuda=f"Um ou mais, separados por vírgula: {', '.join(TIPOS_DE_GUIA.values())}. Vazio: todos.",
        ),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> _Contratos:
        contratos = Credenciamento.objects.filter(operadora_id=organizacao_id)
        linhas = list(contratos.values_list("prestador__documento", "codigo_na_operadora", "prestador_id"))
        return _Contratos(
            {documento: prestador for documento, _, prestador in linhas},
            {codigo_: prestador for _, codigo_, prestador in linhas},
        )

    def ler(self, valores: Mapping[str, str], preparado: _Contratos) -> tuple[Any, ...]:
        """(prestador's id, código, início, fim, ativo, grupo, tipos de guia)."""
        celulas = Celulas(valores)
        prestador: int | None = celulas.ler("documento", _prestador, preparado)
        codigo_: str | None = celulas.ler("codigo", codigo, maximo=14)
        inicio: date | None = celulas.ler("inicio", data)
        fim: date | None = celulas.ler("fim", data)
        ativo = celulas.ler("ativo", sim_nao)
        grupo = celulas.ler("grupo", texto, maximo=60) or ""
        tipos = celulas.ler("tipos", escolhas, TIPOS_DE_GUIA) or []
        if prestador and codigo_ and preparado.dono_do_codigo.setdefault(codigo_, prestador) != prestador:
            celulas.recusar("codigo", "Este código já é de outro prestador. Escolha outro.")
        if inicio and fim and fim < inicio:
            celulas.recusar("fim", "O fim vem antes do início. Confira as duas datas.")
        celulas.conferir()
        return (prestador, codigo_, inicio, fim, ativo is not False, grupo, tuple(tipos))

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return int(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "convenios_credenciamento",
            ("operadora_id", "prestador_id", "codigo_na_operadora", "inicio", "fim", "ativo", "grupo", "tipos_de_guia"),
            ((organizacao_id, *linha[:6], vetor(linha[6])) for linha in linhas),
            chave=("operadora_id", "prestador_id"),
            so_ao_criar=fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


def _prestador(valor: str, contratos: _Contratos) -> int:
    documento = cnpj_ou_cpf(valor)
    if documento not in contratos.por_documento:
        raise ErroDaCelula("Este prestador não é credenciado. Convide-o em Pedidos de acesso.")
    return contratos.por_documento[documento]


registrar(LayoutDeCredenciamentos())
