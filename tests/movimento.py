"""Files, lots and protocols for tests, made the way the portal makes them: uploaded, judged by a worker, sent."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.fila import fila
from lotes import transicoes as transicoes_do_lote
from lotes.models import Lote, Protocolo
from tests.fabrica import CARTEIRAS, Cenario
from tiss_schemas.exemplos import lote_exemplo
from uploads import transicoes
from uploads.models import Arquivo


def xml_de(prestador: Organizacao, operadora: Organizacao, *, numero: str = "1", **outros: object) -> bytes:
    """A valid lot of that prestador for that operadora, of people that it insures, dated yesterday."""
    opcoes: dict[str, object] = {
        "registro_ans": operadora.registro_ans,
        "cnpj": prestador.documento,
        "numero_lote": numero,
        "sequencial": numero,
        "primeiro_numero_guia": int(numero) * 1000,
        "carteiras": [CARTEIRAS[operadora.registro_ans].format(n) for n in range(5)],
        "data": timezone.localdate() - timedelta(days=1),
    }
    return lote_exemplo(**{**opcoes, **outros})  # type: ignore[arg-type]


def trabalhar(fila_: str = "validacao") -> int:
    """Do all that waits, as a worker does; give how many jobs there were."""
    feitos = 0
    while trabalho := fila.reclamar(fila_, "teste"):
        fila.executar(trabalho, "teste")
        feitos += 1
    return feitos


def incluir(cenario: Cenario, dados: bytes, prestador: str = "aurelia", nome: str = "lote.xml") -> Arquivo:
    """Upload a file and let a worker judge it."""
    with cenario.dentro(prestador, "faturista"):
        arquivo = transicoes.incluir(
            prestador=cenario.organizacoes[prestador],
            nome=nome,
            dados=dados,
            por=cenario.pessoa("faturista", prestador),
        )
    trabalhar()
    with cenario.dentro(prestador):
        return Arquivo.objects.select_related("lote").get(pk=arquivo.pk)


def lote_aberto(cenario: Cenario, prestador: str = "aurelia", operadora: str = "pasa", **opcoes: object) -> Lote:
    """A lot made of an uploaded file."""
    dados = xml_de(cenario.organizacoes[prestador], cenario.organizacoes[operadora], **opcoes)  # type: ignore[arg-type]
    arquivo = incluir(cenario, dados, prestador)
    assert arquivo.lote is not None, f"not imported: {arquivo.situacao}"
    return arquivo.lote


def enviar(cenario: Cenario, lote: Lote, prestador: str = "aurelia") -> Protocolo:
    """Close and send a lot."""
    por = cenario.pessoa("faturista", prestador)
    with cenario.dentro(prestador, "faturista"):
        return transicoes_do_lote.enviar(lote=transicoes_do_lote.fechar(lote=lote, por=por), por=por)
