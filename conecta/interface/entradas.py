"""What a line of the menu is, and the lines that stand on both sides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrada:
    """A line of the menu: where it goes, who may go there, which other views belong to it."""

    id: str
    nome: str
    rota: str
    permissao: str = ""
    tambem: tuple[str, ...] = ()
    icone: str = ""
    tom: str = "neutro"
    leia: str = ""


@dataclass(frozen=True, slots=True)
class Grupo:
    """A heading with its lines. What is not every day's work is folded (`recolhe`), but where one is."""

    nome: str
    icone: str
    entradas: tuple[Entrada, ...]
    recolhe: bool = True


DO_CONTRATO = (
    *("contrato:convenio", "contrato:escolher", "contrato:acordar", "contrato:codigos", "contrato:combinar"),
    *("numeracao:faixas", "numeracao:registrar", "numeracao:dar", "numeracao:mudar", "numeracao:mudar_dada"),
)
INICIO = Entrada(id="inicio", nome="Início", rota="inicio", icone="inicio")
TERMINOLOGIA = Entrada(
    id="terminologia",
    nome="Terminologia",
    rota="terminologia:pesquisa",
    permissao="terminologia.ver",
    tambem=("terminologia:termo", "terminologia:proprios", "terminologia:proprio", "terminologia:proprio_novo"),
)
CALENDARIO = Entrada(
    id="calendario",
    nome="Calendário de entrega",
    rota="calendario:ano",
    permissao="calendario.ver",
    tambem=("calendario:gerar", "calendario:nova", "calendario:janela", "calendario:abrir_excecao"),
)
EXIGENCIAS = Entrada(
    id="exigencias",
    nome="Exigências",
    rota="exigencias:procedimentos",
    permissao="cadastro.ver",
    tambem=("exigencias:novo", "exigencias:procedimento"),
)
AUTORIZACOES = Entrada(
    id="autorizacoes",
    nome="Autorizações",
    rota="exigencias:autorizacoes",
    permissao="cadastro.ver",
    tambem=("exigencias:nova", "exigencias:autorizacao", "exigencias:cancelar"),
    icone="chave",
)
IMPORTACOES = Entrada(
    id="importacoes",
    nome="Importações",
    rota="importacao:lista",
    permissao="importacao.fazer",
    tambem=("importacao:nova", "importacao:importacao", "importacao:gravar", "importacao:reconferir"),
    icone="arquivo",
)
MENSAGENS = Entrada(
    id="mensagens",
    nome="Conversas",
    rota="mensagens:lista",
    permissao="mensagem.ver",
    tambem=("mensagens:conversa", "mensagens:pedir", "mensagens:anexos", "mensagens:avisos"),
    tom="azul",
    leia="por ler",
)
INFORMATIVOS = Entrada(
    id="informativos",
    nome="Informativos",
    rota="mensagens:informativos",
    permissao="mensagem.ver",
    tambem=("mensagens:informativo", "mensagens:novo_informativo", "mensagens:mudar_informativo"),
    tom="azul",
    leia="por ler",
)
PAINEL = Entrada(id="painel", nome="Indicadores", rota="painel:painel", permissao="indicador.ver", icone="indicador")
PAGAMENTOS = Entrada(
    id="pagamentos",
    nome="Pagamentos",
    rota="pagamentos:lista",
    permissao="pagamento.ver",
    tambem=(
        *("pagamentos:pagamento", "pagamentos:gerar", "pagamentos:mudar", "pagamentos:lancar", "pagamentos:retirar"),
        *("pagamentos:fechar", "pagamentos:cancelar", "pagamentos:pagar", "pagamentos:retirar_lancamento"),
    ),
    icone="s-dinheiro",
)
CUSTO = Entrada(id="custo", nome="Quanto custa?", rota="precos:custo", permissao="preco.ver")
RECURSOS_DO_PRESTADOR = Entrada(
    id="recursos",
    nome="Recursos de Glosa",
    rota="recursos:lista",
    permissao="recurso.ver",
    tambem=(
        *("recursos:recursos", "recursos:recurso", "recursos:justificativas", "recursos:conferir"),
        *("recursos:planilha", "recursos:enviar_xml", "recursos:gravar"),
    ),
    icone="recurso",
    tom="ambar",
    leia="por enviar",
)
RECURSOS_DA_OPERADORA = Entrada(
    id="recursos",
    nome="Recursos de glosa",
    rota="recursos:recebidos",
    permissao="recurso.ver",
    tambem=("recursos:recebido", "recursos:parametros", "recursos:decidir"),
    icone="recurso",
    tom="azul",
    leia="a responder",
)
DEMONSTRATIVOS = (
    Entrada(
        id="demonstrativo_analise",
        nome="Análise de Conta",
        rota="emissao:analise",
        permissao="demonstrativo.ver",
        tambem=("emissao:pedir_analise",),
    ),
    Entrada(id="demonstrativo_pagamento", nome="Pagamento", rota="emissao:pagamento", permissao="demonstrativo.ver"),
    Entrada(
        id="demonstrativos",
        nome="Emitidos",
        rota="emissao:emitidos",
        permissao="demonstrativo.ver",
        tambem=("emissao:pedido", "emissao:nomear"),
    ),
)
PARAMETROS_DOS_DEMONSTRATIVOS = Entrada(
    id="demonstrativos_parametros", nome="Parâmetros", rota="emissao:parametros", permissao="analise.ajustar"
)
