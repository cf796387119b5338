"""Papéis and what each may do. A view declares one permission; a papel holds a set of them."""

from enum import StrEnum

from django.db import models


class Permissao(StrEnum):
    """What can be allowed. The value is what templates and tests write."""

    INICIO = "inicio"
    ARQUIVO_VER = "arquivo.ver"
    ARQUIVO_INCLUIR = "arquivo.incluir"
    ARQUIVO_CORRIGIR = "arquivo.corrigir"
    GUIA_VER = "guia.ver"
    GUIA_DIGITAR = "guia.digitar"
    LOTE_VER = "lote.ver"
    LOTE_MUDAR = "lote.mudar"
    LOTE_ENVIAR = "lote.enviar"
    PROTOCOLO_VER = "protocolo.ver"
    PROTOCOLO_AVANCAR = "protocolo.avancar"
    PROTOCOLO_PAGAMENTO = "protocolo.pagamento"
    REGRA_VER = "regra.ver"
    REGRA_AJUSTAR = "regra.ajustar"
    INDICADOR_VER = "indicador.ver"
    CONVENIO_VER = "convenio.ver"
    CONVENIO_MUDAR = "convenio.mudar"
    CONVENIO_ESCOLHER = "convenio.escolher"
    CADASTRO_VER = "cadastro.ver"
    CADASTRO_MUDAR = "cadastro.mudar"
    PRECO_VER = "preco.ver"
    PRECO_MUDAR = "preco.mudar"
    TERMINOLOGIA_VER = "terminologia.ver"
    TERMINOLOGIA_MUDAR = "terminologia.mudar"
    CALENDARIO_VER = "calendario.ver"
    CALENDARIO_MUDAR = "calendario.mudar"
    IMPORTAR = "importacao.fazer"
    MENSAGEM_VER = "mensagem.ver"
    MENSAGEM_ESCREVER = "mensagem.escrever"
    INFORMATIVO_PUBLICAR = "informativo.publicar"
    ANALISE_VER = "analise.ver"
    ANALISE_FAZER = "analise.fazer"
    ANALISE_REABRIR = "analise.reabrir"
    ANALISE_AJUSTAR = "analise.ajustar"
    PAGAMENTO_VER = "pagamento.ver"
    PAGAMENTO_MUDAR = "pagamento.mudar"
    NOTA_ENVIAR = "nota.enviar"
    NOTA_ANALISAR = "nota.analisar"
    DEMONSTRATIVO_VER = "demonstrativo.ver"
    RECURSO_VER = "recurso.ver"
    RECURSO_FAZER = "recurso.fazer"
    RECURSO_RESPONDER = "recurso.responder"


class Papel(models.TextChoices):
    """What a person is in an organisation (product.md §1)."""

    FATURISTA = "faturista", "Faturista"
    DIGITADOR = "digitador", "Digitador"
    FINANCEIRO_PRESTADOR = "financeiro_prestador", "Financeiro do prestador"
    ADMINISTRADOR = "administrador", "Administrador do prestador"
    ANALISTA = "analista", "Analista de contas"
    FINANCEIRO_OPERADORA = "financeiro_operadora", "Financeiro da operadora"
    GESTOR = "gestor", "Gestor da operadora"
    LEITURA = "leitura", "Leitura"


