"""The numbered tables of the standard and of operadoras, and what people call them."""

from __future__ import annotations

from typing import Final

DA_TUSS: Final = ("22", "20", "19", "18")
DA_OPERADORA: Final = ("00", "90", "98")
DE_ITENS: Final = (*DA_TUSS, *DA_OPERADORA)
"""Tables whose codes are charged; the others are lists of the standard."""
MENSAGENS: Final = "38"

NOMES: Final = {
    "22": "Procedimentos e eventos em saúde",
    "20": "Medicamentos",
    "19": "Materiais e OPME",
    "18": "Diárias, taxas e gases medicinais",
    "00": "Tabela própria da operadora",
    "90": "Pacotes odontológicos da operadora",
    "98": "Pacotes da operadora",
    "38": "Mensagens: glosas e negativas",
    "23": "Caráter do atendimento",
    "24": "Ocupações (CBO)",
    "25": "Códigos de despesa",
    "26": "Conselhos profissionais",
    "27": "Débitos e créditos",
    "28": "Dentes",
    "29": "Diagnóstico por imagem",
    "30": "Escala de capacidade funcional (ECOG)",
    "31": "Estadiamento do tumor",
    "32": "Faces do dente",
    "33": "Finalidade do tratamento",
    "34": "Forma de pagamento",
    "35": "Grau de participação",
    "36": "Indicador de acidente",
    "37": "Indicador de débito ou crédito",
    "39": "Motivo de encerramento",
    "40": "Origem da guia",
    "41": "Regime de internação",
    "42": "Regiões da boca",
    "43": "Sexo",
    "44": "Situação inicial do dente",
    "45": "Status da solicitação",
    "46": "Status do cancelamento",
    "47": "Status do protocolo",
    "48": "Técnica utilizada",
    "49": "Tipo de acomodação",
    "50": "Tipo de atendimento",
    "51": "Tipo de atendimento em odontologia",
    "52": "Tipo de consulta",
    "53": "Tipo de demonstrativo",
    "54": "Tipo de guia",
    "55": "Tipo de faturamento",
    "56": "Natureza da guia",
    "57": "Tipo de internação",
    "58": "Tipo de quimioterapia",
    "59": "Unidades da federação",
    "60": "Unidades de medida",
    "61": "Via de acesso",
    "62": "Via de administração",
    "63": "Grupos de procedimentos e itens para envio à ANS",
    "64": "Forma de envio de procedimentos e itens à ANS",
    "65": "Metástases",
    "66": "Nódulo",
    "67": "Tumor",
    "68": "Categoria de despesa",
    "69": "Versão do componente de comunicação",
    "70": "Forma de envio",
    "71": "Tipo de atendimento por operadora intermediária",
    "72": "Tipo de identificação do beneficiário",
    "73": "Etapas da autorização",
    "74": "Motivo da ausência do código de validação",
    "75": "Cobertura especial",
    "76": "Regime de atendimento",
    "77": "Saúde ocupacional",
    "78": "Tipo de pagamento",
    "79": "Modelo de remuneração",
    "80": "Formato do documento",
    "81": "Tipo do documento",
    "87": "Tabelas do padrão",
}
"""By number, those that are charged from first."""
DO_PADRAO: Final = tuple(sorted(set(NOMES).difference(DA_OPERADORA)))
"""Those that ANS publishes editions of."""


def rotulo(tabela: str) -> str:
    """Number and name: "22 Procedimentos e eventos em saúde"."""
    return f"{tabela} {NOMES[tabela]}" if tabela in NOMES else tabela
