"""Authorisations that an operadora gave: one row is one item of one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.importacao.celulas import ErroDaCelula, cnpj_ou_cpf, codigo, data, decimal
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, registrar
from convenios.exigencias.models import Autorizacao, ItemAutorizado
from convenios.layouts.comum import tabela_do_item
from convenios.models import Credenciamento

_AUTORIZACAO: Final = (
    *("prestador_id", "senha", "numero_guia_operadora", "numero_carteira", "emitida_em", "valida_ate"),
    "codigo_validacao",
)
_Dados = tuple[Any, ...]
"""Values of `_AUTORIZACAO`, in that order."""
_MAIOR_QUANTIDADE: Final = Decimal("99999.9999")
_ALGARISMOS: Final = 5
_CASAS: Final = 4


class LayoutDeAutorizacoes(Layout):
    """One row is one item of an authorisation, known by its senha, table and code."""

    id = "autorizacoes"
    titulo = "Autorizações"
    ajuda = (
        "As senhas dadas, uma linha para cada item autorizado. Linhas da mesma senha repetem os dados dela. O que o "
        "arquivo não tem fica como está, e senha cancelada continua cancelada."
    )
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="prestador",
            titulo="Prestador",
            obrigatoria=True,
            exemplo="11.222.333/0001-81",
            ajuda="CNPJ ou CPF de um prestador credenciado.",
            sinonimos=("CNPJ do prestador", "CNPJ", "CPF ou CNPJ"),
        ),
        Coluna(nome="senha", titulo="Senha", obrigatoria=True, exemplo="S0001234", ajuda="Até 20 caracteres."),
        Coluna(
            nome="numero_guia_operadora",
            titulo="Nº guia operadora",
            ajuda="Até 20 caracteres.",
            sinonimos=("Número da guia na operadora", "Guia"),
        ),
        Coluna(
            nome="numero_carteira",
            titulo="Carteira",
            obrigatoria=True,
            exemplo="00090025012300001",
            ajuda="Como está no cartão, com os zeros à esquerda.",
            sinonimos=("Número da carteira", "Matrícula"),
        ),
        Coluna(
            nome="emitida_em",
            titulo="Emitida em",
            obrigatoria=True,
            exemplo="10/11/2026",
            ajuda="Dia em que foi dada.",
            sinonimos=("Data da autorização", "Emissão"),
        ),
        Coluna(
            nome="valida_ate",
            titulo="Válida até",
            exemplo="10/12/2026",
            ajuda="Último dia. Vazio: não vence.",
            sinonimos=("Validade", "Data de validade da senha"),
        ),
        Coluna(
            nome="codigo_validacao",
            titulo="Código de validação",
            ajuda="O token, até 10 caracteres. Vazio: não é conferido.",
            sinonimos=("Token",),
        ),
        Coluna(nome="tabela", titulo="Tabela", obrigatoria=True, exemplo="22", ajuda="Tabela do item."),
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="40901122",
            ajuda="Código do item, até 10 caracteres.",
            sinonimos=("Código do procedimento", "Código TUSS", "Procedimento"),
        ),
        Coluna(
            nome="quantidade", titulo="Quantidade", obrigatoria=True, exemplo="1", ajuda="Quanto foi autorizado dele."
        ),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> Mapping[str, int]:
        contratos = Credenciamento.objects.filter(operadora_id=organizacao_id)
        return dict(contratos.values_list("prestador__documento", "prestador_id"))

    def ler(self, valores: Mapping[str, str], preparado: Mapping[str, int]) -> tuple[Any, ...]:
        """(values of `_AUTORIZACAO`, tabela, código, quantidade)."""
        celulas = Celulas(valores)
        prestador = celulas.ler("prestador", _prestador, preparado)
        senha = celulas.ler("senha", codigo, maximo=20)
        numero = celulas.ler("numero_guia_operadora", codigo, maximo=20) or ""
        carteira = celulas.ler("numero_carteira", codigo, maximo=20)
        emitida: date | None = celulas.ler("emitida_em", data)
        valida: date | None = celulas.ler("valida_ate", data)
        token = celulas.ler("codigo_validacao", codigo, maximo=10) or ""
        tabela = celulas.ler("tabela", tabela_do_item)
        item = celulas.ler("codigo", codigo, maximo=10)
        quantidade: Decimal | None = celulas.ler("quantidade", decimal, casas=_CASAS, algarismos=_ALGARISMOS)
        if emitida and valida and valida < emitida:
            celulas.recusar("valida_ate", "A validade acaba antes da emissão. Confira as duas datas.")
        if quantidade is not None and not 0 < quantidade <= _MAIOR_QUANTIDADE:
            celulas.recusar("quantidade", "Escreva uma quantidade maior que zero, até 99.999,9999.")
        celulas.conferir()
        return ((prestador, senha, numero, carteira, emitida, valida, token), tabela, item, quantidade)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return (linha[0][1], *linha[1:3])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        """The authorisations first, then their items. What counts as new or changed is the row: item or not."""
        autorizacoes = _gravar_autorizacoes(_uma_de_cada_senha(linhas), organizacao_id)
        return _gravar_itens(linhas, autorizacoes)


def _uma_de_cada_senha(linhas: Sequence[tuple[Any, ...]]) -> dict[str, _Dados]:
    """What the rows say of each senha, which must be the same in all of them."""
    da_senha: dict[str, _Dados] = {}
    for dados, *_ in linhas:
        if da_senha.setdefault(dados[1], dados) != dados:
            raise ErroDeNegocio(
                f"As linhas da senha {dados[1]} dizem coisas diferentes dela (prestador, carteira, datas, guia ou "
                "token). Deixe-as iguais e importe o arquivo de novo."
            )
    return da_senha


def _gravar_autorizacoes(da_senha: Mapping[str, _Dados], operadora_id: int) -> dict[str, Autorizacao]:
    """Make them as the rows say, by senha. Refuses a senha or guide number that is another authorisation's already."""
    registradas = Autorizacao.objects.filter(operadora=operadora_id)
    conhecidas = {autorizacao.senha: autorizacao for autorizacao in registradas.filter(senha__in=sorted(da_senha))}
    _recusar_numeros_de_outras(da_senha, registradas)
    novas, mudadas = [], []
    for senha, dados in da_senha.items():
        valores = dict(zip(_AUTORIZACAO, dados, strict=True))
        if (conhecida := conhecidas.get(senha)) is None:
            conhecidas[senha] = Autorizacao(operadora_id=operadora_id, **valores)
            novas.append(conhecidas[senha])
        elif conhecida.prestador_id != valores["prestador_id"]:
            raise ErroDeNegocio(f"A senha {senha} já foi dada a outro prestador. Confira o CNPJ e a senha.")
        elif valores != {nome: getattr(conhecida, nome) for nome in _AUTORIZACAO}:
            for nome, valor in valores.items():
                setattr(conhecida, nome, valor)
            mudadas.append(conhecida)
    Autorizacao.objects.bulk_create(novas)
    Autorizacao.objects.bulk_update(mudadas, _AUTORIZACAO[2:])
    return conhecidas


