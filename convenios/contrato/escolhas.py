"""What one side decides for one prestador: the operadora in the contract, the prestador where that is left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from conecta.contas.models import Usuario
from convenios.camadas import Efetivas, resolver
from convenios.contrato.erros import ConfiguracaoFechada
from convenios.historia_do_convenio import Mudanca, diferencas, registrar
from convenios.models import Convenio, Credenciamento, ParametrosDaOperadora, RegrasDoCredenciamento
from convenios.palavras_do_convenio import rotulo

Autor = RegrasDoCredenciamento.Autor


def camada_de(credenciamento: Credenciamento, convenio: Convenio, autor: Autor) -> RegrasDoCredenciamento:
    """What that side decided so far; a row that is not saved where it decided nothing."""
    chave = {"credenciamento": credenciamento, "convenio": convenio, "autor": autor}
    existente = RegrasDoCredenciamento.objects.filter(**chave).first()
    return existente or RegrasDoCredenciamento(
        operadora_id=credenciamento.operadora_id, prestador_id=credenciamento.prestador_id, **chave
    )


def acima_de(credenciamento: Credenciamento, convenio: Convenio, autor: Autor) -> Efetivas:
    """What holds where that side decides nothing: for the prestador, with what the contract says."""
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    contrato = camada_de(credenciamento, convenio, Autor.OPERADORA) if autor == Autor.PRESTADOR else None
    return resolver(parametros, convenio, contrato)


@transaction.atomic
def escolher(
    *, credenciamento: Credenciamento, convenio: Convenio, novos: Mapping[str, Any], por: Usuario
) -> list[Mudanca]:
    """Let these settings hold for the prestador by its own choice; None gives one back to the layer above.

    Raises `ConfiguracaoFechada` for what the convênio does not leave to it. Says what changed.
    """
    abertos = Convenio.objects.only("abertos").get(pk=convenio.pk).abertos
    if fechadas := [nome for nome in novos if nome not in abertos]:
        nomes = ", ".join(map(rotulo, fechadas))
        raise ConfiguracaoFechada(
            f"A operadora não deixa o prestador decidir: {nomes}. Recarregue a página, e peça a ela a mudança.",
            fechadas,
        )
    return _decidir(credenciamento, convenio, Autor.PRESTADOR, novos, por)


@transaction.atomic
def acordar(
    *, credenciamento: Credenciamento, convenio: Convenio, novos: Mapping[str, Any], por: Usuario
) -> list[Mudanca]:
    """Let these settings hold in the contract with that prestador; None gives one back to the convênio."""
    return _decidir(credenciamento, convenio, Autor.OPERADORA, novos, por)


def _decidir(
    credenciamento: Credenciamento, convenio: Convenio, autor: Autor, novos: Mapping[str, Any], por: Usuario
) -> list[Mudanca]:
    linha = _travada(credenciamento, convenio, autor)
    mudancas = diferencas({nome: getattr(linha, nome) for nome in novos}, novos)
    for nome, valor in novos.items():
        setattr(linha, nome, valor)
    linha.full_clean(exclude=["operadora", "prestador", "credenciamento", "convenio"], validate_unique=False)
    linha.save()
    registrar(convenio, mudancas, por=por, prestador=credenciamento.prestador)
    return mudancas


def _travada(credenciamento: Credenciamento, convenio: Convenio, autor: Autor) -> RegrasDoCredenciamento:
    linha, _ = RegrasDoCredenciamento.objects.get_or_create(
        credenciamento=credenciamento,
        convenio=convenio,
        autor=autor,
        defaults={"operadora_id": credenciamento.operadora_id, "prestador_id": credenciamento.prestador_id},
    )
    return RegrasDoCredenciamento.objects.select_for_update().get(pk=linha.pk)
