"""Who may analyse in an operadora."""

from __future__ import annotations

from conecta.contas.models import Organizacao, Usuario, Vinculo
from conecta.contas.papeis import Permissao, permissoes_de
from conecta.tenancy.escopo import sistema


def analistas_de(operadora: Organizacao) -> list[Usuario]:
    """People of the operadora who may be put in charge of a protocol, by name. One query, in the platform's scope:
    organisations read no accounts."""
    with sistema():
        vinculos = Vinculo.objects.select_related("usuario").filter(
            organizacao=operadora, ativo=True, usuario__is_active=True
        )
        podem = [v.usuario for v in vinculos if Permissao.ANALISE_FAZER in permissoes_de(operadora.tipo, v.papel)]
    return sorted(podem, key=lambda pessoa: (str(pessoa).casefold(), pessoa.pk))