_VER_CADASTROS = {
    Permissao.CONVENIO_VER,
    Permissao.CADASTRO_VER,
    Permissao.PRECO_VER,
    Permissao.TERMINOLOGIA_VER,
    Permissao.CALENDARIO_VER,
}
_MUDAR_CADASTROS = {
    Permissao.CONVENIO_MUDAR,
    Permissao.CADASTRO_MUDAR,
    Permissao.PRECO_MUDAR,
    Permissao.TERMINOLOGIA_MUDAR,
    Permissao.CALENDARIO_MUDAR,
    Permissao.IMPORTAR,
}
_VER_PRESTADOR = _VER_CADASTROS | {
    Permissao.INICIO,
    Permissao.ARQUIVO_VER,
    Permissao.GUIA_VER,
    Permissao.LOTE_VER,
    Permissao.REGRA_VER,
    Permissao.INDICADOR_VER,
    Permissao.MENSAGEM_VER,
    Permissao.PAGAMENTO_VER,
    Permissao.DEMONSTRATIVO_VER,
    Permissao.RECURSO_VER,
}
_COBRAR = {Permissao.MENSAGEM_ESCREVER, Permissao.NOTA_ENVIAR, Permissao.RECURSO_FAZER}
"""What follows the money after a lot was sent."""
_FATURAR = (
    _VER_PRESTADOR
    | _COBRAR
    | {
        Permissao.ARQUIVO_INCLUIR,
        Permissao.ARQUIVO_CORRIGIR,
        Permissao.GUIA_DIGITAR,
        Permissao.LOTE_MUDAR,
        Permissao.LOTE_ENVIAR,
    }
)
_VER_OPERADORA = _VER_CADASTROS | {
    Permissao.INICIO,
    Permissao.PROTOCOLO_VER,
    Permissao.REGRA_VER,
    Permissao.INDICADOR_VER,
    Permissao.MENSAGEM_VER,
    Permissao.ANALISE_VER,
    Permissao.PAGAMENTO_VER,
    Permissao.DEMONSTRATIVO_VER,
    Permissao.RECURSO_VER,
}
_ANALISAR = {
    Permissao.PROTOCOLO_AVANCAR,
    Permissao.ANALISE_FAZER,
    Permissao.RECURSO_RESPONDER,
    Permissao.MENSAGEM_ESCREVER,
}
_PAGAR = {
    Permissao.PROTOCOLO_AVANCAR,
    Permissao.PROTOCOLO_PAGAMENTO,
    Permissao.PAGAMENTO_MUDAR,
    Permissao.NOTA_ANALISAR,
    Permissao.MENSAGEM_ESCREVER,
    # Of imports only the bank's: each kind of file asks for a permission of its own besides.
    Permissao.IMPORTAR,
}

PAPEIS_DO_PRESTADOR: dict[Papel, frozenset[Permissao]] = {
    Papel.FATURISTA: frozenset(_FATURAR),
    # A choice of the clinic's own, as its numbering, and what it pays for its products: for who answers for the clinic.
    Papel.ADMINISTRADOR: frozenset(_FATURAR | {Permissao.CONVENIO_ESCOLHER, Permissao.PRECO_MUDAR, Permissao.IMPORTAR}),
    # Types guides, and of files and lots sees the lots only: lots of its guides are for those who bill.
    Papel.DIGITADOR: frozenset(
        _VER_CADASTROS
        | {Permissao.INICIO, Permissao.GUIA_VER, Permissao.GUIA_DIGITAR, Permissao.LOTE_VER, Permissao.REGRA_VER}
    ),
    Papel.FINANCEIRO_PRESTADOR: frozenset(_VER_PRESTADOR | _COBRAR),
    Papel.LEITURA: frozenset(_VER_PRESTADOR),
}
PAPEIS_DA_OPERADORA: dict[Papel, frozenset[Permissao]] = {
    Papel.ANALISTA: frozenset(_VER_OPERADORA | _ANALISAR),
    Papel.FINANCEIRO_OPERADORA: frozenset(_VER_OPERADORA | _PAGAR),
    Papel.GESTOR: frozenset(
        _VER_OPERADORA
        | _MUDAR_CADASTROS
        | _ANALISAR
        | _PAGAR
        | {
            Permissao.REGRA_AJUSTAR,
            Permissao.ANALISE_REABRIR,
            Permissao.ANALISE_AJUSTAR,
            Permissao.INFORMATIVO_PUBLICAR,
        }
    ),
    Papel.LEITURA: frozenset(_VER_OPERADORA),
}


def permissoes_de(tipo_da_organizacao: str, papel: str) -> frozenset[Permissao]:
    """What a papel may do in an organisation of that kind; nothing when the papel does not fit the kind."""
    tabela = PAPEIS_DO_PRESTADOR if tipo_da_organizacao == "prestador" else PAPEIS_DA_OPERADORA
    return tabela.get(Papel(papel), frozenset())
