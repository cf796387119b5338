"""Every address of the portal, from its URL map, so that a new page cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

PRESTADOR, OPERADORA, PLATAFORMA = "prestador", "operadora", "plataforma"
DA_CONTA: Mapping[str, dict[str, Any]] = {
    "account_confirm_email": {"key": "chave-que-venceu"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "chave-que-venceu"},
    "mfa_remove_webauthn": {"pk": 999_999},
    "mfa_edit_webauthn": {"pk": 999_999},
}
"""What stands in the addresses of the account's pages: a link that is no longer good shows a page, too."""
OUTROS: Mapping[str, Sequence[int | str]] = {
    "numero": [1],
    "codigo": [1],
    "operadora": ["pasa"],
    "tabela": ["22"],
    "termo": ["10101012"],
    "verbo": ["fechar"],
    "formato": ["pdf"],
    "regra": ["B01", "F06"],
    "criterio": ["preco_acima", "critica_ignorada"],
    "layout": ["planos", "produtos"],
}
"""Values of what else stands in addresses."""
VARIANTES: Mapping[str, Sequence[str]] = {
    "uploads:arquivos": ("?aba=processamento", "?aba=invalidos", "?aba=importados", "?nome=nenhum&de=99", "?nome=zzz"),
    "regras:catalogo": ("", "?texto=carteira", "?texto=zzz", "?grupo=B&severidade=impeditiva"),
    "regras:mapa": ("", "?meses=12", "?meses=nada", "?regra=L01&meses=3"),
    "convenios:lista": ("", "?texto=zzz", "?situacao=nada"),
    "convenios:padroes": ("?aba=dados", "?aba=tiss", "?aba=precos"),
    "convenios:historico": ("", "?campo=exige_senha", "?campo=nada"),
    "convenios:convenio": ("?aba=dados", "?aba=tiss", "?aba=precos"),
    "terminologia:pesquisa": (
        "",
        "?q=hemograma",
        "?q=hemogrma",
        "?q=zzzqqq",
        "?dia=31/02/2026",
        "?tabela=22&vigentes=on",
    ),
    "terminologia:proprios": ("", "?q=zzz"),
    "contrato:contratos": ("", "?texto=zzz"),
    "numeracao:faixas": ("", "?faixa=1"),
    "contrato:convenio": ("?aba=dados", "?aba=tiss", "?aba=precos"),
    "exigencias:procedimentos": ("", "?codigo=403", "?codigo=9", "?tabela=zz"),
    "exigencias:autorizacoes": ("", "?numero=zzz", "?situacao=nada"),
    "registros:beneficiarios": ("", "?texto=zzz", "?situacao=desligados"),
    "registros:acessos": ("", "?q=a", "?q=zzz"),
    "registros:consulta": ("", "?carteira=1"),
    "importacao:lista": ("", "?pagina=2"),
    "emissao:analise": ("", "?protocolo=9", "?de=nada"),
    "emissao:emitidos": ("", "?numero=99999", "?de=nada", "?substituidos=on"),
    "precos:custo": ("", "?convenio=1&tabela=22&codigo=40304361&dia=15/03/2026", "?codigo=1"),
    "precos:tabelas": ("", "?texto=zzz", "?em=nunca"),
    "precos:tabela": ("", "?texto=zzz"),
    "precos:preco": ("", "?tabela_tiss=22&codigo=40304361"),
    "precos:reajuste": ("", "?percentual=5,5&inicio=01/07/2026", "?percentual=0"),
    "precos:edicao": ("", "?texto=zzz"),
    "precos:produtos": ("", "?texto=zzz"),
    "digitacao:lista": ("", "?texto=zzz", "?aba=prontas", "?aba=excluidas"),
    "montagem:geracao": ("", "?de=01/01/2020&ate=31/12/2090"),
    "mensagens:lista": ("", "?situacao=nao-lidas", "?lote=999999999", "?lote=x"),
    "mensagens:informativos": ("", "?situacao=arquivado", "?situacao=nada"),
    "lotes:pesquisa": ("", "?lote=999999999", "?de=ontem", "?q=999999999"),
    "lotes:protocolos": ("", "?lote=999999999", "?de=ontem"),
    "pagamentos:lista": ("", "?numero=999999999", "?competencia=99/9999", "?situacao=a_pagar"),
    "pagamentos:liberados": ("", "?prestador=999999999"),
    "pagamentos:gerar": ("", "?data_de_pagamento=31/12/2090", "?data_de_pagamento=ontem"),
    "pagamentos:contas": ("", "?q=zzz"),
    "notas:pendentes": ("", "?aba=enviadas", "?aba=com-erro", "?aba=nada"),
    "notas:recebidas": ("", "?aba=aceita", "?aba=indeferida"),
    "lotes:avancar": ("?protocolo={protocolo}",),
    "analise:lista": ("", "?protocolo=999999999", "?de=ontem", "?situacao=&ordem=-prazo"),
    "analise:mesa": ("", "?glosar=guia", "?glosar=protocolo", "?guia=2"),
}
"""What may follow an address whose page looks otherwise with it: full, empty, refused."""


