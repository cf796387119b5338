"""What the screens ask about threads and documents, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import BigIntegerField, Count, F, FilteredRelation, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from conecta.contas.models import Organizacao, Usuario
from lotes.estados import SituacaoDoProtocolo
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.models import Anexo, Conversa, LeituraDaConversa, Mensagem
from lotes.models import Lote
from lotes.paginas import pagina_de

NAO_LIDAS, COM_PEDIDO, RESPONDIDAS = "nao-lidas", "pedido", "respondidas"
ORDENS: Final[Mapping[str, str]] = {
    "ultima": "ultima_em",
    "lote": "protocolo__lote__numero",
    "protocolo": "protocolo__numero",
    "operadora": "operadora__sigla",
    "prestador": "prestador__sigla",
    "mensagens": "mensagens",
}
ORDEM: Final = "-ultima"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDeConversa:
    """A thread as the list shows it. `respondida`: what was asked for is there, and the protocol still waits."""

    conversa: Conversa
    ultima: Mensagem
    por_ler: bool
    respondida: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MensagemNaTela:
    """A message as the thread shows it. `minha`: of the organisation that looks; `falta`: asked for and not there."""

    mensagem: Mensagem
    minha: bool
    nova: bool
    pedidos: Sequence[tuple[str, bool]]

    @property
    def respondida(self) -> bool:
        """Of a request: whether it was answered."""
        return bool(self.mensagem.respostas.all())


def conversa_do(lote: Lote) -> Conversa | None:
    """The thread of a lot; None before its first message."""
    return Conversa.objects.filter(protocolo__lote=lote).first()


def pedidos_em_aberto(lote: Lote) -> list[Mensagem]:
    """The requests for documents of a lot that were not answered yet, oldest first."""
    return list(
        Mensagem.objects.filter(
            conversa__protocolo__lote=lote, tipo=Mensagem.Tipo.PEDIDO, respostas__isnull=True
        ).order_by("pk")
    )


def anexos_do(lote: Lote) -> list[Anexo]:
    """The documents of a lot that the running scope may see, in the order in which they came."""
    return list(Anexo.objects.filter(lote=lote).order_by("pk"))


def novidades_do(lote: Lote, organizacao: Organizacao, pessoa: Usuario) -> tuple[int, int]:
    """Of a lot: messages of the other side that this person has not read, and documents. One query."""
    marca = LeituraDaConversa.objects.filter(conversa__protocolo__lote=lote, organizacao=organizacao, usuario=pessoa)
    lida = Coalesce(Subquery(marca.values("ultima_lida")[:1]), 0, output_field=BigIntegerField())
    alheias = Mensagem.objects.filter(conversa__protocolo__lote=lote, pk__gt=lida).exclude(de=organizacao.tipo)
    quantos = (alheias.values("conversa"), Anexo.objects.filter(lote=lote).values("lote"))
    contados = [Coalesce(Subquery(linhas.annotate(n=Count("pk")).values("n")), 0) for linhas in quantos]
    por_ler, anexos = Lote.objects.filter(pk=lote.pk).values_list(*contados).get()
    return por_ler, anexos


def por_ler(organizacao: Organizacao, pessoa: Usuario) -> QuerySet[Conversa]:
    """The threads of the organisation in which the other side wrote what this person has not read."""
    alheia = _ultima_alheia(organizacao)
    return _com_leitura(organizacao, pessoa).filter(**{f"{alheia}__gt": F("lida")})


def conversas_filtradas(organizacao: Organizacao, pessoa: Usuario, filtros: Mapping[str, Any]) -> QuerySet[Conversa]:
    """The threads that the filters of *Conversas* leave, each with `lida`, the last message this person read."""
    conversas = _com_leitura(organizacao, pessoa)
    match filtros.get("situacao"):
        case "nao-lidas":
            conversas = conversas.filter(**{f"{_ultima_alheia(organizacao)}__gt": F("lida")})
        case "pedido":
            conversas = conversas.filter(pedidos_em_aberto__gt=0)
        case "respondidas":
            conversas = conversas.filter(
                pedidos_em_aberto=0,
                respondida_em__isnull=False,
                protocolo__situacao=SituacaoDoProtocolo.AGUARDANDO_INFORMACAO,
            )
        case _:
            pass
    campos = {"quem": _outro_lado(organizacao), "lote": "protocolo__lote__numero", "protocolo": "protocolo__numero"}
    return conversas.filter(**{campo: filtros[nome] for nome, campo in campos.items() if filtros.get(nome)})


def listar(
    conversas: QuerySet[Conversa], organizacao: Organizacao, ordem: str, numero: str | None
) -> tuple[Page[LinhaDeConversa], str]:
    """A page of threads, the last written first unless told, and the order in force. Three queries."""
    ordem = ordem if ordem.removeprefix("-") in ORDENS else ORDEM
    campo = F(ORDENS[ordem.removeprefix("-")])
    expressao = campo.desc() if ordem.startswith("-") else campo.asc()
    ordenadas = conversas.select_related("protocolo__lote", "prestador", "operadora").order_by(expressao, "-id")
    pagina = pagina_de(ordenadas, conversas.count(), numero)
    destas = list(pagina.object_list)
    ultimas = Mensagem.objects.in_bulk([_ultima(conversa) for conversa in destas])
    pagina.object_list = [
        LinhaDeConversa(
            conversa=conversa,
            ultima=ultimas[_ultima(conversa)],
            por_ler=conversa.ultima_alheia_a(organizacao) > conversa.lida,
            respondida=conversa.respondida_em is not None
            and not conversa.pedidos_em_aberto
            and conversa.protocolo.situacao == SituacaoDoProtocolo.AGUARDANDO_INFORMACAO,
        )
        for conversa in destas
    ]
    return pagina, ordem


def lida_ate(conversa: Conversa, organizacao: Organizacao, pessoa: Usuario) -> int:
    """Id of the last message of a thread that this person read; 0 for none."""
    marca = LeituraDaConversa.objects.filter(conversa=conversa, organizacao=organizacao, usuario=pessoa)
    return marca.values_list("ultima_lida", flat=True).first() or 0


def mensagens_da(conversa: Conversa, organizacao: Organizacao, lida: int) -> list[MensagemNaTela]:
    """All of a thread, oldest first, with documents and answers; `lida` is where this person had stopped reading."""
    com_anexos = Prefetch("anexos", queryset=Anexo.objects.order_by("pk"))
    respostas = Prefetch("respostas", queryset=Mensagem.objects.prefetch_related(com_anexos).order_by("pk"))
    mensagens = Mensagem.objects.filter(conversa=conversa).order_by("pk").prefetch_related(com_anexos, respostas)
    return [
        MensagemNaTela(
            mensagem=mensagem,
            minha=mensagem.de == organizacao.tipo,
            nova=mensagem.de != organizacao.tipo and mensagem.pk > lida,
            pedidos=_pedidos(mensagem),
        )
        for mensagem in mensagens
    ]


def _pedidos(mensagem: Mensagem) -> list[tuple[str, bool]]:
    """Each type that a request names, in words, and whether an answer brought one."""
    vieram = {anexo.tipo_documento for resposta in mensagem.respostas.all() for anexo in resposta.anexos.all()}
    return [(TipoDeDocumento(tipo).label, tipo in vieram) for tipo in mensagem.tipos_pedidos]


def _com_leitura(organizacao: Organizacao, pessoa: Usuario) -> QuerySet[Conversa]:
    """The threads of the organisation, each with `lida`. One join: the menu asks for it on every page."""
    minha = FilteredRelation("leituras", condition=Q(leituras__usuario=pessoa, leituras__organizacao=organizacao))
    return Conversa.objects.de(organizacao).annotate(minha=minha).annotate(lida=Coalesce("minha__ultima_lida", 0))


def _ultima(conversa: Conversa) -> int:
    return max(conversa.ultima_do_prestador, conversa.ultima_da_operadora)


def _ultima_alheia(organizacao: Organizacao) -> str:
    return "ultima_da_operadora" if organizacao.e_prestador else "ultima_do_prestador"


def _outro_lado(organizacao: Organizacao) -> str:
    return "operadora" if organizacao.e_prestador else "prestador"
