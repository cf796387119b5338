"""What the invented messages are made of: TUSS codes that exist, and people and firms that do not."""

from __future__ import annotations

from typing import NamedTuple


class Procedimento(NamedTuple):
    """One code of TUSS table 22 with its term (at most 150 characters)."""

    codigo: str
    descricao: str


class Insumo(NamedTuple):
    """One item of the Anexo de Outras Despesas: kind of expense (table 25), TUSS code, unit (table 60), term."""

    codigo_despesa: str
    tabela: str
    codigo: str
    unidade: str
    descricao: str


CONSULTA = Procedimento("10101012", "Consulta em consultório (no horário normal ou preestabelecido)")

EXAMES = (
    Procedimento(
        "40304361",
        "Hemograma com contagem de plaquetas ou frações (eritrograma, leucograma, plaquetas)",
    ),
    Procedimento("40302040", "Glicose - pesquisa e/ou dosagem"),
    Procedimento("40301630", "Creatinina - pesquisa e/ou dosagem"),
    Procedimento("40302318", "Potássio - pesquisa e/ou dosagem"),
    Procedimento("40316521", "Tireoestimulante, hormônio (TSH) - pesquisa e/ou dosagem"),
    Procedimento("40101010", "ECG convencional de até 12 derivações"),
    Procedimento("40808041", "Mamografia digital bilateral"),
    Procedimento("40901220", "US - Articular (por articulação)"),
)

CIRURGIAS = (
    Procedimento("31005497", "Colecistectomia sem colangiografia por videolaparoscopia"),
    Procedimento("31003079", "Apendicectomia"),
    Procedimento("31009166", "Herniorrafia umbilical"),
    Procedimento("10102019", "Visita hospitalar (paciente internado)"),
)

ODONTOLOGICOS = (
    Procedimento("81000065", "Consulta odontológica inicial"),
    Procedimento("85100196", "Restauração em resina fotopolimerizável 1 face"),
    Procedimento("82000875", "Exodontia simples de permanente"),
    Procedimento("84000198", "Profilaxia: polimento coronário"),
    Procedimento("81000421", "Radiografia periapical"),
)

INSUMOS_AMBULATORIAIS = (
    Insumo("02", "20", "90267303", "001", "DIPIRONA SODICA"),
    Insumo("03", "19", "72323957", "036", "COMPONENTE PATELAR"),
    Insumo("02", "20", "90222342", "012", "CLORETO DE SÓDIO 0,9%"),
    Insumo("01", "18", "60034319", "036", "OXIGÊNIO NA INCUBADORA, POR MINUTO"),
    Insumo("07", "18", "60023155", "036", "TAXA DE SALA CIRÚRGICA, PORTE ANESTÉSICO 6"),
)

INSUMOS_HOSPITALARES = (
    Insumo(
        "05",
        "18",
        "60000694",
        "036",
        "DIÁRIA DE ENFERMARIA DE 3 LEITOS COM BANHEIRO PRIVATIVO",
    ),
    *INSUMOS_AMBULATORIAIS,
    Insumo(
        "08",
        "19",
        "76339858",
        "036",
        "PROTESE DE JOELHO NKS PLUS COM BLOQUEIO - 0364/02 - Patela 32 mm",
    ),
)

PESSOAS = (
    "Anaíra Quintela Bragança",
    "Belmiro Taveira Couto",
    "Cidália Norões Pimentel",
    "Dagoberto Sevilha Lins",
    "Eulália Tamoio Farias",
    "Firmino Açucena Prado",
    "Gislaine Vilhena d'Ávila",
    "Honorato Cambuí Setúbal",
)

PROFISSIONAIS = (
    "Iolanda Mascarenhas Trindade",
    "Jandir Peçanha Moutinho",
    "Laurindo Assunção Vidigal",
    "Mirtes Conceição Barbalho",
)

HOSPITAL = "Hospital Fictício São Amaro"
CLINICA = "Clínica Fictícia Boa Hora"
PLANO = "Plano Fictício Essencial"
EMPRESA = "Tecelagem Imaginária Ltda"
