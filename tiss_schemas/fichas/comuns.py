"""Pieces that the printed forms share."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas.tabela import Linhas, Lugar, Quadro, c, conta, papel

NOME_SOCIAL: Final = "Nome social"
VALIDADE: Final = "Validade da carteira"
NOME_DO_CONTRATADO: Final = "Nome do contratado"


def nome_do_beneficiario(numero: str, largura: int, grupo: str = "dadosBeneficiario") -> Lugar:
    """The name on the card, in the XML until 3.05.00."""
    return papel("nomeBeneficiario", numero, "Nome", largura, caminho=f"{grupo}/nomeBeneficiario")


def autorizacao(pai: str, *, guia: tuple[Lugar, ...]) -> Quadro:
    """The head of SP/SADT and Resumo de Internação, whose fields have the same numbers."""
    return Quadro(
        titulo="Guia e autorização",
        lugares=(
            conta("cabecalhoGuia/registroANS", 3),
            c("cabecalhoGuia/numeroGuiaPrestador", 4),
            *guia,
            c(f"{pai}/dataAutorizacao", 3),
            c(f"{pai}/senha", 3),
            c(f"{pai}/dataValidadeSenha", 3),
            c(f"{pai}/numeroGuiaOperadora", 3, curto="Nº da guia na operadora"),
        ),
    )


def validacao(pai: str = "") -> Quadro:
    """How the beneficiário was identified and the token of the operadora: later than the printed forms' numbers."""
    return Quadro(
        titulo="Identificação e código de validação",
        lugares=(
            c(f"{pai}codValidacao", 3),
            c(f"{pai}ausenciaCodValidacao", 3),
            c("dadosBeneficiario/tipoIdent", 3, curto="Tipo de identificação"),
            c("dadosBeneficiario/identificadorBeneficiario", 3, curto="Identificador"),
        ),
        recolhido=True,
    )


def itens(caminho: str, titulo: str, equipe: Linhas) -> Linhas:
    """The procedures of SP/SADT, Resumo de Internação and Honorários, with the team of each."""
    return Linhas(
        caminho=caminho,
        titulo=titulo,
        lugares=(
            conta("sequencialItem", 1, curto="Seq"),
            c("dataExecucao", 3),
            c("horaInicial", 2, curto="Início"),
            c("horaFinal", 2, curto="Fim"),
            c("procedimento/codigoTabela", 1, curto="Tab"),
            c("procedimento/codigoProcedimento", 3, curto="Código"),
            c("procedimento/descricaoProcedimento", 9),
            c("quantidadeExecutada", 1, curto="Qtde"),
            c("viaAcesso", 1, curto="Via"),
            c("tecnicaUtilizada", 1, curto="Téc"),
            c("reducaoAcrescimo", 1, curto="Fator"),
            c("valorUnitario", 3, curto="Vlr. unitário"),
            conta("valorTotal", 3, curto="Vlr. total"),
            c("centroConsumo", 2, curto="Centro"),
        ),
        linhas=(equipe,),
    )


def equipe(caminho: str, *, grau: str, nome: str, conselho: str, cbo: str, pai: str = "") -> Linhas:
    """Who took part in a procedure. The three guides give the same fields different names."""
    return Linhas(
        caminho=caminho,
        titulo="Profissionais executantes",
        lugares=(
            c(f"{pai}{grau}", 2, curto="Grau"),
            c(f"{pai}codProfissional/codigoPrestadorNaOperadora", 3, curto="Código na operadora"),
            c(f"{pai}{nome}", 6),
            c(f"{pai}{conselho}", 2, curto="Conselho"),
            c(f"{pai}numeroConselhoProfissional", 2, curto="Nº no conselho"),
            c(f"{pai}UF", 1),
            c(f"{pai}{cbo}", 3),
        ),
    )


_SERVICO: Final = "servicosExecutados/"


def outras_despesas(codigo: str, contratado: str, cnes: str, referida: str) -> Quadro:
    """The Anexo de Outras Despesas, whose form has numbers of its own.

    `referida` is the path of the number of the guide that it belongs to, `codigo` that of the contratado.
    """
    return Quadro(
        titulo="Anexo de outras despesas",
        anexo=True,
        linhas=(_DESPESAS,),
        cabecalho=(
            c("cabecalhoGuia/registroANS", 2, numero="OD 1"),
            c(referida, 3, "Número da guia referenciada", numero="OD 2"),
            c(codigo, 2, "Código na operadora", numero="OD 3"),
            papel(contratado, "OD 4", NOME_DO_CONTRATADO, 3),
            c(cnes, 2, numero="OD 5"),
        ),
        rodape=tuple(
            c(f"valorTotal/{nome}", largura, numero=f"OD {numero}")
            for numero, (nome, largura) in enumerate(_TOTAIS_DO_ANEXO, start=21)
        ),
    )


_TOTAIS_DO_ANEXO: Final = (
    ("valorGasesMedicinais", 3),
    ("valorMedicamentos", 3),
    ("valorMateriais", 3),
    ("valorOPME", 3),
    ("valorTaxasAlugueis", 4),
    ("valorDiarias", 4),
    ("valorTotalGeral", 4),
)

_DESPESAS: Final = Linhas(
    caminho="outrasDespesas/despesa",
    titulo="Despesas realizadas",
    lugares=(
        conta("sequencialItem", 1, curto="Seq"),
        c("codigoDespesa", 1, curto="CD"),
        c(f"{_SERVICO}dataExecucao", 3),
        c(f"{_SERVICO}horaInicial", 2, curto="Início"),
        c(f"{_SERVICO}horaFinal", 2, curto="Fim"),
        c(f"{_SERVICO}codigoTabela", 1, curto="Tab"),
        c(f"{_SERVICO}codigoProcedimento", 4, curto="Código"),
        c(f"{_SERVICO}quantidadeExecutada", 2, curto="Qtde"),
        c(f"{_SERVICO}unidadeMedida", 2, curto="Unid"),
        c(f"{_SERVICO}reducaoAcrescimo", 2, curto="Fator"),
        c(f"{_SERVICO}valorUnitario", 3, curto="Vlr. unitário"),
        conta(f"{_SERVICO}valorTotal", 3, curto="Vlr. total"),
        c(f"{_SERVICO}descricaoProcedimento", 9, linha=2),
        c(f"{_SERVICO}registroANVISA", 4, curto="Registro ANVISA", linha=2),
        c(f"{_SERVICO}codigoRefFabricante", 4, curto="Referência do fabricante", linha=2),
        c(f"{_SERVICO}autorizacaoFuncionamento", 4, curto="Autorização de funcionamento", linha=2),
        c(f"{_SERVICO}centroConsumo", 2, curto="Centro", linha=2),
        c("itemVinculado", 2, linha=2),
    ),
)


def totais(*nomes: str) -> tuple[Lugar, ...]:
    """The totals of a guide by what was spent on, in printed order."""
    return tuple(conta(f"valorTotal/{nome}", 3) for nome in nomes)
