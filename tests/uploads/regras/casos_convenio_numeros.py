"""Cases about the numbers that a convênio demands of a guide."""

from __future__ import annotations

from .apoio import IGNORAVEL, Caso, antes_de, com_regras, poe, retira, troca

UMA = {"guias": 1}
SADT = "guiaSP-SADT[1]"
AUTORIZACAO = f"{SADT}/dadosAutorizacao"
SEM_SENHA = [retira(f"{AUTORIZACAO}/senha")]
SEM_AUTORIZACAO = [retira(AUTORIZACAO)]
COM_NUMERO = [antes_de(f"{AUTORIZACAO}/dataAutorizacao", "numeroGuiaOperadora", "70000123")]
IGUAL_AO_DO_PRESTADOR = [antes_de(f"{AUTORIZACAO}/dataAutorizacao", "numeroGuiaOperadora", "1")]
DUAS_COM_O_MESMO_NUMERO = [
    antes_de(f"guiaSP-SADT[{ordem}]/dadosAutorizacao/dataAutorizacao", "numeroGuiaOperadora", "70000123")
    for ordem in (1, 2)
]
JA_APRESENTADO = {"numeros_da_operadora_apresentados": frozenset({"70000123", "70000001"})}

DISPARAM = (
    Caso(
        regra="A01",
        titulo="o convênio exige senha, e a autorização não a tem",
        exemplo=UMA,
        edicoes=SEM_SENHA,
        cadastro=com_regras(exige_senha=True),
        onde=AUTORIZACAO,
        codigos=("1403", "3306"),
    ),
    Caso(
        regra="A01",
        titulo="a guia não tem nem a autorização",
        exemplo=UMA,
        edicoes=SEM_AUTORIZACAO,
        cadastro=com_regras(exige_senha=True),
        onde=SADT,
        codigos=("1403", "3306"),
    ),
    Caso(
        regra="A01",
        titulo="a senha é um espaço, e a exigência é dos exames",
        exemplo=UMA,
        edicoes=[troca(f"{AUTORIZACAO}/senha", " ")],
        cadastro=com_regras(exige_senha=True, exige_senha_em=("23",)),
        onde=f"{AUTORIZACAO}/senha",
        codigos=("1403", "3306"),
    ),
    Caso(
        regra="A01",
        titulo="a exigência é das guias de tratamento odontológico",
        tipo="odonto",
        exemplo=UMA,
        cadastro=com_regras(exige_senha=True, exige_senha_em=("guiaOdonto",)),
        onde="guiaOdonto[1]",
        codigos=("1403", "3306"),
    ),
    Caso(
        regra="B13",
        titulo="nem código de validação, nem motivo da ausência",
        exemplo=UMA,
        cadastro=com_regras(codigo_de_validacao_exigido=True),
        onde=AUTORIZACAO,
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="G02",
        titulo="o número da guia não tem a forma do convênio",
        exemplo=UMA,
        edicoes=[troca(f"{SADT}//numeroGuiaPrestador", "12345678")],
        cadastro=com_regras(mascara_da_guia="000000-00"),
        onde=f"{SADT}//numeroGuiaPrestador",
        codigos=("1307", "1307"),
    ),
    Caso(
        regra="G05",
        titulo="falta o número da guia na operadora",
        exemplo=UMA,
        cadastro=com_regras(exigir_numero_da_guia=True),
        onde=AUTORIZACAO,
        codigos=("1404", "1307"),
    ),
    Caso(
        regra="G05",
        titulo="falta o número na guia de consulta",
        tipo="consulta",
        exemplo=UMA,
        cadastro=com_regras(exigir_numero_da_guia=True),
        onde="guiaConsulta[1]",
        codigos=("1404", "1307"),
    ),
    Caso(
        regra="G06",
        titulo="o número da operadora já está em outro lote",
        exemplo=UMA,
        edicoes=COM_NUMERO,
        cadastro=JA_APRESENTADO,
        onde=f"{AUTORIZACAO}/numeroGuiaOperadora",
        codigos=("1308", "1308"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="G06",
        titulo="duas guias do lote têm o mesmo número da operadora",
        edicoes=DUAS_COM_O_MESMO_NUMERO,
        onde="guiaSP-SADT[2]/dadosAutorizacao/numeroGuiaOperadora",
        codigos=("1308", "1308"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="G07",
        titulo="o exame não diz de que guia veio",
        exemplo=UMA,
        cadastro=com_regras(exige_guia_principal=True),
        onde=f"{SADT}/cabecalhoGuia",
        codigos=("1303", "1307"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="G07",
        titulo="a guia principal não tem a forma do convênio",
        tipo="odonto",
        exemplo=UMA | {"maximo": True},
        cadastro=com_regras(mascara_da_guia_principal="XX-000000"),
        onde="numeroGuiaPrincipal",
        codigos=("1303", "1307"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C12",
        titulo="falta copiar a senha para o número da guia",
        exemplo=UMA,
        cadastro=com_regras(repetir_senha_na_guia=True, exigir_numero_da_guia=True),
        onde=AUTORIZACAO,
        codigos=("1307", "1307"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C12",
        titulo="o número da guia é outro que não o da senha",
        exemplo=UMA,
        edicoes=COM_NUMERO,
        cadastro=com_regras(repetir_senha_na_guia=True),
        onde=f"{AUTORIZACAO}/numeroGuiaOperadora",
        codigos=("1307", "1307"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C13",
        titulo="o número da operadora é o do prestador",
        exemplo=UMA,
        edicoes=IGUAL_AO_DO_PRESTADOR,
        cadastro=com_regras(nao_replicar_numero_da_guia=True),
        onde=f"{AUTORIZACAO}/numeroGuiaOperadora",
        codigos=("1307", "1307"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(regra="A01", titulo="o convênio não exige senha", exemplo=UMA, edicoes=SEM_SENHA),
    Caso(regra="A01", titulo="a guia tem senha", exemplo=UMA, cadastro=com_regras(exige_senha=True)),
    Caso(
        regra="A01",
        titulo="a exigência é só das terapias",
        exemplo=UMA,
        edicoes=SEM_SENHA,
        cadastro=com_regras(exige_senha=True, exige_senha_em=("03", "guiaResumoInternacao")),
    ),
    Caso(
        regra="A01",
        titulo="guia de consulta não tem lugar para a senha",
        tipo="consulta",
        cadastro=com_regras(exige_senha=True),
    ),
    Caso(
        regra="B13",
        titulo="a guia diz por que o código falta",
        exemplo=UMA,
        edicoes=[
            poe(AUTORIZACAO, "ausenciaCodValidacao", "03"),
        ],
        cadastro=com_regras(codigo_de_validacao_exigido=True),
    ),
    Caso(
        regra="B13",
        titulo="a guia tem código e motivo",
        exemplo=UMA | {"maximo": True},
        cadastro=com_regras(codigo_de_validacao_exigido=True),
    ),
    Caso(
        regra="G02",
        titulo="o número tem a forma do convênio",
        exemplo=UMA,
        edicoes=[troca(f"{SADT}//numeroGuiaPrestador", "123456-78")],
        cadastro=com_regras(mascara_da_guia="000000-00"),
    ),
    Caso(
        regra="G04",
        titulo="o convênio não critica guia repetida",
        cadastro=com_regras(criticar_guia_repetida=False) | {"numeros_de_guia_apresentados": frozenset({"2"})},
    ),
    Caso(regra="G05", titulo="o convênio não exige o número", exemplo=UMA),
    Caso(
        regra="G05",
        titulo="a guia tem o número",
        exemplo=UMA | {"maximo": True},
        cadastro=com_regras(exigir_numero_da_guia=True),
    ),
    Caso(
        regra="G06",
        titulo="o convênio não critica guia repetida",
        exemplo=UMA,
        edicoes=COM_NUMERO,
        cadastro=JA_APRESENTADO | com_regras(criticar_guia_repetida=False),
    ),
    Caso(
        regra="G06",
        titulo="é mais uma parte da mesma internação",
        tipo="internacao",
        exemplo=UMA | {"maximo": True},
        edicoes=[troca("tipoFaturamento", "1"), troca("motivoEncerramento", "21")],
        cadastro=JA_APRESENTADO,
    ),
    Caso(
        regra="G07",
        titulo="uma consulta em SP/SADT não tem guia principal",
        exemplo=UMA,
        edicoes=[troca("tipoAtendimento", "04"), antes_de("regimeAtendimento", "tipoConsulta", "1")],
        cadastro=com_regras(exige_guia_principal=True),
    ),
    Caso(
        regra="G07",
        titulo="a guia principal tem a forma do convênio",
        exemplo=UMA | {"maximo": True},
        cadastro=com_regras(exige_guia_principal=True, mascara_da_guia_principal="00000000"),
    ),
    Caso(
        regra="C12",
        titulo="o número da guia é o da senha",
        exemplo=UMA,
        edicoes=[antes_de(f"{AUTORIZACAO}/dataAutorizacao", "numeroGuiaOperadora", "S0000001")],
        cadastro=com_regras(repetir_senha_na_guia=True),
    ),
    Caso(
        regra="C12",
        titulo="a guia não tem senha",
        exemplo=UMA,
        edicoes=SEM_SENHA,
        cadastro=com_regras(repetir_senha_na_guia=True),
    ),
    Caso(
        regra="C13",
        titulo="os dois números são diferentes",
        exemplo=UMA,
        edicoes=COM_NUMERO,
        cadastro=com_regras(nao_replicar_numero_da_guia=True),
    ),
    Caso(regra="C13", titulo="o convênio aceita a cópia", exemplo=UMA, edicoes=IGUAL_AO_DO_PRESTADOR),
)
