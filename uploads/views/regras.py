"""The catalogue of rules: for everybody what each one checks, for the operadora's gestor also what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import data
from convenios.forms import ParametrosForm
from convenios.models import AjusteDeRegra, ParametrosDaOperadora
from convenios.transicoes import mudar_parametros
from uploads import indicadores
from uploads.ajustes import ajustar_regra, ajustes_da_regra, ajustes_vigentes, aos_olhos_do_prestador, historia
from uploads.catalogo import SEVERIDADES, Entrada, entradas, procurar
from uploads.forms_das_regras import AjusteForm, FiltroDeRegras
from uploads.regras import Regra
from uploads.regras.contexto import Ajuste, Modo

OPERADORA = Organizacao.Tipo.OPERADORA


@dataclass(frozen=True, slots=True)
class Vista:
    """A rule of the catalogue beside what an operadora decided about it; `ajuste` None: nothing, or nothing to show."""

    entrada: Entrada
    ajuste: Ajuste | None

    @property
    def modo(self) -> Modo:
        """Whether it is asked."""
        return self.ajuste.modo if self.ajuste else Modo.LIGADA

    @property
    def severidade(self) -> str:
        """How much it weighs, in words."""
        if self.ajuste is not None and self.ajuste.severidade is not None:
            return SEVERIDADES[self.ajuste.severidade]
        return self.entrada.severidade

    @property
    def pesa_diferente(self) -> bool:
        """Whether the operadora gave it another weight."""
        return self.severidade != self.entrada.severidade


@require_GET
@exige(Permissao.REGRA_VER)
def catalogo(request: Requisicao, slug: str) -> HttpResponse:
    """Every rule, by group, as far as the filter leaves them."""
    filtro = FiltroDeRegras(request.GET, request.organizacao)
    criterios: dict[str, Any] = filtro.cleaned_data if filtro.is_valid() else {}
    operadora = request.organizacao if request.organizacao.tipo == OPERADORA else criterios.pop("operadora", None)
    todas = entradas()
    achadas = procurar(todas, **criterios) if filtro.is_valid() else []
    ajustes = _ajustes(request, operadora)
    vistas = [Vista(entrada, ajustes.get(entrada.numero)) for entrada in achadas]
    contexto = {
        "filtro": filtro,
        "grupos": [(nome, list(juntas)) for nome, juntas in groupby(vistas, key=lambda vista: vista.entrada.grupo)],
        "quantas": len(vistas),
        "de_quantas": len(todas),
        "operadora": operadora,
        "ajusta": request.vinculo.pode(Permissao.REGRA_AJUSTAR),
    }
    return render(request, "convenios/regras.html", contexto)


@require_GET
@exige(Permissao.REGRA_VER)
def regra(request: Requisicao, slug: str, regra: str) -> HttpResponse:
    """One rule: all that the catalogue has and, for the operadora, its decisions and what they cost."""
    entrada = _entrada(regra)
    contexto = _da_regra(request, entrada)
    form = _form_como_esta(contexto["vista"]) if request.vinculo.pode(Permissao.REGRA_AJUSTAR) else None
    return _pagina_da_regra(request, contexto, form)


@require_POST
@exige(Permissao.REGRA_AJUSTAR, de=OPERADORA)
def ajustar(request: Requisicao, slug: str, regra: str) -> HttpResponse:
    """Decide about a rule from a day on."""
    entrada = _entrada(regra)
    form = AjusteForm(request.POST, entrada.regra)
    if form.is_valid():
        try:
            ajuste = ajustar_regra(
                operadora=request.organizacao, regra=entrada.numero, decisao=form.decisao, por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, _feito(ajuste))
            return redirect("regras:regra", slug=slug, regra=entrada.numero)
    return _pagina_da_regra(request, _da_regra(request, entrada), form)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.REGRA_AJUSTAR, de=OPERADORA)
def parametros(request: Requisicao, slug: str) -> HttpResponse:
    """What the operadora decides about every file that it receives."""
    atuais = ParametrosDaOperadora.objects.filter(operadora=request.organizacao).first()
    form = ParametrosForm(request.POST or None, instance=atuais)
    if request.method == "POST" and form.is_valid():
        mudar_parametros(operadora=request.organizacao, novos=form.cleaned_data, por=request.user)
        messages.success(request, "Parâmetros salvos. Valem para os arquivos conferidos a partir de agora.")
        return redirect("regras:parametros", slug=slug)
    return render(request, "convenios/parametros.html", {"form": form}, status=422 if form.errors else 200)


def _entrada(numero: str) -> Entrada:
    achada = next((entrada for entrada in entradas() if entrada.numero == numero), None)
    if achada is None:
        raise Http404("regra")
    return achada


def _ajustes(request: Requisicao, operadora: Organizacao | None) -> Mapping[str, Ajuste]:
    """What is in force today: for a prestador, without what it may not know."""
    if operadora is None:
        return {}
    vigentes = ajustes_vigentes(operadora.pk, timezone.localdate())
    return aos_olhos_do_prestador(vigentes) if request.organizacao.e_prestador else vigentes


def _pagina_da_regra(request: Requisicao, contexto: Mapping[str, Any], form: AjusteForm | None) -> HttpResponse:
    situacao = 422 if form and form.errors else 200
    return render(request, "convenios/regra.html", {**contexto, "form": form}, status=situacao)


def _form_como_esta(vista: Vista) -> AjusteForm:
    """The form with what is in force."""
    como_esta = {"modo": vista.modo, "severidade": vista.ajuste.severidade if vista.ajuste else None}
    return AjusteForm(None, vista.entrada.regra, initial=como_esta)


def _da_regra(request: Requisicao, entrada: Entrada) -> dict[str, Any]:
    """What the page shows of a rule."""
    if request.organizacao.tipo == OPERADORA:
        return {"entrada": entrada, **_para_a_operadora(request.organizacao, entrada)}
    return {"entrada": entrada, "mudancas": _para_o_prestador(request, entrada)}


def _para_a_operadora(operadora: Organizacao, entrada: Entrada) -> dict[str, Any]:
    hoje = timezone.localdate()
    decididas = historia(operadora.pk, entrada.numero)
    vigente = next((ajuste for ajuste in decididas if ajuste.desde <= hoje), None)
    return {
        "vista": Vista(entrada, ajustes_vigentes(operadora.pk, hoje).get(entrada.numero)),
        "vigente": vigente,
        "futuras": [ajuste for ajuste in reversed(decididas) if ajuste.desde > hoje],
        "eventos": _eventos(entrada.regra, decididas),
        "achados": indicadores.da_regra(operadora, entrada.numero),
    }


def _para_o_prestador(request: Requisicao, entrada: Entrada) -> list[tuple[Organizacao, Vista]]:
    """By operadora of the prestador, how the rule stands there, where that is not as in the catalogue."""
    operadoras = Organizacao.objects.filter(credenciados__prestador=request.organizacao)
    ajustes = aos_olhos_do_prestador(ajustes_da_regra(entrada.numero, timezone.localdate()))
    vistas = ((operadora, Vista(entrada, ajustes.get(operadora.pk))) for operadora in operadoras)
    return [(operadora, vista) for operadora, vista in vistas if vista.modo is not Modo.LIGADA or vista.pesa_diferente]


def _eventos(regra: Regra, decididas: list[AjusteDeRegra]) -> list[dict[str, Any]]:
    """The history for the piece `historia`: each decision beside the one that it follows."""
    eventos = []
    for ajuste, antes in zip_longest(decididas, decididas[1:]):
        eventos.append(
            {
                "titulo": f"Desde {data(ajuste.desde)}: {_em_palavras(regra, ajuste)}",
                "detalhe": f"Antes: {_em_palavras(regra, antes)}. Motivo: {ajuste.motivo}",
                "quando": ajuste.criado_em,
                "quem": ajuste.criado_por_nome or "atualização do Conecta",
                "tom": "neutro",
            }
        )
    return eventos


def _em_palavras(regra: Regra, ajuste: AjusteDeRegra | None) -> str:
    if ajuste is None:
        return f"ligada, {SEVERIDADES[regra.severidade].lower()}"
    modo = AjusteDeRegra.Modo(ajuste.modo).label.lower()
    if ajuste.modo == AjusteDeRegra.Modo.DESLIGADA:
        return modo
    severidade = ajuste.severidade or regra.severidade.value
    return f"{modo}, {AjusteDeRegra.Severidade(severidade).label.lower()}"


def _feito(ajuste: AjusteDeRegra) -> str:
    if ajuste.desde == timezone.localdate():
        return f"Regra {ajuste.regra} mudada. Vale para os arquivos conferidos a partir de agora."
    return f"Mudança da regra {ajuste.regra} marcada para {data(ajuste.desde)}. Até lá, nada muda."
