"""What the file itself tells of an authorisation. Whether the operadora gave it, only its own register knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from tiss_schemas.valores import data_de
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_VALIDADES: Final = ("dataValidadeSenha", "validadeSenha")
_SENHAS: Final = ("senha", "senhaAutorizacao")
_ELETIVO: Final = "1"
_INTERNACOES: Final = frozenset({"guiaResumoInternacao", "guiaHonorarios"})
"""A stay is authorised for its first day, and billed in parts long after."""


@regra(
    "A05",
    codigo="1414",
    codigo_antigo="1405",
    alvo="guia",
    exemplo="A senha valeu até 10/01/2026, e o exame é de 15/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def senha_vencida(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A senha ainda vale quando o atendimento começa."""
    no = next((guia.campos[nome] for nome in _VALIDADES if nome in guia.campos), None)
    validade, dia = None if no is None else data_de(no.text), guia.data_atendimento
    if guia.tipo in _INTERNACOES or no is None or validade is None or dia is None or dia <= validade:
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {em_data(validade)}, e o atendimento começou em {em_data(dia)}, "
            "com a senha já vencida. Confira as duas datas; se a operadora aceita, ignore com justificativa."
        ),
        valor=no.text,
        esperado=f"a partir de {em_data(dia)}",
    )


@regra(
    "A06",
    codigo="1308",
    alvo="lote",
    exemplo="A mesma senha está em duas guias, de beneficiários diferentes.",
    desde=_DESDE,
    ignoravel=True,
)
def senha_de_outra_pessoa(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhuma senha está em guias de beneficiários diferentes do lote."""
    primeiras: dict[str, GuiaLida] = {}
    for guia in lote.guias:
        senha, carteira = (guia.senha or "").strip(), guia.numero_carteira
        if not senha or not carteira:
            continue
        primeira = primeiras.setdefault(senha, guia)
        if primeira.numero_carteira == carteira:
            continue
        no = next(guia.campos[nome] for nome in _SENHAS if nome in guia.campos)
        yield Apontamento(
            no=no,
            mensagem=(
                f"A senha {citado(senha)} da {a_guia(guia)} é também a da {a_guia(primeira)}, de outro beneficiário. "
                "Confira as duas; se a operadora deu a mesma senha às duas pessoas, ignore com justificativa."
            ),
            valor=senha,
            esperado="uma senha só deste beneficiário",
        )


@regra(
    "A10",
    codigo="1814",
    alvo="guia",
    exemplo="O exame eletivo é de 10/01/2026, e foi autorizado em 15/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def autorizada_depois(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O que é eletivo foi autorizado antes de estar todo feito, e uma internação eletiva antes de começar."""
    no, carater = guia.campos.get("dataAutorizacao"), guia.campos.get("caraterAtendimento")
    autorizada = None if no is None else data_de(no.text)
    dia = guia.data_atendimento if guia.tipo in _INTERNACOES else guia.data_fim
    if no is None or autorizada is None or dia is None or carater is None:
        return
    if carater.text != _ELETIVO or autorizada <= dia:
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {em_data(autorizada)}, depois do atendimento eletivo, de "
            f"{em_data(dia)}. Confira as datas e o caráter; se a operadora autorizou depois, ignore com "
            "justificativa."
        ),
        valor=no.text,
        esperado=f"até {em_data(dia)}",
    )
