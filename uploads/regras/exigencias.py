"""What the operadora demands of each procedure: authorisation, quantities, team, age, sex, tooth, intervals.

Where nothing is demanded of the codes of a file, each of these rules ends at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import quantidade as em_quantidade
from convenios.exigencias.regras import Exigencia
from tiss_schemas.achados import Tipo
from tiss_schemas.espacos import NS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.bases import Base
from uploads.regras.campos_da_guia import NUMERO_DA_OPERADORA, SENHA, texto_em, uma_das_faltas
from uploads.regras.contexto import Cobertura, Contexto
from uploads.regras.convenio_numeros import sem_numero_da_operadora, sem_senha
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import do_item, graus_da_equipe, no_do_item
from uploads.regras.palavras import a_guia, campo
from uploads.regras.registro import Apontamento, conta, regra
from uploads.regras.urgencia import e_urgente

_DESDE: Final = date(2026, 11, 22)
_ZERO: Final = Decimal(0)
_INTERNACOES: Final = frozenset({"guiaResumoInternacao", "guiaHonorarios"})
_SEXOS: Final = {"1": "masculino", "3": "feminino"}


@regra(
    "A11",
    codigo="1818",
    alvo="guia",
    exemplo="A operadora exige autorização para a ressonância, e a guia eletiva não tem senha nem número da operadora.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_autorizacao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O que a operadora só paga com autorização prévia está em guia com senha ou número da guia na operadora."""
    if not contexto.exigencias or _tem_autorizacao(guia) or e_urgente(guia):
        return
    item = next((item for item, exigencia in exigidos(guia, contexto) if exigencia.exige_autorizacao), None)
    if item is None or _ja_se_pede(guia, contexto):
        return
    caminhos = [onde[guia.tipo] for onde in (NUMERO_DA_OPERADORA, SENHA) if guia.tipo in onde]
    falta = uma_das_faltas(guia, caminhos)
    yield Apontamento(
        no=falta.no,
        mensagem=(
            f"O código {item.codigo} {do_item(item, com_codigo=False)} exige autorização prévia da operadora, e a "
            f"{a_guia(guia)} não tem senha nem número da guia na operadora. Informe o que a operadora deu; se não "
            "pediu, peça a autorização antes de cobrar."
        ),
        valor=falta.valor,
        esperado=falta.esperado,
        tipo=falta.tipo,
    )


@regra(
    "I10",
    codigo="3210",
    codigo_antigo="1820",
    alvo="guia",
    depende=(Base.VALORES_DA_LINHA,),
    exemplo="A operadora paga 1 hemograma por dia, e a guia cobra 2 no mesmo dia.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def quantidade_acima_do_maximo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A quantidade de cada código não passa do máximo que a operadora paga por dia e por guia."""
    por_dia: dict[object, Decimal] = {}
    por_guia: dict[object, Decimal] = {}
    ditos: set[object] = set()
    for item, exigencia in exigidos(guia, contexto):
        codigo = (item.tabela, item.codigo)
        feito = (*codigo, graus_da_equipe(item))
        limites = (
            (exigencia.quantidade_maxima_por_dia, por_dia, (*feito, item.data), "no mesmo dia"),
            (exigencia.quantidade_maxima_por_guia, por_guia, feito, "na guia"),
        )
        for maximo, somas, chave, onde in limites:
            if maximo is None or item.quantidade is None or item.quantidade <= _ZERO:
                continue
            soma = somas[chave] = somas.get(chave, _ZERO) + item.quantidade
            if soma > maximo and codigo not in ditos:
                ditos.add(codigo)
                yield _acima(item, soma, maximo, onde)


@regra(
    "I21",
    codigo="1802",
    alvo="guia",
    exemplo="O procedimento é só para mulheres, e o beneficiário é do sexo masculino no cadastro.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def sexo_incompativel(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O procedimento é compatível com o sexo do beneficiário."""
    pessoa = _pessoa(guia, contexto)
    if pessoa is None or not pessoa.sexo:
        return
    for item, exigencia in exigidos(guia, contexto):
        if not exigencia.sexo or exigencia.sexo == pessoa.sexo:
            continue
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} {do_item(item, com_codigo=False)} é só para o sexo {_SEXOS[exigencia.sexo]}, "
                "e o cadastro da operadora diz outro sexo do beneficiário. Confira a carteira e o código; se estão "
                "certos, ignore com justificativa."
            ),
            valor=item.codigo,
            esperado=f"beneficiário do sexo {_SEXOS[exigencia.sexo]}",
        )


