"""Tags and filters of every screen.

    {% load interface %}
    {% icone "enviar" %}                              symbol of static/icones.svg; the words stand beside it
    {% situacao lote.situacao "placa" %}              icon, words and tone of a state (conecta/interface/situacoes.py)
    {% situacao lote "passada" texto="Enviado" %}     another state of the row overtook it; other words
    {% selo "vermelho" "erro" "112 críticas" %}       the same look for what is no state
    {% coluna "data" "Data Inclusão" %}               header that sorts, see `coluna`
    {% campo form.justificativa %}                    label, control, help and error of a form field
    {% dialogo id="d-fechar" titulo="Fechar Lote" acao=url botao="Fechar Lote" %}…{% enddialogo %}
    {{ valor|dinheiro }} {{ valor|reais }} {{ n|inteiro }} {{ q|quantidade }} {{ dia|data }} {{ quando|datahora }}
    {{ org.documento|cnpj }} {{ org.registro_ans|registro_ans }} {{ octetos|tamanho }} {{ nome|iniciais }}

Pieces to include, each with its context at its top: componentes/trilha, paginacao, vazio, ficha, fio, historia, erros,
zona, recado.
"""

from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect, Select
from django.http import QueryDict
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from conecta.interface import formatos
from conecta.interface.menu import ItemDoMenu
from conecta.interface.situacoes import Situacao, situacao_de

register = template.Library()

for _filtro in (
    formatos.cnpj,
    formatos.data,
    formatos.datahora,
    formatos.dinheiro,
    formatos.iniciais,
    formatos.inteiro,
    formatos.quantidade,
    formatos.reais,
    formatos.registro_ans,
    formatos.tamanho,
):
    register.filter(_filtro.__name__, _filtro)


@register.simple_tag
def icone(nome: str) -> SafeString:
    """A symbol of the sprite, hidden from screen readers: the words beside it say it, or an aria-label does."""
    return format_html(
        '<svg class="icone" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icones.svg"), nome
    )


@register.simple_tag
def situacao(estado: object, classe: str = "", texto: str = "") -> SafeString:
    """A state with icon, words and tone. `classe`: "placa" beside an h1, "passada" if overtaken; `texto`: its words."""
    aparencia = situacao_de(estado)
    return _selo(Situacao(aparencia.tom, aparencia.icone, texto or aparencia.texto), classe)


@register.simple_tag
def selo(tom: str, icone_de_estado: str, texto: str, classe: str = "") -> SafeString:
    """The look of a state for what is none: `{% selo "ambar" "prazo" "vence em 2 dias" %}`."""
    return _selo(Situacao(tom, icone_de_estado, texto), classe)


def _selo(aparencia: Situacao, classe: str) -> SafeString:
    classes = " ".join(filter(None, ("situacao", aparencia.tom, classe)))
    desenho = icone(f"s-{aparencia.icone}")
    return format_html('<span class="{}">{}<span>{}</span></span>', classes, desenho, aparencia.texto)


@register.simple_tag(takes_context=True)
def coluna(context: RequestContext, nome: str, rotulo: str, classe: str = "", parametro: str = "ordem") -> SafeString:
    """Header cell that sorts by a link: `?ordem=nome`, and `?ordem=-nome` when it already sorts by it.

    The other filters of the address stay, the page number goes. `classe="num"` for figures. The order in force is the
    context's `ordem` (set it when the view has a default), else the address's. `endereco` of the context is that of the
    list, where the page may also be the answer to a form.
    """
    consulta: QueryDict = context["request"].GET.copy()
    atual = str(context.get(parametro) or consulta.get(parametro, ""))
    desce = atual == f"-{nome}"
    sobe = atual == nome
    consulta[parametro] = f"-{nome}" if sobe else nome
    consulta.pop("pagina", None)
    return format_html(
        '<th scope="col"{}{}><a href="{}?{}">{} {}</a></th>',
        format_html(' class="{}"', classe) if classe else "",
        format_html(' aria-sort="{}"', "descending" if desce else "ascending") if desce or sobe else "",
        context.get("endereco", ""),
        consulta.urlencode(),
        rotulo,
        icone("abaixo" if desce else "acima" if sobe else "ordenar"),
    )


@register.simple_tag(takes_context=True)
def linha_do_menu(context: RequestContext, id: str) -> ItemDoMenu | None:
    """A line of this person's menu, counted already: for a way to it from elsewhere. None: not theirs to see."""
    return next((linha for grupo in context["menu"] for linha in (grupo, *grupo.itens) if linha.id == id), None)


@register.inclusion_tag("componentes/campo.html")
def campo(campo: BoundField, rotulo: str = "", classe: str = "", ajuda: str | None = None) -> dict[str, Any]:
    """A form field with label above, red asterisk, help and error, tied together for screen readers.

    `ajuda` replaces the field's help text; "" leaves it out.
    """
    if ajuda is not None:
        campo.help_text = ajuda  # Django ties the control to help and errors by what stands here
    return {"campo": campo, "rotulo": rotulo or campo.label, "classe": classe}


@register.simple_tag
def controle(campo: BoundField, classe: str = "") -> SafeString:
    """Only the control of a field, with the classes its kind needs.

    Placeholders are left out: they vanish while one types, and the label says it already.
    """
    classes = (campo.field.widget.attrs.get("class"), _classe_do(campo), classe)
    return campo.as_widget(attrs={"class": " ".join(filter(None, classes)) or False, "placeholder": False})


@register.filter
def svg_em_linha(svg: str) -> SafeString:
    """An SVG document drawn on the server, without its XML declaration, to stand in the page: no data: images here."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the QR library, which escapes


@register.filter
def e_caixa(campo: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands beside it."""
    return isinstance(campo.field.widget, CheckboxInput)


@register.filter
def e_grupo(campo: BoundField) -> bool:
    """Whether the field is several boxes or radios, which need fieldset and legend."""
    return isinstance(campo.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.simple_block_tag(takes_context=True)
def dialogo(
    context: RequestContext,
    content: SafeString,
    *,
    id: str,
    titulo: str,
    botao: str = "",
    acao: str = "",
    icone: str = "",
    perigo: bool = False,
) -> SafeString:
    """A native dialog whose form posts to `acao`; the content is its body (fields too).

    Opened by `<button type="button" command="show-modal" commandfor="ID">`. Title = the action, `botao` = its verb (the
    title when left out). `perigo=True` where data is destroyed: outlined button, first focus on *Cancelar*. Its place
    is the block `dialogos`.
    """
    return context.template.engine.get_template("componentes/dialogo.html").render(
        context.new(
            {
                "id": id,
                "titulo": titulo,
                "botao": botao or titulo,
                "acao": acao,
                "simbolo": icone,
                "perigo": perigo,
                "corpo": content,
                "csrf_token": context.get("csrf_token"),
            }
        )
    )


def _classe_do(campo: BoundField) -> str:
    controle_html = campo.field.widget
    if isinstance(controle_html, (CheckboxInput, RadioSelect, CheckboxSelectMultiple)):
        return "form-check-input"
    if isinstance(controle_html, HiddenInput):
        return ""
    return "form-select" if isinstance(controle_html, Select) else "form-control"
