"""Cases about the authorisations that the operadora registered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from convenios.exigencias.regras import AutorizacaoConhecida, Autorizacoes

from .apoio import IGNORAVEL, Caso, retira, troca

CARTEIRA = "00000000000000100"
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
SENHA = "guiaSP-SADT[1]//senha"
UMA = {"guias": 1}
CHEIA = {"guias": 1, "maximo": True, "itens": 2}
DESDE = date(2025, 12, 1)


def autorizou(*, desde: date | None = None, **autorizacao: Any) -> dict[str, Any]:
    """A register with one authorisation, for the example's senha unless told otherwise."""
    opcoes: dict[str, Any] = {
        "id": 1,
        "senha": "S0000001",
        "numero_carteira": CARTEIRA,
        "emitida_em": date(2025, 12, 20),
        **autorizacao,
    }
    return {"autorizacoes": Autorizacoes([AutorizacaoConhecida(**opcoes)], desde=desde)}


def _itens(quantidade: str, codigo: str = "40302040") -> dict[tuple[str, str], Decimal]:
    return {("22", codigo): Decimal(quantidade)}


NENHUMA = {"autorizacoes": Autorizacoes(desde=DESDE)}

DISPARAM = (
    Caso(
        regra="A02",
        titulo="a operadora não registrou essa senha",
        exemplo=UMA,
        cadastro=NENHUMA,
        onde=SENHA,
        codigos=("1406", "3306"),
    ),
    Caso(
        regra="A02",
        titulo="a senha é de outro beneficiário",
        exemplo=UMA,
        cadastro=autorizou(numero_carteira="77"),
        onde=SENHA,
        codigos=("1406", "3306"),
    ),
    Caso(
        regra="A02",
        titulo="a senha de uma GTO",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1, "maximo": True},
        cadastro=NENHUMA,
        onde="guiaOdonto[1]/senhaAutorizacao",
        codigos=("1406", "3306"),
    ),
    Caso(
        regra="A04",
        titulo="a senha foi cancelada",
        exemplo=UMA,
        cadastro=autorizou(cancelada_em=date(2025, 12, 28), itens=_itens("1")),
        onde=SENHA,
        codigos=("1437", "1437"),
    ),
    Caso(
        regra="A04",
        titulo="a guia da consulta foi cancelada",
        tipo="consulta",
        exemplo={"guias": 1, "maximo": True},
        cadastro=autorizou(senha="", numero_guia_operadora="70000001", cancelada_em=date(2025, 12, 28)),
        onde="guiaConsulta[1]/numeroGuiaOperadora",
        codigos=("1437", "1437"),
    ),
    Caso(
        regra="G05",
        titulo="a operadora não registrou essa guia",
        tipo="consulta",
        exemplo={"guias": 1, "maximo": True},
        cadastro=NENHUMA,
        onde="guiaConsulta[1]/numeroGuiaOperadora",
        codigos=("1404", "1307"),
    ),
    Caso(
        regra="G08",
        titulo="valia até a véspera",
        exemplo=UMA,
        cadastro=autorizou(valida_ate=date(2025, 12, 31)),
        onde=SENHA,
        codigos=("1321", "1321"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B14",
        titulo="o token é outro",
        exemplo=CHEIA,
        cadastro=autorizou(codigo_validacao="Z9Z9Z9"),
        onde="guiaSP-SADT[1]//codValidacao",
        codigos=("3156", "3156"),
    ),
    Caso(
        regra="A07",
        titulo="foi autorizado outro exame",
        exemplo=UMA,
        cadastro=autorizou(itens=_itens("1", "40304361")),
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("2505", "2505"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="A08",
        titulo="foi autorizado um, e são dois",
        exemplo=UMA,
        cadastro=autorizou(itens=_itens("1")),
        onde=f"{ITEM}//quantidadeExecutada",
        codigos=("1820", "3210"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="A08",
        titulo="a soma das duas guias passa do autorizado",
        exemplo={"guias": 2, "itens": 1, "carteiras": [CARTEIRA, CARTEIRA]},
        edicoes=[
            troca("guiaSP-SADT[2]//senha", "S0000001"),
            troca("guiaSP-SADT[2]//codigoProcedimento", "40302040"),
        ],
        cadastro=autorizou(itens=_itens("2")),
        onde="guiaSP-SADT[2]//quantidadeExecutada",
        codigos=("1820", "3210"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="A09",
        titulo="foi autorizada uma sessão, e são duas",
        exemplo=UMA,
        edicoes=[troca("guiaSP-SADT[1]//tipoAtendimento", "03")],
        cadastro=autorizou(itens=_itens("1")),
        onde=f"{ITEM}//quantidadeExecutada",
        codigos=("2506", "2506"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(
        regra="A02",
        titulo="a operadora não disse que registra todas",
        exemplo=UMA,
        cadastro={"autorizacoes": Autorizacoes()},
    ),
    Caso(
        regra="A02",
        titulo="o atendimento é de antes do registro",
        exemplo=UMA,
        cadastro={"autorizacoes": Autorizacoes(desde=date(2026, 1, 2))},
    ),
    Caso(regra="A02", titulo="é a senha do beneficiário", exemplo=UMA, cadastro=autorizou(desde=DESDE)),
    Caso(
        regra="A02",
        titulo="não há senha",
        exemplo=UMA,
        edicoes=[retira("guiaSP-SADT[1]//dadosAutorizacao")],
        cadastro=NENHUMA,
    ),
    Caso(regra="A04", titulo="não foi cancelada", exemplo=UMA, cadastro=autorizou()),
    Caso(
        regra="A04",
        titulo="a cancelada é de outro beneficiário, e disso fala outra regra",
        exemplo=UMA,
        cadastro=autorizou(numero_carteira="77", cancelada_em=date(2025, 12, 28)),
    ),
    Caso(
        regra="G05",
        titulo="a operadora registrou a guia",
        tipo="consulta",
        exemplo={"guias": 1, "maximo": True},
        cadastro=autorizou(desde=DESDE, senha="", numero_guia_operadora="70000001"),
    ),
    Caso(regra="G05", titulo="da senha fala outra regra", exemplo=CHEIA, cadastro=NENHUMA),
    Caso(regra="G08", titulo="ainda vale no dia", exemplo=UMA, cadastro=autorizou(valida_ate=date(2026, 1, 1))),
    Caso(
        regra="G08",
        titulo="a guia já diz que a senha venceu",
        exemplo=CHEIA,
        edicoes=[troca("guiaSP-SADT[1]//dataValidadeSenha", "2025-12-31")],
        cadastro=autorizou(valida_ate=date(2025, 12, 31)),
    ),
    Caso(
        regra="G08",
        titulo="uma internação é paga em partes",
        tipo="internacao",
        exemplo=UMA,
        cadastro=autorizou(valida_ate=date(2025, 12, 21)),
    ),
    Caso(regra="B14", titulo="é o token dela", exemplo=CHEIA, cadastro=autorizou(codigo_validacao="a1b2c3")),
    Caso(regra="B14", titulo="a autorização não tem token", exemplo=CHEIA, cadastro=autorizou()),
    Caso(regra="A07", titulo="foi autorizado esse", exemplo=UMA, cadastro=autorizou(itens=_itens("2"))),
    Caso(regra="A07", titulo="a autorização não diz o quê", exemplo=UMA, cadastro=autorizou()),
    Caso(regra="A08", titulo="foram autorizados dois", exemplo=UMA, cadastro=autorizou(itens=_itens("2"))),
    Caso(
        regra="A08",
        titulo="de sessões fala outra regra",
        exemplo=UMA,
        edicoes=[troca("guiaSP-SADT[1]//tipoAtendimento", "03")],
        cadastro=autorizou(itens=_itens("1")),
    ),
    Caso(
        regra="A09",
        titulo="menos sessões do que as autorizadas",
        exemplo=UMA,
        edicoes=[troca("guiaSP-SADT[1]//tipoAtendimento", "03")],
        cadastro=autorizou(itens=_itens("10")),
    ),
)
