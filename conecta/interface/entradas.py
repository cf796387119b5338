"""What stands in the menu of each kind of organisation: the day's work first, what is set up once folded below it."""

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


_DO_CONTRATO = (
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
    leia="não lidas",
)
INFORMATIVOS = Entrada(
    id="informativos",
    nome="Informativos",
    rota="mensagens:informativos",
    permissao="mensagem.ver",
    tambem=("mensagens:informativo", "mensagens:novo_informativo", "mensagens:mudar_informativo"),
    tom="azul",
    leia="não lidos",
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
_DEMONSTRATIVOS = (
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
_PARAMETROS_DOS_DEMONSTRATIVOS = Entrada(
    id="demonstrativos_parametros", nome="Parâmetros", rota="emissao:parametros", permissao="analise.ajustar"
)
PRESTADOR: tuple[Entrada | Grupo, ...] = (
    INICIO,
    Grupo(
        "Uploads",
        "upload",
        (
            Entrada(id="novo", nome="Novo", rota="uploads:novo", permissao="arquivo.incluir"),
            Entrada(
                id="arquivos",
                nome="Arquivos",
                rota="uploads:arquivos",
                permissao="arquivo.ver",
                tambem=("uploads:arquivo", "uploads:corrigir"),
                tom="vermelho",
                leia="inválidos",
            ),
            Entrada(
                id="indicadores",
                nome="Críticas que se repetem",
                rota="uploads:indicadores",
                permissao="indicador.ver",
            ),
        ),
        recolhe=False,
    ),
    Grupo(
        "Guias",
        "guia",
        (
            Entrada(
                id="digitar",
                nome="Digitar Guia",
                rota="digitacao:nova",
                permissao="guia.digitar",
                tambem=("digitacao:guia",),
            ),
            Entrada(
                id="digitadas",
                nome="Guias digitadas",
                rota="digitacao:lista",
                permissao="guia.ver",
                tambem=("digitacao:usuais",),
            ),
        ),
        recolhe=False,
    ),
    Grupo(
        "Lotes de Pagamento",
        "lote",
        (
            Entrada(
                id="lotes",
                nome="Pesquisar Lotes",
                rota="lotes:pesquisa",
                permissao="lote.ver",
                tambem=(
                    *("lotes:lote", "lotes:guia", "lotes:log", "lotes:varios"),
                    *("montagem:adicionar", "montagem:conferencia"),
                ),
            ),
            Entrada(id="novo_lote", nome="Novo Lote", rota="montagem:novo", permissao="lote.mudar"),
            Entrada(
                id="geracao",
                nome="Geração Automática",
                rota="montagem:geracao",
                permissao="lote.mudar",
                tambem=("montagem:gerada",),
            ),
            Entrada(
                id="pendencias",
                nome="Pendências de exames",
                rota="contrato:pendencias",
                permissao="lote.ver",
                tambem=("contrato:marcar_pendencias",),
            ),
            Entrada(
                id="notas_pendentes",
                nome="Nota Fiscal Pendente",
                rota="notas:pendentes",
                permissao="pagamento.ver",
                tambem=("notas:nova", "notas:nota", "notas:corrigir"),
                tom="ambar",
                leia="pendentes",
            ),
            Entrada(
                id="pagamentos_pendentes",
                nome="Pagamentos Pendentes",
                rota="notas:pagamentos_pendentes",
                permissao="pagamento.ver",
            ),
            CALENDARIO,
        ),
        recolhe=False,
    ),
    PAGAMENTOS,
    Grupo("Demonstrativos", "demonstrativo", _DEMONSTRATIVOS, recolhe=False),
    RECURSOS_DO_PRESTADOR,
    Grupo("Mensagens", "mensagem", (MENSAGENS, INFORMATIVOS), recolhe=False),
    Grupo(
        "Convênios",
        "convenio",
        (
            Entrada(
                id="contratos",
                nome="Contratos",
                rota="contrato:contratos",
                permissao="convenio.ver",
                tambem=_DO_CONTRATO,
            ),
            Entrada(
                id="acessos",
                nome="Credenciamentos",
                rota="registros:acessos",
                permissao="cadastro.ver",
                tambem=("registros:responder",),
                tom="ambar",
                leia="convites a responder",
            ),
            Entrada(id="consulta", nome="Consultar beneficiário", rota="registros:consulta", permissao="cadastro.ver"),
            AUTORIZACOES,
            EXIGENCIAS,
        ),
    ),
    Grupo(
        "Preços",
        "s-dinheiro",
        (
            CUSTO,
            Entrada(
                id="produtos",
                nome="Produtos e custo médio",
                rota="precos:produtos",
                permissao="preco.ver",
                tambem=("precos:novo_produto", "precos:produto"),
            ),
        ),
    ),
    Grupo(
        "Regras e códigos",
        "regra",
        (
            Entrada(
                id="regras",
                nome="Regras de validação",
                rota="regras:catalogo",
                permissao="regra.ver",
                tambem=("regras:regra",),
            ),
            TERMINOLOGIA,
        ),
    ),
    PAINEL,
    IMPORTACOES,
)
OPERADORA: tuple[Entrada | Grupo, ...] = (
    INICIO,
    Grupo(
        "Protocolos",
        "protocolo",
        (
            Entrada(
                id="protocolos",
                nome="Recebidos",
                rota="lotes:protocolos",
                permissao="protocolo.ver",
                tambem=("lotes:protocolo", "lotes:guia_recebida", "lotes:avancar"),
                tom="azul",
                leia="a analisar",
            ),
            Entrada(
                id="analise",
                nome="Análise de contas",
                rota="analise:lista",
                permissao="analise.ver",
                tambem=("analise:mesa", "analise:guia", "analise:parametros", "analise:varios_atribuir"),
            ),
            CALENDARIO,
        ),
        recolhe=False,
    ),
    RECURSOS_DA_OPERADORA,
    Grupo(
        "Mensagens",
        "mensagem",
        (
            MENSAGENS,
            INFORMATIVOS,
            Entrada(
                id="limites_dos_anexos",
                nome="Tamanho dos anexos",
                rota="mensagens:limites",
                permissao="convenio.mudar",
            ),
        ),
        recolhe=False,
    ),
    Grupo(
        "Pagamentos",
        "s-dinheiro",
        (
            Entrada(
                id="liberados",
                nome="A incluir em pagamento",
                rota="pagamentos:liberados",
                permissao="pagamento.ver",
                tambem=("pagamentos:incluir",),
            ),
            PAGAMENTOS,
            Entrada(
                id="notas",
                nome="Notas fiscais",
                rota="notas:recebidas",
                permissao="pagamento.ver",
                tambem=("notas:nota", "notas:aceitar", "notas:indeferir"),
                tom="azul",
                leia="a analisar",
            ),
            Entrada(
                id="contas",
                nome="Contas e retenções",
                rota="pagamentos:contas",
                permissao="pagamento.ver",
                tambem=("pagamentos:conta",),
            ),
            Entrada(
                id="notas_parametros",
                nome="Regras da nota fiscal",
                rota="notas:parametros",
                permissao="nota.analisar",
            ),
        ),
        recolhe=False,
    ),
    Grupo("Demonstrativos", "demonstrativo", (*_DEMONSTRATIVOS, _PARAMETROS_DOS_DEMONSTRATIVOS), recolhe=False),
    Grupo(
        "Convênios",
        "convenio",
        (
            Entrada(
                id="convenios",
                nome="Cadastro",
                rota="convenios:lista",
                permissao="convenio.ver",
                tambem=(
                    "convenios:novo",
                    "convenios:convenio",
                    "convenios:salvar",
                    "convenios:historico",
                    "convenios:copiar",
                    "convenios:importar",
                    "convenios:versoes",
                    "convenios:marcar_versao",
                ),
            ),
            Entrada(
                id="padroes",
                nome="Padrões da operadora",
                rota="convenios:padroes",
                permissao="convenio.ver",
                tambem=("convenios:salvar_padroes",),
            ),
            Entrada(
                id="planos",
                nome="Planos",
                rota="registros:planos",
                permissao="cadastro.ver",
                tambem=("registros:plano", "registros:salvar_plano", "registros:novo_plano", "registros:cobrir"),
            ),
            EXIGENCIAS,
        ),
    ),
    Grupo(
        "Prestadores",
        "predio",
        (
            Entrada(
                id="prestadores",
                nome="Credenciados",
                rota="registros:prestadores",
                permissao="cadastro.ver",
                tambem=("registros:prestador", "registros:salvar_prestador"),
            ),
            Entrada(
                id="contratos",
                nome="Contratos",
                rota="contrato:contratos",
                permissao="convenio.ver",
                tambem=_DO_CONTRATO,
            ),
            Entrada(
                id="pedidos",
                nome="Pedidos de acesso",
                rota="registros:pedidos",
                permissao="cadastro.ver",
                tambem=("registros:pedido", "registros:convidar", "registros:aceitar", "registros:recusar"),
                tom="ambar",
                leia="a responder",
            ),
        ),
    ),
    Grupo(
        "Preços",
        "s-dinheiro",
        (
            CUSTO,
            Entrada(
                id="tabelas",
                nome="Tabelas de preço",
                rota="precos:tabelas",
                permissao="preco.ver",
                tambem=(
                    *("precos:nova", "precos:tabela", "precos:mudar", "precos:preco", "precos:porte"),
                    *("precos:reajuste", "precos:desfazer"),
                ),
            ),
            Entrada(
                id="precifica",
                nome="Preços por convênio",
                rota="precos:convenios",
                permissao="preco.ver",
                tambem=("precos:convenio", "precos:vincular", "precos:vinculo", "precos:grupos"),
            ),
            Entrada(
                id="listas",
                nome="Brasíndice e Simpro",
                rota="precos:listas",
                permissao="preco.ver",
                tambem=("precos:edicao",),
            ),
        ),
    ),
    Grupo(
        "Regras e códigos",
        "regra",
        (
            Entrada(
                id="regras",
                nome="Regras de validação",
                rota="regras:catalogo",
                permissao="regra.ver",
                tambem=("regras:regra", "regras:ajustar"),
            ),
            Entrada(id="mapa", nome="Mapa de críticas", rota="regras:mapa", permissao="indicador.ver"),
            Entrada(id="parametros", nome="Parâmetros", rota="regras:parametros", permissao="regra.ajustar"),
            Entrada(
                id="criterios",
                nome="Critérios da conferência",
                rota="analise:criterios",
                permissao="analise.ajustar",
                tambem=("analise:criterio",),
            ),
            TERMINOLOGIA,
        ),
    ),
    Entrada(
        id="beneficiarios",
        nome="Beneficiários",
        rota="registros:beneficiarios",
        permissao="cadastro.ver",
        tambem=("registros:beneficiario", "registros:salvar_beneficiario", "registros:novo_beneficiario"),
        icone="pessoas",
    ),
    AUTORIZACOES,
    PAINEL,
    IMPORTACOES,
)
