"""Numbers that a convênio demands of a guide: the operadora's own, the senha, the guia principal, the token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from convenios.mascaras import combina
from tiss_schemas.edicoes import Incluir, Remover
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.autorizacoes import e_em_sessoes, numero_nao_liberado
from uploads.regras.campos_da_guia import (
    CODIGO_DE_VALIDACAO,
    GUIA_PRINCIPAL,
    NUMERO_DA_OPERADORA,
    SENHA,
    Falta,
    falta_de,
    fora_da_mascara,
    texto_em,
    uma_das_faltas,
)
from uploads.regras.contexto import Contexto
from uploads.regras.lote import guia_ja_apresentada
from uploads.regras.palavras import a_guia, campo, campo_ausente, citado
from uploads.regras.registro import Apontamento, Caminho, conta, regra

_DESDE: Final = date(2026, 11, 22)
_NUMERO: Final = "numeroGuiaOperadora"
_AUSENCIA: Final = "ausenciaCodValidacao"
_CODIGO: Final = "codValidacao"
_CONSULTA: Final = "04"
_SO_INTEIRA: Final = "4"
"""tipoFaturamento of a stay or treatment that is billed at once; the others come back under the same number."""
_COM_CODIGO: Final = (4, 0)
"""The first version whose guides have a place for the validation code."""


@regra(
    "A01",
    codigo="3306",
    codigo_antigo="1403",
    alvo="guia",
    exemplo="O convênio exige senha nas terapias, e a guia de terapia não traz nenhuma.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_senha(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia tem a senha de autorização, onde o convênio a exige."""
    caminho = SENHA.get(guia.tipo)
    if caminho is None or not _exige_senha(guia, contexto) or (falta := falta_de(guia, caminho)) is None:
        return
    yield _faltando(guia, falta, "o convênio exige a senha de autorização. Informe a que a operadora deu.")


