"""Checks on who was attended: the card, and whether it covered the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.texto import para_busca
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Cobertura, Contexto
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra
from uploads.regras.vigencias import primeiro_atendimento

_PARTICULAS: Final = frozenset({"da", "de", "di", "do", "das", "dos", "du", "e"})
_DIAS_DE_RN: Final = timedelta(days=30)
_DIAS_SEM_FILHOS: Final = timedelta(days=10 * 365)
"""Nobody younger than ten has a newborn."""


@regra(
    "B01",
    codigo="1001",
    alvo="guia",
    exemplo="A carteira tem um dígito trocado, e ninguém na operadora tem esse número.",
    cadastro=True,
)
def carteira_desconhecida(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A carteira é de um beneficiário da operadora."""
    carteira = guia.numero_carteira
    if not carteira or carteira in contexto.beneficiarios or not contexto.confere_beneficiarios:
        return
    if _tamanho_errado(guia, contexto) or _de_enchimento(guia, contexto):
        return
    no = guia.no("numeroCarteira")
    yield Apontamento(
        no=no,
        mensagem=(
            f"A carteira {citado(carteira)} da {a_guia(guia)} não é de nenhum beneficiário da operadora. Confira o "
            f"campo {campo(no)} com o cartão, com todos os zeros à esquerda."
        ),
        valor=carteira,
        esperado="carteira de um beneficiário da operadora",
    )


@regra(
    "B02",
    codigo="1001",
    alvo="guia",
    exemplo="A carteira perdeu os zeros à esquerda: tem 12 caracteres, e as da operadora têm 17.",
    cadastro=True,
)
def carteira_de_outro_tamanho(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A carteira tem os dígitos das carteiras do convênio e, onde ele exige o número, não é de enchimento."""
    carteira = guia.numero_carteira
    if carteira is None or carteira in contexto.beneficiarios:
        return
    no = guia.no("numeroCarteira")
    tamanhos = " ou ".join(map(str, _tamanhos(guia, contexto)))
    if _de_enchimento(guia, contexto):
        defeito = f"é {citado(carteira)}, que não é carteira de ninguém" if carteira else "está em branco"
    elif carteira and _tamanho_errado(guia, contexto):
        defeito = f"tem {len(carteira)} caracteres, e as carteiras do convênio têm {tamanhos}"
    else:
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} {defeito}. Copie o número do cartão, com todos os zeros à esquerda "
            "e sem pontos."
        ),
        valor=carteira,
        esperado=f"{tamanhos} caracteres" if tamanhos else "o número do cartão",
    )


@regra(
    "B03",
    codigo="1006",
    alvo="guia",
    exemplo="O beneficiário foi desligado em 10/01/2026, e a consulta é de 12/01/2026.",
    ajustavel=True,
    cadastro=True,
)
def depois_do_desligamento(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O atendimento não é depois do desligamento do beneficiário."""
    cobertura = _cobertura(guia, contexto)
    fim = cobertura.desligamento if cobertura else None
    if fim is None or (achado := primeiro_atendimento(guia, lambda dia: dia > fim)) is None:
        return
    dia, no = achado
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, depois do desligamento do beneficiário, em "
            f"{em_data(fim)}. Confira a data e a carteira."
        ),
        valor=dia.isoformat(),
        esperado=f"até {em_data(fim)}",
    )