@dataclass(frozen=True, slots=True)
class Rota:
    """An address of the map: its name, its pattern, and the kind of organisation that has it ("" for everybody)."""

    nome: str
    padrao: str
    tipo: str

    def __str__(self) -> str:
        return self.nome

    @property
    def de_organizacao(self) -> bool:
        """Whether it belongs to an organisation."""
        return "<slug:slug>" in self.padrao

    @property
    def da_plataforma(self) -> bool:
        """Whether it is for the platform's own people."""
        return self.padrao.startswith("plataforma/")

    @property
    def tipos(self) -> tuple[str, ...]:
        """The kinds of organisation that have it."""
        return (self.tipo,) if self.tipo else (PRESTADOR, OPERADORA)


def rotas() -> list[Rota]:
    """All of them."""
    return list(_andar(get_resolver(), "", ""))


def enderecos(rota: Rota, slug: str, objetos: Mapping[str, Sequence[int]]) -> list[str]:
    """The addresses of a page in an organisation, one for each object that it may show.

    `objetos` gives ids by what stands before them in the address ("lotes", "guias"). KeyError for a thing that nobody
    has given: say in `tests.paginas.conftest` which objects the new page can show.
    """
    if rota.da_plataforma and "<int:pk>" in rota.padrao:
        return [reverse(rota.nome, kwargs={"pk": pk}) for pk in objetos["terminologia"]]
    if not rota.de_organizacao:
        return [reverse(rota.nome, kwargs=DA_CONTA.get(rota.nome))]
    valores: dict[str, Sequence[int | str]] = {"slug": [slug]}
    if "<int:pk>" in rota.padrao:
        valores["pk"] = objetos[rota.padrao.partition("/<int:pk>")[0].rpartition("/")[2]]
    valores |= {nome: opcoes for nome, opcoes in OUTROS.items() if f":{nome}>" in rota.padrao}
    bases = [reverse(rota.nome, kwargs=dict(zip(valores, linha, strict=True))) for linha in product(*valores.values())]
    protocolo = next(iter(objetos.get("protocolos", ())), 0)
    return [base + fim.format(protocolo=protocolo) for base in bases for fim in VARIANTES.get(rota.nome, ("",))]


def _andar(resolvedor: URLResolver, espaco: str, antes: str) -> Iterator[Rota]:
    for padrao in resolvedor.url_patterns:
        inteiro = antes + str(padrao.pattern)
        if isinstance(padrao, URLResolver):
            yield from _andar(padrao, f"{padrao.namespace}:" if padrao.namespace else espaco, inteiro)
        elif isinstance(padrao, URLPattern):
            yield Rota(f"{espaco}{padrao.name}", inteiro, getattr(padrao.callback, "tipo_de_organizacao", None) or "")
