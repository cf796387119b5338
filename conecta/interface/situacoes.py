"""State → tone, icon and words: the one table of the product. Colour never stands alone."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Situacao:
    """How a state looks: `tom` is a class of the stylesheet, `icone` a symbol `s-…` of the sprite."""

    tom: str
    icone: str
    texto: str


ARQUIVO = MappingProxyType(
    {
        "em_processamento": Situacao("azul", "processando", "Em processamento"),
        "invalido": Situacao("vermelho", "erro", "Inválido"),
        "importado": Situacao("neutro", "importado", "Importado"),
        "falhou": Situacao("vermelho", "alerta", "Não processado"),
    }
)
LOTE = MappingProxyType(
    {
        "aberto": Situacao("neutro", "aberto", "Aberto"),
        "fechado": Situacao("ambar", "fechado", "Fechado (envio pendente)"),
        "enviado": Situacao("azul", "enviado", "Enviado à operadora"),
        "excluido": Situacao("neutro", "cancelado", "Excluído"),
    }
)
GUIA = MappingProxyType(
    {
        "em_digitacao": Situacao("neutro", "aberto", "Em digitação"),
        "com_criticas": Situacao("vermelho", "erro", "Com críticas"),
        "pronta": Situacao("ambar", "ok", "Pronta para lote"),
        "excluida": Situacao("neutro", "cancelado", "Excluída"),
    }
)
# ANS's table 47; an operadora may give its own words.
PROTOCOLO = MappingProxyType(
    {
        "1": Situacao("azul", "enviado", "Lote enviado para a Operadora"),
        "2": Situacao("azul", "analise", "Em análise pela Operadora"),
        "3": Situacao("verde", "data", "Faturado"),
        "4": Situacao("vermelho", "glosa", "Encerrado sem pagamento"),
        "5": Situacao("verde", "ok", "Liberado para faturamento"),
        "6": Situacao("verde", "dinheiro", "Pago"),
        "8": Situacao("ambar", "alerta", "Aguardando informação complementar"),
        "9": Situacao("neutro", "cancelado", "Cancelado"),
        "10": Situacao("vermelho", "bloqueio", "Bloqueio judicial"),
    }
)
# Of an appeal against glosas; its words overlap with those of a lot, so it is shown by `recurso.aparencia`.
RECURSO = MappingProxyType(
    {
        "rascunho": Situacao("neutro", "aberto", "Em preparo"),
        "enviado": Situacao("azul", "enviado", "Enviado à operadora"),
        "em_analise": Situacao("azul", "analise", "Em análise pela operadora"),
        "respondido": Situacao("verde", "ok", "Respondido"),
        "pago": Situacao("verde", "dinheiro", "Pago"),
        "excluido": Situacao("neutro", "cancelado", "Excluído"),
    }
)
PAGAMENTO = MappingProxyType(
    {
        "pagamento-aberto": Situacao("neutro", "aberto", "Em aberto"),
        "pagamento-fechado": Situacao("verde", "data", "Fechado, a pagar"),
        "pagamento-pago": Situacao("verde", "dinheiro", "Pago"),
        "pagamento-cancelado": Situacao("neutro", "cancelado", "Cancelado"),
    }
)
NOTA = MappingProxyType(
    {
        "nota-pendente": Situacao("ambar", "prazo", "Pendente"),
        "nota-em_analise": Situacao("azul", "analise", "Em análise"),
        "nota-aceita": Situacao("verde", "ok", "Aceita"),
        "nota-indeferida": Situacao("vermelho", "erro", "Indeferida"),
        "nota-cancelada": Situacao("neutro", "cancelado", "Cancelada"),
    }
)
SEM_PROTOCOLO = Situacao("neutro", "aberto", "Lote não enviado")

_TODAS = MappingProxyType({**ARQUIVO, **LOTE, **GUIA, **PROTOCOLO, **PAGAMENTO, **NOTA})


def situacao_de(estado: object) -> Situacao:
    """The look of a state: key of a file, lot or guide, ANS code of a protocol, an object with `.situacao`, or None.

    None and the empty string are a lot without protocol. An unknown state is a KeyError: it needs its line here.
    """
    if isinstance(estado, Situacao):
        return estado
    if estado is None or estado == "":
        return SEM_PROTOCOLO
    if not isinstance(estado, (str, int)):
        estado = estado.situacao  # type: ignore[attr-defined]
    return _TODAS[str(estado)]
