"""Lists and counts of files: one query each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.texto import para_busca
from uploads.estados import SituacaoDoArquivo
from uploads.models import Arquivo
from uploads.models.arquivo import ArquivoQuerySet

_S = SituacaoDoArquivo


@dataclass(frozen=True, slots=True)
class Aba:
    """A tab of the history: the states that it shows."""

    id: str
    nome: str
    tom: str
    situacoes: tuple[SituacaoDoArquivo, ...]


ABAS = (
    Aba("processamento", "Em Processamento", "azul", (_S.EM_PROCESSAMENTO,)),
    # What could not be processed needs a person as much as what is invalid.
    Aba("invalidos", "Inválidos", "vermelho", (_S.INVALIDO, _S.FALHOU)),
    Aba("importados", "Importados", "neutro", (_S.IMPORTADO,)),
)
ABA_DE = {situacao: aba for aba in ABAS for situacao in aba.situacoes}


def aba(nome: str | None) -> Aba:
    """The tab of that name; the invalid files, which need somebody, where there is none."""
    return next((aba for aba in ABAS if aba.id == nome), ABAS[1])


def contar_por_aba(prestador: Organizacao) -> dict[str, int]:
    """How many files stand in each tab, whatever the filters say."""
    contas = {aba.id: Count("id", filter=Q(situacao__in=aba.situacoes)) for aba in ABAS}
    return Arquivo.objects.do_prestador(prestador).aggregate(**contas)


def contar_inconclusos(request: HttpRequest) -> int:
    """Files that need somebody, for the menu."""
    organizacao: Organizacao = request.organizacao  # type: ignore[attr-defined]
    return Arquivo.objects.do_prestador(organizacao).filter(situacao__in=ABAS[1].situacoes).count()


def filtrar(
    arquivos: ArquivoQuerySet, *, nome: str = "", de: date | None = None, ate: date | None = None
) -> ArquivoQuerySet:
    """Files whose name holds `nome`, whatever its accents and capitals, received from `de` to `ate`, both included."""
    if nome:
        arquivos = arquivos.filter(nome_busca__contains=para_busca(nome))
    if de:
        arquivos = arquivos.filter(criado_em__gte=_inicio_do_dia(de))
    if ate:
        arquivos = arquivos.filter(criado_em__lt=_inicio_do_dia(ate + timedelta(days=1)))
    return arquivos


def _inicio_do_dia(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))
