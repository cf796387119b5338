"""What the codes of the lists mean: ANS's domain tables from the package `tiss`, and the short lists that it lacks."""

from __future__ import annotations

from typing import Final

from tiss import dominio

from tiss_schemas.lembranca import lembrar

TABELA_DO_TIPO: Final = {
    "dm_caraterAtendimento": "23",
    "dm_CBOS": "24",
    "dm_indicadorAcidente": "36",
    "dm_tipoGlosa": "38",
    "dm_motivoSaida": "39",
    "dm_motivoSaidaObito": "39",
    "dm_regimeInternacao": "41",
    "dm_sexo": "43",
    "dm_tipoAtendimento": "50",
    "dm_tipoConsulta": "52",
    "dm_tipoInternacao": "57",
    "dm_unidadeMedida": "60",
    "dm_regimeAtendimento": "76",
    "dm_saudeOcupacional": "77",
}
"""Domain table by the name of the XSD's simple type."""

_SIM_NAO: Final = {"S": "Sim", "N": "Não"}
_UF: Final = {
    "11": "Rondônia",
    "12": "Acre",
    "13": "Amazonas",
    "14": "Roraima",
    "15": "Pará",
    "16": "Amapá",
    "17": "Tocantins",
    "21": "Maranhão",
    "22": "Piauí",
    "23": "Ceará",
    "24": "Rio Grande do Norte",
    "25": "Paraíba",
    "26": "Pernambuco",
    "27": "Alagoas",
    "28": "Sergipe",
    "29": "Bahia",
    "31": "Minas Gerais",
    "32": "Espírito Santo",
    "33": "Rio de Janeiro",
    "35": "São Paulo",
    "41": "Paraná",
    "42": "Santa Catarina",
    "43": "Rio Grande do Sul",
    "50": "Mato Grosso do Sul",
    "51": "Mato Grosso",
    "52": "Goiás",
    "53": "Distrito Federal",
    "98": "Exterior",
}
_CONSELHO: Final = {
    "01": "CRESS – Serviço Social",
    "02": "COREN – Enfermagem",
    "03": "CRF – Farmácia",
    "04": "CRFA – Fonoaudiologia",
    "05": "CREFITO – Fisioterapia e Terapia Ocupacional",
    "06": "CRM – Medicina",
    "07": "CRN – Nutrição",
    "08": "CRO – Odontologia",
    "09": "CRP – Psicologia",
    "10": "Outros conselhos",
    "11": "CRBio – Biologia",
    "12": "CRBM – Biomedicina",
    "13": "CREF – Educação Física",
    "14": "CRMV – Medicina Veterinária",
    "15": "CRTR – Técnicos em Radiologia",
}
_GRAU_DE_PARTICIPACAO: Final = {
    "00": "Cirurgião",
    "01": "Primeiro auxiliar",
    "02": "Segundo auxiliar",
    "03": "Terceiro auxiliar",
    "04": "Quarto auxiliar",
    "05": "Instrumentador",
    "06": "Anestesista",
    "07": "Auxiliar de anestesista",
    "08": "Consultor",
    "09": "Perfusionista",
    "10": "Pediatra na sala de parto",
    "11": "Auxiliar SADT",
    "12": "Clínico",
    "13": "Intensivista",
}
_TIPO_FATURAMENTO: Final = {"1": "Parcial", "2": "Final", "3": "Complementar", "4": "Total"}

TEXTOS: Final[dict[str, dict[str, str]]] = {
    "st_logico": {"true": "Sim", "false": "Não"},
    "dm_simNao": _SIM_NAO,
    "dm_UF": _UF,
    "dm_conselhoProfissional": _CONSELHO,
    "dm_grauPart": _GRAU_DE_PARTICIPACAO,
    "dm_tipoFaturamento": _TIPO_FATURAMENTO,
    "dm_tipoFaturamentoOdonto": _TIPO_FATURAMENTO,
    "dm_outrasDespesas": {
        "01": "Gases medicinais",
        "02": "Medicamentos",
        "03": "Materiais",
        "05": "Diárias",
        "07": "Taxas e aluguéis",
        "08": "OPME",
    },
    "dm_tecnicaUtilizada": {"1": "Convencional", "2": "Videolaparoscopia", "3": "Robótica"},
    "dm_viaDeAcesso": {"1": "Única", "2": "Mesma via", "3": "Diferentes vias"},
    "dm_tipoAtendimentoOdonto": {
        "1": "Tratamento odontológico",
        "2": "Exame radiológico",
        "3": "Ortodontia",
        "4": "Urgência",
        "5": "Auditoria",
    },
    "dm_cobEsp": {"01": "Gestante", "02": "Pré-operatório", "03": "Pós-operatório"},
    "dm_tabela": {
        "18": "Diárias, taxas e gases medicinais",
        "19": "Materiais e OPME",
        "20": "Medicamentos",
        "22": "Procedimentos e eventos em saúde",
        "90": "Pacote odontológico da operadora",
        "98": "Pacote da operadora",
        "00": "Tabela própria da operadora",
    },
    "dm_tipoIdent": {
        "01": "Tarja magnética",
        "02": "Código de barras",
        "03": "Cartão físico",
        "04": "QR Code",
        "05": "Impressão digital",
        "06": "Reconhecimento facial",
        "07": "Íris",
        "08": "Mão",
        "09": "Cartão virtual",
    },
    "dm_ausenciaCodValidacao": {
        "01": "Beneficiário internado",
        "02": "Urgência",
        "03": "Falha do sistema ou regularização posterior",
        "04": "Recusa do beneficiário",
        "05": "Coleta domiciliar",
        "06": "Material trazido por terceiros",
        "07": "Beneficiário sem celular",
    },
    "dm_condicaoClinica": {
        "A": "Ausente",
        "E": "Extração indicada",
        "H": "Hígido",
        "C": "Cariado",
        "R": "Restaurado",
    },
    "dm_centroConsumo": {
        "1": "Berçário",
        "2": "Enfermaria",
        "3": "Apartamento",
        "4": "Semi-UTI",
        "5": "UTI",
        "6": "Centro cirúrgico",
        "7": "Pronto-socorro",
        "8": "Radiologia",
        "9": "Laboratório",
        "10": "Nutrição",
    },
    "dm_regiao": {
        "AS": "Arcada superior",
        "AI": "Arcada inferior",
        "HASD": "Hemiarcada superior direita",
        "HASE": "Hemiarcada superior esquerda",
        "HAID": "Hemiarcada inferior direita",
        "HAIE": "Hemiarcada inferior esquerda",
        "ASAI": "Arcadas superior e inferior",
    },
}
"""Texts by simple type and code, for the lists that the package has no table of."""


@lembrar(16_384)
def texto(tipo: str, codigo: str) -> str:
    """What `codigo` means in the list of the simple type `tipo`; the code itself where nobody has said."""
    tabela = TABELA_DO_TIPO.get(tipo)
    if tabela is None:
        return TEXTOS.get(tipo, {}).get(codigo, codigo)
    registros = dominio.lookup(tabela, codigo) if codigo else []
    if not registros:
        return codigo
    return str(registros[-1]["descricao"] or registros[-1]["termo"])
