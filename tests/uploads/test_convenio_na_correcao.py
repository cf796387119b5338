"""A setting of the convênio refuses a file, and what it asks for is filled in where the file is corrected."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from convenios.models import Convenio
from tests.fabrica import Cenario
from tests.uploads.apoio import processar_pendentes, xml_valido
from tests.uploads.test_correcao import causas_de, incluir, salvar
from uploads.models import Arquivo


def ligar(cenario: Cenario, **regras: object) -> None:
    """Let PASA's principal convênio demand this."""
    with cenario.dentro("pasa"):
        Convenio.objects.filter(operadora=cenario.pasa, principal=True).update(**regras)


def importado(cenario: Cenario) -> bool:
    """Whether the only upload came in, once the workers are done."""
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.get().situacao == "importado"


def test_a_missing_senha_is_typed_and_the_file_comes_in(cenario: Cenario, faturista: Client) -> None:
    ligar(cenario, exige_senha=True)
    sem_senha = re.sub(rb"<ans:senha>[^<]*</ans:senha>\n", b"", xml_valido(cenario))
    arquivo = incluir(faturista, cenario, sem_senha)
    assert arquivo.situacao == "invalido"
    salvar(faturista, arquivo, causas_de(cenario, arquivo)["A01"], v0="884512")
    assert importado(cenario)


def test_a_whole_missing_authorisation_is_asked_for_with_what_the_standard_wants_in_it(
    cenario: Cenario, faturista: Client
) -> None:
    ligar(cenario, exige_senha=True)
    valido = xml_valido(cenario)
    sem_grupo = re.sub(rb"<ans:dadosAutorizacao>.*?</ans:dadosAutorizacao>\n", b"", valido, flags=re.DOTALL)
    autorizada = re.search(rb"<ans:dataAutorizacao>([^<]*)", valido)
    assert autorizada is not None
    ano, mes, dia = autorizada[1].decode().split("-")
    arquivo = incluir(faturista, cenario, sem_grupo)
    causa = causas_de(cenario, arquivo)["A01"]
    pagina = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/").content.decode()
    assert "Data da autorização" in pagina
    salvar(faturista, arquivo, causa, v0=f"{dia}/{mes}/{ano}", v1="884512")
    assert importado(cenario)


@pytest.mark.parametrize(
    ("regra", "regras"), [("C12", {"repetir_senha_na_guia": True}), ("C20", {"posicao_profissional": "12"})]
)
def test_what_the_setting_decides_is_offered_and_taken(
    cenario: Cenario, faturista: Client, regra: str, regras: dict[str, object]
) -> None:
    ligar(cenario, **regras)
    dados = xml_valido(cenario, maximo=regra == "C20")
    dados = re.sub(rb"<ans:grauPart>[^<]*</ans:grauPart>\n", b"", dados)
    arquivo = incluir(faturista, cenario, dados)
    salvar(faturista, arquivo, causas_de(cenario, arquivo)[regra], acao="sugestao")
    assert importado(cenario)


def test_a_notice_stops_nothing(cenario: Cenario, faturista: Client) -> None:
    ligar(cenario, versao_padrao="4.02.00")
    incluir(faturista, cenario, xml_valido(cenario))
    assert importado(cenario)