@regra(
    "I22",
    codigo="1803",
    alvo="guia",
    exemplo="O procedimento é até 12 anos, e o beneficiário tinha 40 no dia.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def idade_incompativel(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O procedimento é compatível com a idade do beneficiário no dia."""
    pessoa = _pessoa(guia, contexto)
    if pessoa is None or pessoa.nascimento is None:
        return
    for item, exigencia in exigidos(guia, contexto):
        dia = item.data or guia.data_atendimento
        if dia is None or dia < pessoa.nascimento:
            continue
        idade = _anos_em(pessoa.nascimento, dia)
        if _idade_serve(idade, exigencia):
            continue
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} {do_item(item, com_codigo=False)} é para beneficiários {_idades(exigencia)}, "
                f"e este tinha {_em_anos(idade)} em {em_data(dia)}. Confira a carteira, a data e o código; se estão "
                "certos, ignore com justificativa."
            ),
            valor=item.codigo,
            esperado=f"beneficiário {_idades(exigencia)}",
        )


@regra(
    "I39",
    codigo="3022",
    alvo="guia",
    exemplo="A restauração está na guia sem o dente nem a região da boca.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_dente_nem_regiao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O procedimento que se faz num dente ou numa região da boca diz em qual."""
    if guia.tipo != "guiaOdonto":
        return
    for item, exigencia in exigidos(guia, contexto):
        if not exigencia.exige_dente_ou_regiao or item.elemento.find("ans:denteRegiao", NS) is not None:
            continue
        yield Apontamento(
            no=item.elemento,
            mensagem=(
                f"Falta o dente ou a região {do_item(item)} da {a_guia(guia)}: a operadora só paga este código "
                "sabendo onde foi feito. Informe só um dos dois: o número do dente, ou a sigla da região."
            ),
            esperado="denteRegiao/codDente, denteRegiao/codRegiao",
            tipo=Tipo.FALTANDO,
        )


def _acima(item: ItemLido, soma: Decimal, maximo: int, onde: str) -> Apontamento:
    no = no_do_item(item, "quantidadeExecutada", "qtdProc", "codigoProcedimento")
    return Apontamento(
        no=no,
        mensagem=(
            f"Com o campo {campo(no)} {do_item(item)}, são {em_quantidade(soma)} {onde}, e a operadora paga até "
            f"{maximo}. Confira as quantidades deste código; se estão certas, ignore com justificativa."
        ),
        valor=no.text,
        esperado=f"até {maximo} {onde}",
    )


def _tem_autorizacao(guia: GuiaLida) -> bool:
    """Whether it names an authorisation. A stay is authorised by the guide that asked for it."""
    return bool(guia.senha or guia.numero_operadora or (guia.tipo in _INTERNACOES and guia.guia_principal))


def _ja_se_pede(guia: GuiaLida, contexto: Contexto) -> bool:
    """Whether the convênio asks for the senha or the number in every guide: then that is what is said."""
    return any(
        conta(funcao, contexto) and any(True for _ in funcao(guia, contexto))
        for funcao in (sem_senha, sem_numero_da_operadora)
    )


def _pessoa(guia: GuiaLida, contexto: Contexto) -> Cobertura | None:
    """Who was cared for, as far as the operadora knows. Of a newborn on somebody else's card it knows nothing."""
    if not contexto.exigencias or texto_em(guia, "atendimentoRN") == "S":
        return None
    return contexto.beneficiarios.get(guia.numero_carteira or "")


def _anos_em(nascimento: date, dia: date) -> int:
    """Whole years of age on that day: another one on each birthday, in common years on March 1st for February 29th."""
    return dia.year - nascimento.year - ((dia.month, dia.day) < (nascimento.month, nascimento.day))


def _idade_serve(idade: int, exigencia: Exigencia) -> bool:
    minima, maxima = exigencia.idade_minima, exigencia.idade_maxima
    return (minima is None or minima <= idade) and (maxima is None or idade <= maxima)


def _idades(exigencia: Exigencia) -> str:
    minima, maxima = exigencia.idade_minima, exigencia.idade_maxima
    if maxima is None:
        return f"a partir de {_em_anos(minima or 0)}"
    return f"até {_em_anos(maxima)}" if not minima else f"de {minima} a {_em_anos(maxima)}"


def _em_anos(idade: int) -> str:
    return f"{idade} ano" if idade == 1 else f"{idade} anos"
