"""Lines of a guide beside each other: their numbers, their teams, and what is charged twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Final

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_MAIOR_SEQUENCIAL: Final = 9999
_GRAUS: Final = (f"{TAG_ANS}grauPart", f"{TAG_ANS}grauParticipacao")
_QUEM: Final = f"{TAG_ANS}codProfissional"
_NOMES: Final = ("ans:nomeProf", "ans:nomeProfissional")


@regra(
    "I01",
    codigo="3167",
    codigos_ate={"4.00.01": "5053"},
    alvo="guia",
    exemplo="Dois itens da guia têm o sequencial 2.",
    desde=_DESDE,
)
def sequencial_do_item(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O sequencial de cada item é maior que zero e só dele na guia, contando as despesas."""
    usados = [item.sequencial for item in guia.itens if item.sequencial is not None]
    if len(set(usados)) == len(usados) and min(usados, default=1) > 0:
        return
    livres = _livres(set(usados))
    vistos: set[int] = set()
    for item in guia.itens:
        sequencial = item.sequencial
        if sequencial is None or (sequencial > 0 and sequencial not in vistos):
            vistos.add(sequencial or 0)
            continue
        livre = next(livres, None)
        no = item.no("sequencialItem")
        motivo = "já é de outro item da guia" if sequencial > 0 else "não é maior que zero"
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} de um item da {a_guia(guia)} é {sequencial}, que {motivo}. Numere os itens da "
                "guia um a um, procedimentos e despesas juntos."
            ),
            valor=no.text,
            esperado="um número só deste item na guia",
            sugestao=None if livre is None else str(livre),
        )


@regra(
    "I19",
    codigo="3209",
    codigo_antigo="1702",
    alvo="guia",
    exemplo="O mesmo procedimento aparece duas vezes no mesmo dia, à mesma hora e com a mesma equipe.",
    desde=_DESDE,
    ignoravel=True,
)
def item_em_duplicidade(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum procedimento é cobrado duas vezes no mesmo dia, à mesma hora e com a mesma equipe, ou no mesmo dente."""
    odonto = guia.tipo == "guiaOdonto"
    vistos: dict[Hashable, ItemLido] = {}
    for item in guia.itens if odonto else guia.com_hora:
        if item.especie == "despesa":
            continue
        chave = _mesma_cobranca(item)
        if chave is None or (outro := vistos.setdefault(chave, item)) is item or not _mesma_equipe(item, outro):
            continue
        onde = "no mesmo dente" if odonto else "à mesma hora, pela mesma equipe"
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O procedimento {item.codigo} {do_item(item, com_codigo=False)} repete o "
                f"{do_item(outro, com_codigo=False)}: no mesmo dia, {onde}. Retire o item repetido, ou junte as "
                "quantidades num só; se foram mesmo dois, ignore com justificativa."
            ),
            valor=item.codigo,
            esperado="um item só, com a quantidade",
        )


@regra(
    "I25",
    codigo="2607",
    alvo="guia",
    exemplo="O mesmo profissional aparece duas vezes como 1º auxiliar do procedimento.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def membro_repetido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum profissional aparece duas vezes na equipe de um item com o mesmo grau de participação."""
    for item in guia.itens:
        equipe = item.equipe
        if len(equipe) < 2:
            continue
        vistos: set[Hashable] = set()
        for membro in equipe:
            grau, quem = _membro(membro)
            if quem is None or (grau, quem) not in vistos:
                vistos.add((grau, quem))
                continue
            no = next((filho for filho in membro if filho.tag in _GRAUS), membro)
            nome = next((texto for nome in _NOMES if (texto := membro.findtext(nome, namespaces=NS))), quem)
            yield Apontamento(
                no=no,
                mensagem=(
                    f"{citado(nome)} aparece duas vezes na equipe {do_item(item)} com o mesmo grau de participação. "
                    "Retire a repetição, ou corrija o grau; se está certo, ignore com justificativa."
                ),
                valor=grau,
                esperado="cada profissional uma vez em cada grau",
            )


@regra(
    "I35",
    codigo="3167",
    codigos_ate={"4.00.01": "5054"},
    alvo="guia",
    depende=(Base.SEQUENCIAIS_DA_GUIA,),
    exemplo="A despesa está vinculada ao item 9, e a guia só tem os itens 1 a 4.",
    desde=_DESDE,
    ignoravel=True,
)
def vinculo_sem_item(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O item vinculado de cada despesa é um item da guia."""
    vinculadas = [(item, vinculo) for item in guia.itens if (vinculo := item.item_vinculado) is not None]
    if not vinculadas:
        return
    existentes = {item.sequencial for item in guia.itens}
    for item, vinculo in vinculadas:
        if vinculo in existentes:
            continue
        no = item.no("itemVinculado")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {vinculo}, e a {a_guia(guia)} não tem esse item. Informe o "
                "sequencial do procedimento a que a despesa pertence, ou retire o campo."
            ),
            valor=str(vinculo),
            esperado="o sequencial de um item da guia",
        )


def _livres(usados: set[int]) -> Iterator[int]:
    """Numbers that no line has, from after the highest one on, then those left out below it."""
    depois = range(max(0, *usados) + 1, _MAIOR_SEQUENCIAL + 1)
    antes = (numero for numero in range(1, min(max(0, *usados), _MAIOR_SEQUENCIAL + 1)) if numero not in usados)
    yield from depois
    yield from antes


def _mesma_cobranca(item: ItemLido) -> Hashable:
    """What two lines have in common when they charge the same thing; None where the line does not tell enough.

    Without hour and without tooth nobody knows: an exam may be done twice in a day.
    """
    if not item.codigo or item.data is None:
        return None
    dente, regiao, face = item.lugar_na_boca
    if item.hora_inicial is None and not dente and not regiao:
        return None
    quando = (item.data, item.hora_inicial, item.hora_final)
    return item.tabela, item.codigo, quando, item.fator, item.modo, (dente, regiao, face)


def _mesma_equipe(um: ItemLido, outro: ItemLido) -> bool:
    return list(map(_membro, um.equipe)) == list(map(_membro, outro.equipe))


def _membro(membro: etree._Element) -> tuple[str | None, str | None]:
    """Degree and code or CPF of a member of the team, as in the file."""
    grau = quem = None
    for filho in membro:
        if filho.tag == _QUEM:
            quem = next((codigo.text for codigo in filho), None)
            break  # the degree comes first, and the rest of a member says nothing of who it is
        if filho.tag in _GRAUS:
            grau = filho.text
    return grau, quem
