"""Forms of notas fiscais."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from convenios.models import Convenio
from convenios.precos.campos import CampoDeNumero
from demonstrativos.notas.erros import NotaRecusada
from demonstrativos.notas.estados import Formato
from demonstrativos.notas.leitura import LayoutDesconhecido, NotaLida, ler_nota
from demonstrativos.notas.models import NotaFiscal, ParametrosDasNotas
from demonstrativos.notas.transicoes import ArquivoDaNota, DadosDaNota
from lotes.mensagens.anexos import nome_limpo
from lotes.mensagens.documentos import Formato as FormatoDoDocumento
from lotes.mensagens.documentos import formato_de
from lotes.mensagens.recepcao import Recebido

MAIOR_ARQUIVO = 5
"""Megabytes of a nota's file."""
_MAIOR_VALOR = Decimal("999999999999.99")


class NotaForm(forms.Form):
    """A nota: its file, and what the file does not say by itself. What is left empty is read out of a known XML.

    `recebido` is the file as it arrived, a must but where a nota is corrected (`corrige`); `guardada` what the XML says
    that this one has. After `is_valid`, `dados`, and `da_nota` where there is a new file.
    """

    arquivo = forms.FileField(
        label=f"Arquivo da nota (XML ou PDF, até {MAIOR_ARQUIVO} MB)",
        required=False,
        help_text="De um XML de NF-e ou NFS-e o Conecta lê número, série, data e valor: deixe-os em branco.",
        widget=forms.FileInput(attrs={"accept": ".xml,.pdf"}),
    )
    numero = forms.CharField(
        label="Número", max_length=15, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    serie = forms.CharField(label="Série", max_length=5, required=False)
    data_de_emissao = CampoDeData(label="Data de emissão (dd/mm/aaaa)", required=False)
    valor = CampoDeNumero(label="Valor (R$)", minimo=Decimal("0.01"), maximo=_MAIOR_VALOR, casas=2, required=False)
    justificativa = forms.CharField(
        label="Justificativa",
        max_length=500,
        required=False,
        help_text="Só quando o valor difere do liberado, ou a nota é de outro CNPJ.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        recebido: Recebido | None = None,
        corrige: NotaFiscal | None = None,
        guardada: NotaLida | None = None,
        **opcoes: Any,
    ) -> None:
        super().__init__(*args, **opcoes)
        self._recebido, self._corrige, self._guardada = recebido, corrige, guardada
        self.da_nota: ArquivoDaNota | None = None

    def clean_numero(self) -> str:
        """Digits, without zeros in front; "" when left out."""
        texto: str = self.cleaned_data["numero"].replace(".", "").lstrip("0")
        if texto and not (texto.isascii() and texto.isdigit()):
            raise forms.ValidationError("O número da nota tem só algarismos. Confira-o.")
        return texto

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        try:
            self.da_nota = self._ler()
        except NotaRecusada as recusada:
            self.add_error("arquivo", recusada.frase)
            return dados
        self._completar(dados, self.da_nota.lida if self.da_nota else self._guardada)
        return dados

    @property
    def dados(self) -> DadosDaNota:
        """What was typed, or read."""
        limpos = self.cleaned_data
        return DadosDaNota(
            numero=limpos["numero"],
            serie=limpos["serie"],
            data_de_emissao=limpos["data_de_emissao"],
            valor=limpos["valor"],
            justificativa=limpos["justificativa"].strip(),
        )

    def _ler(self) -> ArquivoDaNota | None:
        recebido = self._recebido
        if recebido is None:
            if self._corrige is None:
                raise NotaRecusada("Anexe o arquivo da nota, em XML ou PDF.")
            return None
        nome = nome_limpo(recebido.nome)
        if recebido.excedeu or len(recebido.dados) > MAIOR_ARQUIVO * 1024 * 1024:
            raise NotaRecusada(f"“{nome}” tem mais de {MAIOR_ARQUIVO} MB. Anexe a nota num arquivo menor.")
        if formato_de(recebido.dados) == FormatoDoDocumento.PDF:
            return ArquivoDaNota(nome=nome, dados=recebido.dados, formato=Formato.PDF)
        return ArquivoDaNota(nome=nome, dados=recebido.dados, formato=Formato.XML, lida=self._lida(recebido.dados))

    def _lida(self, dados: bytes) -> NotaLida | None:
        """What the XML says; of a layout that is not known nothing, where all was typed."""
        try:
            return ler_nota(dados)
        except LayoutDesconhecido:
            if all(self.cleaned_data.get(campo) for campo in ("numero", "data_de_emissao", "valor")):
                return None
            raise

    def _completar(self, dados: dict[str, Any], lida: NotaLida | None) -> None:
        """Take from the XML what was left empty, and what another file said before; say where what was typed is not
        what it says."""
        for campo, rotulo in (
            ("numero", "o número"),
            ("serie", "a série"),
            ("data_de_emissao", "a data de emissão"),
            ("valor", "o valor"),
        ):
            escrito, no_xml = dados.get(campo), getattr(lida, campo, None)
            if campo in self.errors:
                continue
            if no_xml and (not escrito or (self.da_nota and escrito == getattr(self._corrige, campo, None))):
                dados[campo] = no_xml
            elif escrito and no_xml and escrito != no_xml:
                self.add_error(campo, f"O XML diz outra coisa. Confira {rotulo}, ou deixe em branco para ler do XML.")
            elif not escrito and campo != "serie":
                self.add_error(campo, f"Informe {rotulo} da nota.")


class IndeferirForm(forms.Form):
    """Why the operadora refuses a nota."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        help_text="O prestador lê o motivo e corrige a nota por ele.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ParametrosForm(forms.ModelForm):  # type: ignore[type-arg]
    """For how long a nota is asked for, and how much it may differ."""

    class Meta:
        model = ParametrosDasNotas
        fields = ("dias", "tolerancia_centavos")


class DispensaForm(forms.Form):
    """Who owes no nota."""

    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    convenio = forms.ModelChoiceField(Convenio.objects.none(), label="Convênio", required=False, empty_label="Todos")

    def __init__(self, dados: Any, operadora: Organizacao) -> None:
        super().__init__(dados)
        credenciados = Organizacao.objects.filter(credenciamentos__operadora=operadora)
        self.fields["prestador"].queryset = credenciados  # type: ignore[attr-defined]
        do_registro = Convenio.objects.filter(operadora=operadora)
        self.fields["convenio"].queryset = do_registro  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if not self.errors and not dados.get("prestador") and not dados.get("convenio"):
            self.add_error("prestador", "Escolha o prestador, o convênio, ou os dois.")
        return dados