def _recusar_numeros_de_outras(da_senha: Mapping[str, _Dados], registradas: QuerySet[Autorizacao]) -> None:
    """A guide number is that of one authorisation, in the file and beside it."""
    senha_do_numero: dict[str, str] = {}
    for senha, dados in da_senha.items():
        if dados[2] and senha_do_numero.setdefault(dados[2], senha) != senha:
            raise ErroDeNegocio(f"A guia {dados[2]} está em duas senhas do arquivo. Deixe-a em uma só.")
    for numero, senha in registradas.filter(numero_guia_operadora__in=sorted(senha_do_numero)).values_list(
        "numero_guia_operadora", "senha"
    ):
        if senha_do_numero[numero] != senha:
            raise ErroDeNegocio(f"A guia {numero} já é de outra autorização. Confira o número.")


def _gravar_itens(linhas: Sequence[tuple[Any, ...]], autorizacoes: Mapping[str, Autorizacao]) -> Gravadas:
    """Make the items as the rows say. One of which another quantity was authorised is written anew."""
    existentes = {
        (item.autorizacao_id, item.tabela, item.codigo): item
        for item in ItemAutorizado.objects.filter(
            autorizacao__in=[autorizacao.pk for autorizacao in autorizacoes.values()]
        )
    }
    escritos, substituidos = [], []
    for dados, tabela, codigo_, quantidade in linhas:
        autorizacao = autorizacoes[dados[1]]
        existente = existentes.get((autorizacao.pk, tabela, codigo_))
        if existente is not None and existente.quantidade == quantidade:
            continue
        if existente is not None:
            substituidos.append(existente.pk)
        escritos.append(
            ItemAutorizado(
                operadora_id=autorizacao.operadora_id,
                prestador_id=autorizacao.prestador_id,
                autorizacao=autorizacao,
                tabela=tabela,
                codigo=codigo_,
                quantidade=quantidade,
            )
        )
    ItemAutorizado.objects.filter(pk__in=substituidos).delete()
    ItemAutorizado.objects.bulk_create(escritos)
    novos = len(escritos) - len(substituidos)
    return Gravadas(novos, len(substituidos), len(linhas) - len(escritos))


def _prestador(valor: str, credenciados: Mapping[str, int]) -> int:
    documento = cnpj_ou_cpf(valor)
    if documento not in credenciados:
        raise ErroDaCelula("Nenhum prestador credenciado tem este CNPJ ou CPF. Credencie-o primeiro.")
    return credenciados[documento]


registrar(LayoutDeAutorizacoes())