@regra(
    "B04",
    codigo="3308",
    codigo_antigo="1005",
    alvo="guia",
    exemplo="O beneficiário entrou no plano em 01/02/2026, e o exame é de 20/01/2026.",
    ajustavel=True,
    cadastro=True,
)
def antes_da_inclusao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O atendimento não é antes da inclusão do beneficiário no plano."""
    cobertura = _cobertura(guia, contexto)
    inicio = cobertura.inclusao if cobertura else None
    if inicio is None or (achado := primeiro_atendimento(guia, lambda dia: dia < inicio)) is None:
        return
    dia, no = achado
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, antes da inclusão do beneficiário no plano, em "
            f"{em_data(inicio)}. Confira a data e a carteira."
        ),
        valor=dia.isoformat(),
        esperado=f"a partir de {em_data(inicio)}",
    )


@regra(
    "B12",
    codigo="5032",
    alvo="guia",
    exemplo="A guia diz que o atendimento é a recém-nascido, na carteira de uma criança de 6 anos.",
    desde=date(2026, 11, 22),
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def recem_nascido_de_crianca(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O atendimento a recém-nascido é na carteira de quem pode ser responsável por ele."""
    cobertura, no, dia = _cobertura(guia, contexto), guia.campos.get("atendimentoRN"), guia.data_atendimento
    if no is None or no.text != "S" or dia is None or cobertura is None or cobertura.nascimento is None:
        return
    idade = dia - cobertura.nascimento
    if _DIAS_DE_RN < idade < _DIAS_SEM_FILHOS:
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é S, mas a carteira é de quem nasceu em "
                f"{em_data(cobertura.nascimento)}: S é só para um recém-nascido atendido na carteira do responsável. "
                "Informe N, ou corrija a carteira; se está certo, ignore com justificativa."
            ),
            valor="S",
            esperado="N",
        )


@regra(
    "B15",
    codigo="3243",
    codigo_antigo="1011",
    alvo="guia",
    exemplo="A guia é de Anaíra Bragança, e a carteira informada é de Belmiro Taveira Couto.",
    desde=date(2026, 11, 22),
    ignoravel=True,
    cadastro=True,
)
def nome_de_outra_pessoa(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O nome do beneficiário, nas versões que o levam, é o de quem tem a carteira."""
    cobertura, no = _cobertura(guia, contexto), guia.campos.get("nomeBeneficiario")
    if no is None or cobertura is None or not cobertura.nome or _e_de_recem_nascido(guia):
        return
    if not mesmo_nome(no.text or "", cobertura.nome):
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {citado(no.text)}, e a carteira "
                f"{citado(guia.numero_carteira)} é de outra pessoa na operadora. Confira a carteira e o nome com o "
                "cartão; se é a mesma pessoa com outro nome, ignore com justificativa."
            ),
            valor=no.text,
            esperado="o nome do titular da carteira",
        )


def mesmo_nome(um: str, outro: str) -> bool:
    """Whether two names may be of one person: the same first name, and the shorter one's words in order in the longer.

    Case, accents and particles do not count; an initial or an abbreviation stands for a word that begins with it.
    """
    menor, maior = sorted((_palavras(um), _palavras(outro)), key=len)
    if not menor:
        return not maior
    restantes = iter(maior)
    return _combinam(menor[0], maior[0]) and all(
        any(_combinam(palavra, outra) for outra in restantes) for palavra in menor
    )


def _palavras(nome: str) -> list[str]:
    palavras = para_busca(nome).replace(".", " ").replace("'", "").split()
    return [palavra for palavra in palavras if palavra not in _PARTICULAS]


def _combinam(uma: str, outra: str) -> bool:
    return uma.startswith(outra) or outra.startswith(uma)


def _e_de_recem_nascido(guia: GuiaLida) -> bool:
    no = guia.campos.get("atendimentoRN")
    return no is not None and no.text == "S"


def _cobertura(guia: GuiaLida, contexto: Contexto) -> Cobertura | None:
    return contexto.beneficiarios.get(guia.numero_carteira or "")


def _tamanhos(guia: GuiaLida, contexto: Contexto) -> tuple[int, ...]:
    """How long cards may be: what the convênio says, else the operadora; empty: any."""
    digitos = contexto.regras_da(guia).digitos_da_matricula
    return contexto.parametros.tamanhos_da_carteira if digitos is None else (digitos,)


def _tamanho_errado(guia: GuiaLida, contexto: Contexto) -> bool:
    tamanhos = _tamanhos(guia, contexto)
    return bool(tamanhos) and len(guia.numero_carteira or "") not in tamanhos


def _de_enchimento(guia: GuiaLida, contexto: Contexto) -> bool:
    """Whether the convênio demands the card, and the field only looks filled in: zeros, nines, or no digit at all."""
    if not contexto.regras_da(guia).exigir_numero_da_carteira:
        return False
    digitos = set(filter(str.isdigit, guia.numero_carteira or ""))
    return digitos <= {"0"} or digitos == {"9"}
