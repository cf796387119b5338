"""Forms of messages, documents, limits and notices."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, CampoDeTexto
from lotes.forms import CampoDeNumero, Filtros
from lotes.mensagens.anexos import Documento
from lotes.mensagens.consultas import COM_PEDIDO, NAO_LIDAS, RESPONDIDAS
from lotes.mensagens.documentos import ACEITOS, NaturezaDaGuia, TipoDeDocumento
from lotes.mensagens.erros import AnexoRecusado
from lotes.mensagens.models import LimiteDeAnexo, Mensagem
from lotes.mensagens.models.anexo import MAIOR_LIMITE, MAIOR_TOTAL
from lotes.mensagens.models.conversa import MAIOR_TEXTO
from lotes.mensagens.recepcao import POR_VEZ, Recebido, VariosNoDisco

_ESCOLHA: Final = ("", "Escolha")


class FiltrosDeConversas(Filtros):
    """*Conversas*: all threads, unless told."""

    situacao = forms.ChoiceField(label="Situação", required=False)
    quem = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    lote = CampoDeNumero(label="Nº Lote", required=False)
    protocolo = CampoDeNumero(label="Protocolo", required=False)

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        super().__init__(endereco)
        quem, situacao = self.fields["quem"], self.fields["situacao"]
        do_prestador = organizacao.e_prestador
        situacao.choices = [  # type: ignore[attr-defined]
            ("", "Todas"),
            (NAO_LIDAS, "Não lidas"),
            (COM_PEDIDO, "Com documentos a enviar" if do_prestador else "À espera de documentos"),
            (RESPONDIDAS, "Documentos enviados" if do_prestador else "Respondidas: a retomar"),
        ]
        quem.label = "Operadora" if do_prestador else "Prestador"
        lado = {"credenciados__prestador": organizacao} if do_prestador else {"credenciamentos__operadora": organizacao}
        quem.queryset = Organizacao.objects.filter(**lado)  # type: ignore[attr-defined]
        if do_prestador:
            quem.empty_label = "Todas operadoras"  # type: ignore[attr-defined]


class MensagemForm(forms.Form):
    """A message; what goes with it are `DocumentoForm`s."""

    texto = CampoDeTexto(
        label="Mensagem",
        required=False,
        max_length=MAIOR_TEXTO,
        linhas=4,
        help_text=f"Até {MAIOR_TEXTO} caracteres. Depois de enviada, a mensagem não muda nem se apaga.",
    )
    responde_a = forms.ModelChoiceField(
        Mensagem.objects.none(), label="Em resposta a", required=False, empty_label="Nenhum pedido"
    )

    def __init__(self, *args: Any, pedidos: list[Mensagem], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        if not pedidos:
            del self.fields["responde_a"]
            return
        campo = self.fields["responde_a"]
        campo.queryset = Mensagem.objects.filter(pk__in=[p.pk for p in pedidos])  # type: ignore[attr-defined]
        campo.label_from_instance = _pedido_em_palavras  # type: ignore[attr-defined]


class DocumentoForm(forms.Form):
    """One document and what it is; empty where no file was chosen. The file comes by `VariosNoDisco`."""

    arquivo = forms.FileField(
        label="Arquivo", required=False, widget=forms.ClearableFileInput(attrs={"accept": ACEITOS})
    )
    tipo = forms.ChoiceField(label="Que documento é", required=False, choices=[_ESCOLHA, *TipoDeDocumento.choices])
    numero_guia = forms.CharField(
        label="Nº guia do prestador", required=False, max_length=20, help_text="Vazio: o documento é do lote inteiro."
    )
    observacao = forms.CharField(label="Observação", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        self.recebido: Recebido | None = self.manipulador.recebido(self.add_prefix("arquivo"))
        if self.recebido is not None and not dados.get("tipo") and "tipo" not in self.errors:
            self.add_error("tipo", "Diga que documento é este.")
        if self.recebido is None and (dados.get("numero_guia") or dados.get("observacao")):
            self.add_error("arquivo", "Escolha o arquivo deste documento.")
        return dados

    def __init__(self, *args: Any, manipulador: VariosNoDisco, **opcoes: Any) -> None:
        self.manipulador = manipulador
        super().__init__(*args, **opcoes)

    @property
    def documento(self) -> Documento | None:
        """What was chosen; None where nothing was."""
        if self.recebido is None:
            return None
        return Documento(
            arquivo=self.recebido,
            tipo=TipoDeDocumento(self.cleaned_data["tipo"]),
            numero_guia=self.cleaned_data["numero_guia"].strip(),
            observacao=self.cleaned_data["observacao"].strip(),
            natureza=NaturezaDaGuia.FATURAMENTO,
        )


class DocumentosForm:
    """The rows of documents of one form; the first ones have the types that were asked for."""

    def __init__(self, dados: QueryDict | None, manipulador: VariosNoDisco, tipos: list[str] | None = None) -> None:
        pedidos = (tipos or [])[:POR_VEZ]
        self.linhas = [
            DocumentoForm(
                dados,
                prefix=f"doc{numero}",
                initial={"tipo": pedidos[numero] if numero < len(pedidos) else ""},
                manipulador=manipulador,
            )
            for numero in range(POR_VEZ)
        ]
        self.a_vista = max(1, len(pedidos))
        self.recusa = ""

    def is_valid(self) -> bool:
        """Whether each row is right; `recusa` says what is wrong with the request as a whole."""
        try:
            return all([linha.is_valid() for linha in self.linhas])  # noqa: C419 - every row is judged
        except AnexoRecusado as recusa:
            self.recusa = recusa.frase
            return False

    @property
    def documentos(self) -> list[Documento]:
        """Those that were chosen."""
        return [documento for linha in self.linhas if (documento := linha.documento) is not None]

    @property
    def com_erros(self) -> list[DocumentoForm]:
        """The rows to correct."""
        return [linha for linha in self.linhas if linha.is_bound and not self.recusa and linha.errors]


class PedidoForm(forms.Form):
    """A request for documents, and whether the protocol waits for them."""

    tipos = forms.MultipleChoiceField(
        label="Documentos que faltam",
        choices=TipoDeDocumento.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Marque ao menos um tipo de documento."},
    )
    texto = CampoDeTexto(
        label="O que o prestador precisa saber",
        required=False,
        max_length=MAIOR_TEXTO,
        linhas=4,
        help_text="De qual guia, de qual data, com qual assinatura.",
    )
    prazo = CampoDeData(label="Prazo (dd/mm/aaaa)", required=False, help_text="Vazio: sem prazo.")
    esperar = forms.BooleanField(
        label="Passar o protocolo a “Aguardando informação complementar”", required=False, initial=True
    )

    def __init__(self, *args: Any, pode_esperar: bool, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        if not pode_esperar:
            del self.fields["esperar"]

    def clean_prazo(self) -> Any:
        prazo = self.cleaned_data["prazo"]
        if prazo is not None and prazo < timezone.localdate():
            raise forms.ValidationError("Este dia já passou. Informe hoje ou um dia depois.")
        return prazo


class LimitesForm(forms.Form):
    """Megabytes by document, by lot, and by type where one differs."""

    por_documento = forms.IntegerField(
        label="MB por documento", min_value=1, max_value=MAIOR_LIMITE, help_text="De todo tipo sem limite próprio."
    )
    por_lote = forms.IntegerField(
        label="MB por lote",
        min_value=1,
        max_value=MAIOR_TOTAL,
        help_text="De todos os documentos de um lote, somados.",
    )

    def __init__(self, dados: QueryDict | None, limites: LimiteDeAnexo) -> None:
        inicial = {"por_documento": limites.por_documento, "por_lote": limites.por_lote}
        inicial |= {f"tipo_{tipo}": mega for tipo, mega in limites.por_tipo.items()}
        super().__init__(dados, initial=inicial)
        for tipo in TipoDeDocumento:
            self.fields[f"tipo_{tipo}"] = forms.IntegerField(
                label=tipo.label, min_value=1, max_value=MAIOR_LIMITE, required=False
            )

    @property
    def dos_tipos(self) -> list[forms.BoundField]:
        """The fields of the types."""
        return [self[f"tipo_{tipo}"] for tipo in TipoDeDocumento]

    @property
    def por_tipo(self) -> dict[str, int]:
        """Those that differ, by code."""
        valores = {str(tipo): self.cleaned_data[f"tipo_{tipo}"] for tipo in TipoDeDocumento}
        return {tipo: mega for tipo, mega in valores.items() if mega}


class AvisosForm(forms.Form):
    """Whether to be told by e-mail."""

    por_email = forms.BooleanField(label="Avisar-me por e-mail quando chegar mensagem", required=False)


def _pedido_em_palavras(pedido: Mensagem) -> str:
    nomes = "; ".join(TipoDeDocumento(tipo).label for tipo in pedido.tipos_pedidos)
    return f"Pedido de {timezone.localtime(pedido.escrita_em):%d/%m/%Y}: {nomes}"