@regra(
    "B13",
    codigo="3111",
    alvo="lote",
    exemplo="O convênio exige o token do beneficiário, e a guia não o traz nem diz por que ele falta.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_codigo_de_validacao(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia tem o código de validação ou o motivo da ausência dele, onde o convênio o exige."""
    if _numeros(lote.versao) < _COM_CODIGO:
        return
    for guia in lote.guias:
        caminho = CODIGO_DE_VALIDACAO.get(guia.tipo)
        if caminho is None or not contexto.regras_da(guia).codigo_de_validacao_exigido:
            continue
        if texto_em(guia, _CODIGO) or texto_em(guia, _AUSENCIA):
            continue
        motivo = f"{caminho.removesuffix(_CODIGO)}{_AUSENCIA}"
        yield _faltando(
            guia,
            uma_das_faltas(guia, [caminho, motivo]),
            "o convênio exige o token do beneficiário. Informe o código, ou em “Ausência de código de validação” o "
            "motivo de não haver.",
        )


@regra(
    "G05",
    codigo="1307",
    codigo_antigo="1404",
    alvo="guia",
    exemplo="O convênio exige o número da guia na operadora, e a guia só tem o do prestador.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_numero_da_operadora(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia tem o número que a operadora lhe deu, onde o convênio o exige, e nenhuma tem um que ela não deu."""
    yield from numero_nao_liberado(guia, contexto)
    regras = contexto.regras_da(guia)
    if not regras.exigir_numero_da_guia or (regras.repetir_senha_na_guia and guia.senha):
        return
    if (falta := falta_de(guia, NUMERO_DA_OPERADORA[guia.tipo])) is not None:
        yield _faltando(guia, falta, "o convênio exige o número que a operadora deu à guia. Informe-o.")


@regra(
    "G06",
    codigo="1308",
    alvo="lote",
    exemplo="O número 70000123 da operadora já está numa guia enviada no mês passado.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def numero_da_operadora_ja_apresentado(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O número da guia na operadora não está em outra guia, a não ser em partes de uma internação, de um tratamento ou
    de uma série de sessões."""
    vistos: dict[str, GuiaLida] = {}
    for guia in lote.guias:
        numero = guia.numero_operadora
        if not numero or _em_partes(guia) or not contexto.regras_da(guia).criticar_guia_repetida:
            continue
        outra = vistos.setdefault(numero, guia)
        if outra is not guia:
            onde = f"na {a_guia(outra)} deste lote"
            repetida = outra.numero_prestador == guia.numero_prestador
        elif numero in contexto.numeros_da_operadora_apresentados:
            onde = "em outro lote seu para esta operadora"
            repetida = guia.numero_prestador in contexto.numeros_de_guia_apresentados and conta(
                guia_ja_apresentada, contexto
            )
        else:
            continue
        if repetida:
            continue  # the whole guide is there a second time, and another rule says so
        no = guia.no(_NUMERO)
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {citado(numero)}, que já está {onde}. Retire a guia, ou "
                "corrija o número; se é mais uma parte do que foi autorizado, ignore com justificativa."
            ),
            valor=numero,
            esperado="um número ainda não apresentado",
        )


@regra(
    "G07",
    codigo="1307",
    codigo_antigo="1303",
    alvo="guia",
    exemplo="O convênio exige a guia principal, e a guia de exames não diz de que consulta veio.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def guia_principal(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia SP/SADT diz a guia principal, onde o convênio a exige, e ela tem a forma que ele usa."""
    caminho, regras = GUIA_PRINCIPAL.get(guia.tipo), contexto.regras_da(guia)
    if caminho is None:
        return
    if (falta := falta_de(guia, caminho)) is not None:
        if (
            guia.tipo == "guiaSP-SADT"
            and regras.exige_guia_principal
            and texto_em(guia, "tipoAtendimento") != _CONSULTA
        ):
            yield _faltando(
                guia,
                falta,
                "o convênio exige o número da guia que deu origem a esta, como a da consulta. Informe-o; se não "
                "houve outra guia, ignore com justificativa.",
            )
    elif (mascara := regras.mascara_da_guia_principal) and not combina(mascara, guia.guia_principal or ""):
        yield fora_da_mascara(guia, caminho.rpartition("/")[2], mascara)


@regra(
    "C12",
    codigo="1307",
    alvo="guia",
    exemplo="A senha é 884512, e o convênio usa o número dela como número da guia, que está como 100.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def numero_diferente_da_senha(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O número da guia na operadora é o da senha, onde o convênio os faz iguais."""
    senha = guia.senha
    if not senha or senha == guia.numero_operadora or not contexto.regras_da(guia).repetir_senha_na_guia:
        return
    caminho = NUMERO_DA_OPERADORA[guia.tipo]
    falta = falta_de(guia, caminho)
    no = guia.no(_NUMERO) if falta is None else falta.no
    achado = f"é {citado(guia.numero_operadora)}" if guia.numero_operadora else "não está preenchido"
    ausente = no if falta is not None and falta.valor is None else None

    def copiada(caminho_de: Caminho) -> tuple[Incluir, ...]:
        return () if ausente is None else (Incluir(caminho_de(ausente), _NUMERO, senha),)

    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo_ausente(guia, caminho)} da {a_guia(guia)} {achado}, e neste convênio o número da guia é o "
            f"da senha, {citado(senha)}. Copie a senha para o número da guia; se estão certos, ignore com "
            "justificativa."
        ),
        valor=guia.numero_operadora,
        esperado=senha,
        sugestao=senha if ausente is None else None,
        conserto=copiada,
    )


@regra(
    "C13",
    codigo="1307",
    alvo="guia",
    exemplo="O número da guia na operadora é 20301004, o mesmo que o prestador deu a ela.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def numero_replicado(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O número da guia na operadora não é uma cópia do número do prestador, onde o convênio não a aceita."""
    numero, regras = guia.numero_operadora, contexto.regras_da(guia)
    if not numero or numero != guia.numero_prestador or not regras.nao_replicar_numero_da_guia:
        return
    no = guia.no(_NUMERO)

    def retirado(caminho_de: Caminho) -> tuple[Remover, ...]:
        return () if regras.exigir_numero_da_guia else (Remover(caminho_de(no)),)

    ou_retire = "" if regras.exigir_numero_da_guia else ", ou retire o campo se ela não deu nenhum"
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(numero)}, o mesmo número da guia no prestador, e este "
            f"convênio dá os seus. Informe o número que a operadora deu{ou_retire}; se os dois são mesmo iguais, "
            "ignore com justificativa."
        ),
        valor=numero,
        esperado="o número que a operadora deu",
        conserto=retirado,
    )


def _faltando(guia: GuiaLida, falta: Falta, motivo: str) -> Apontamento:
    return Apontamento(
        no=falta.no,
        mensagem=f"Falta o campo {campo_ausente(guia, falta.caminho)} na {a_guia(guia)}: {motivo}",
        valor=falta.valor,
        esperado=falta.esperado,
        tipo=falta.tipo,
    )


def _exige_senha(guia: GuiaLida, contexto: Contexto) -> bool:
    """Whether the convênio demands the senha of this guide: of all, or of its type or tipo de atendimento."""
    regras = contexto.regras_da(guia)
    onde = regras.exige_senha_em
    return regras.exige_senha and (not onde or guia.tipo in onde or texto_em(guia, "tipoAtendimento") in onde)


def _em_partes(guia: GuiaLida) -> bool:
    """Whether what was authorised once is billed little by little: a stay, a treatment, or a series of sessions."""
    return texto_em(guia, "tipoFaturamento") not in {"", _SO_INTEIRA} or e_em_sessoes(guia)


def _numeros(versao: str | None) -> tuple[int, ...]:
    partes = (versao or "").split(".")
    return tuple(map(int, partes)) if all(parte.isdecimal() for parte in partes) else ()
