"""How a stay or a visit ended, and the fields that go with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from tiss_schemas.espacos import NS
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import a_guia, campo, campo_ausente, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_INTERNACAO: Final = "guiaResumoInternacao"
_CONSULTA: Final = "04"
_CID: Final = re.compile(r"[A-Z]\d\d[\dX]?", re.ASCII)
_SEPARADORES: Final = re.compile(r"[\s.\-]+")
_DIAGNOSTICOS: Final = (
    "ans:dadosSaidaInternacao/ans:diagnostico",
    "ans:dadosInternacao/ans:declaracoes/ans:diagnosticoObito",
)
_PERMANENCIA: Final = frozenset({"21", "22", "23", "24", "25", "26", "27", "28"})
_FATURAMENTO_FINAL: Final = {"2": "final", "4": "total"}
_OBITO: Final = frozenset({"41", "42", "43"})
_OBITO_COM_DECLARACAO: Final = frozenset({"41"})
"""Death certified by the attending physician; other deaths are certified elsewhere."""
_NASCIDO_VIVO: Final = frozenset({"61", "62", "66", "67"})
_DECLARACOES: Final = (
    ("declaracaoNascido", _NASCIDO_VIVO, "diz que houve um nascido vivo"),
    ("diagnosticoObito", _OBITO, "diz que houve óbito"),
    ("declaracaoObito", _OBITO_COM_DECLARACAO, "diz que houve óbito com declaração do médico assistente"),
)
"""Field that must be there, motives of discharge (table 39) that demand it, and what these say."""


@regra(
    "D10",
    codigo="1603",
    alvo="guia",
    exemplo="O tipo de atendimento é 04, consulta, e falta o tipo de consulta.",
    desde=_DESDE,
)
def consulta_sem_tipo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Um atendimento que é consulta diz de que tipo ela é."""
    tipo = guia.campos.get("tipoAtendimento")
    if guia.tipo != "guiaSP-SADT" or tipo is None or tipo.text != _CONSULTA or "tipoConsulta" in guia.campos:
        return
    yield Apontamento(
        no=_grupo(guia, "dadosAtendimento"),
        mensagem=(
            f"Falta o campo {campo_ausente(guia, 'dadosAtendimento/tipoConsulta')} na {a_guia(guia)}, cujo tipo de "
            "atendimento é 04, consulta. Informe se é a primeira consulta, de seguimento, de pré-natal ou por "
            "encaminhamento."
        ),
        esperado="1, 2, 3 ou 4",
    )


@regra(
    "D14",
    codigo="1509",
    alvo="guia",
    exemplo="O diagnóstico é “k80.”, em vez de K80.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def cid_mal_escrito(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada diagnóstico é um código da CID-10: uma letra e dois ou três dígitos, sem ponto."""
    if guia.tipo != _INTERNACAO:
        return
    for caminho in _DIAGNOSTICOS:
        for no in guia.elemento.iterfind(caminho, NS):
            if not no.text or _CID.fullmatch(no.text):
                continue
            limpo = _SEPARADORES.sub("", no.text).upper()
            certo = limpo if _CID.fullmatch(limpo) else None
            yield Apontamento(
                no=no,
                mensagem=(
                    f"O campo {campo(no)} da {a_guia(guia)} é {citado(no.text)}, que não é um código da CID-10. "
                    "Escreva uma letra e dois ou três dígitos, sem ponto, como K802."
                ),
                valor=no.text,
                esperado=certo or "uma letra e dois ou três dígitos",
                sugestao=certo,
            )


@regra(
    "D15",
    codigo="1609",
    alvo="guia",
    exemplo="O faturamento é final, e o motivo de encerramento é 21, permanência.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def permanencia_no_fim(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma internação de faturamento final ou total não termina com o paciente ainda internado."""
    motivo, faturamento = guia.campos.get("motivoEncerramento"), _faturamento_final(guia)
    if motivo is None or faturamento is None or motivo.text not in _PERMANENCIA:
        return
    yield Apontamento(
        no=motivo,
        mensagem=(
            f"O campo {campo(motivo)} da {a_guia(guia)} é {motivo.text}, permanência, mas o faturamento é "
            f"{faturamento}. Informe como a internação terminou, ou que o faturamento é parcial; se está certo, "
            "ignore com justificativa."
        ),
        valor=motivo.text,
        esperado="um motivo de alta, transferência ou óbito",
    )


@regra(
    "D18",
    codigo="3111",
    alvo="guia",
    exemplo="O motivo de encerramento é 41, óbito, e faltam o CID e o número da declaração de óbito.",
    desde=_DESDE,
    ajustavel=True,
)
def declaracoes_que_faltam(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma internação que terminou em óbito ou em parto com nascido vivo leva as declarações que isso exige."""
    motivo = guia.campos.get("motivoEncerramento")
    if motivo is None or _faturamento_final(guia) is None:
        return
    for nome, motivos, dizer in _DECLARACOES:
        no = guia.campos.get(nome)
        if motivo.text not in motivos or (no is not None and (no.text or "").strip()):
            continue
        caminho = f"dadosInternacao/declaracoes/{nome}"
        yield Apontamento(
            no=_grupo(guia, "dadosInternacao") if no is None else no,
            mensagem=(
                f"Falta o campo {campo_ausente(guia, caminho)} na {a_guia(guia)}, cujo motivo de encerramento, "
                f"{motivo.text}, {dizer}. Informe-o, ou corrija o motivo."
            ),
            valor=None if no is None else no.text,
            esperado="o número da declaração" if nome != "diagnosticoObito" else "o código da CID-10",
        )


def _faturamento_final(guia: GuiaLida) -> str | None:
    """How the billing that ends a stay is called; None for a partial one, and for guides of another type."""
    tipo = guia.campos.get("tipoFaturamento")
    return None if guia.tipo != _INTERNACAO or tipo is None else _FATURAMENTO_FINAL.get(tipo.text or "")


def _grupo(guia: GuiaLida, nome: str) -> etree._Element:
    achado = guia.elemento.find(f"ans:{nome}", NS)
    return guia.elemento if achado is None else achado
