"""Cases about file, version, envelope and header."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import etree

from tiss_schemas import hash as epilogo
from tiss_schemas.exemplos import cnpj_valido
from tiss_schemas.leitura import LIMITE_BYTES
from uploads.regras.contexto import ArquivoIgual

from .apoio import AGORA, CONTRATO, IGNORAVEL, Caso, com_regras, no_em, renomeia, retira, troca

OUTRO_CNPJ = cnpj_valido("55666777")
TIPO, DATA, HORA = (
    f"identificacaoTransacao/{nome}" for nome in ("tipoTransacao", "dataRegistroTransacao", "horaRegistroTransacao")
)
PRESTADOR = "origem/identificacaoPrestador"
CODIGO = "codigoPrestadorNaOperadora"


def _encher(conteudo: bytes) -> bytes:
    return conteudo + b" " * (LIMITE_BYTES + 1 - len(conteudo))


def _com_hash_dos_textos_aparados(raiz: etree._Element) -> None:
    copia = etree.fromstring(etree.tostring(raiz))
    for no in copia.iter():
        no.text = (no.text or "").strip()
    no_em(raiz, "epilogo/hash").text = epilogo.calcular(copia)


def _com_hash_em_utf8(raiz: etree._Element) -> None:
    no_em(raiz, "epilogo/hash").text = epilogo.calcular(raiz, "utf-8")


def _trocar_origem_por_registro(raiz: etree._Element) -> None:
    origem = no_em(raiz, "cabecalho/origem")
    origem.remove(origem[0])
    etree.SubElement(origem, f"{{{raiz.nsmap['ans']}}}registroANS").text = "331988"


def _trocar_destino_por_prestador(raiz: etree._Element) -> None:
    destino = no_em(raiz, "cabecalho/destino")
    destino.remove(destino[0])
    prestador = etree.SubElement(destino, f"{{{raiz.nsmap['ans']}}}identificacaoPrestador")
    etree.SubElement(prestador, f"{{{raiz.nsmap['ans']}}}CNPJ").text = OUTRO_CNPJ


def _trocar_lote_por_consulta_de_protocolo(raiz: etree._Element) -> None:
    ans = f"{{{raiz.nsmap['ans']}}}"
    corpo = no_em(raiz, "prestadorParaOperadora")
    corpo.remove(corpo[0])
    consulta = etree.SubElement(corpo, f"{ans}solicitacaoStatusProtocolo")
    etree.SubElement(etree.SubElement(consulta, f"{ans}dadosPrestador"), f"{ans}cnpjContratado").text = OUTRO_CNPJ
    etree.SubElement(consulta, f"{ans}numeroProtocolo").text = "1"


DISPARAM = (
    Caso(regra="F01", titulo="o conteúdo é um PDF", conteudo=lambda _: b"%PDF-1.7 ...", codigos=("5002", "5002")),
    Caso(regra="F01", titulo="o nome termina em .txt", nome="lote.txt", codigos=("5002", "5002")),
    Caso(regra="F02", titulo="um byte acima de 15 MB", conteudo=_encher, codigos=("3166", "3166")),
    Caso(
        regra="F03",
        titulo="uma tag fecha outra",
        conteudo=lambda b: b.replace(b"</ans:numeroLote>", b"</ans:lote>"),
        codigos=("5002", "5002"),
    ),
    Caso(
        regra="F04",
        titulo="o arquivo está em UTF-16",
        conteudo=lambda b: b.decode("latin-1").replace("ISO-8859-1", "UTF-16").encode("utf-16"),
        codigos=("5001", "5001"),
    ),
    Caso(regra="F05", titulo="a raiz é outra", edicoes=[renomeia(".", "mensagem")], onde=".", codigos=("5001", "5001")),
    Caso(
        regra="F06",
        titulo="um código fora da lista",
        edicoes=[troca("guiaSP-SADT[2]//indicacaoAcidente", "7")],
        onde="guiaSP-SADT[2]//indicacaoAcidente",
        codigos=("5002", "5002"),
    ),
    Caso(regra="F07", titulo="o arquivo acaba no meio", conteudo=lambda b: b[: len(b) // 2], codigos=("5010", "5010")),
    Caso(
        regra="F08",
        titulo="os mesmos bytes já vieram",
        cadastro={"arquivo_igual": ArquivoIgual(numero_lote=1000042, criado_em=AGORA)},
        codigos=("5053", "3268"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="M01",
        titulo="o hash está vazio",
        edicoes=[troca("epilogo/hash", "")],
        acerta_hash=False,
        onde="epilogo/hash",
        codigos=("5014", "5014"),
    ),
    Caso(
        regra="M01",
        titulo="o hash tem 31 dígitos",
        edicoes=[troca("epilogo/hash", "a" * 31)],
        acerta_hash=False,
        onde="epilogo/hash",
        codigos=("5014", "5014"),
    ),
    Caso(
        regra="M02",
        titulo="o conteúdo mudou depois do hash",
        edicoes=[troca("numeroLote", "2")],
        acerta_hash=False,
        onde="epilogo/hash",
        codigos=("5014", "5014"),
    ),
    Caso(
        regra="M03",
        titulo="o hash despreza espaços nas pontas",
        edicoes=[troca("descricaoProcedimento", "HEMOGRAMA  "), _com_hash_dos_textos_aparados],
        acerta_hash=False,
        onde="epilogo/hash",
        codigos=("5014", "5014"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="M04",
        titulo="a versão não existe",
        edicoes=[troca("Padrao", "9.99.00")],
        onde="cabecalho/Padrao",
        codigos=("5028", "5028"),
    ),
    Caso(regra="M04", titulo="não há versão", edicoes=[retira("Padrao")], onde="cabecalho", codigos=("5028", "5028")),
    Caso(
        regra="M04",
        titulo="a versão está em versaoPadrao",
        edicoes=[renomeia("Padrao", "versaoPadrao"), troca("versaoPadrao", "3.02.00")],
        onde="cabecalho/versaoPadrao",
        codigos=("5028", "5028"),
    ),
    Caso(
        regra="M05",
        titulo="a operadora só aceita 4.01.00",
        cadastro={"parametros": {"versoes_aceitas": ("4.01.00",)}},
        onde="cabecalho/Padrao",
        codigos=("5028", "5028"),
    ),
    Caso(
        regra="M06",
        titulo="a transação é outra",
        edicoes=[troca(TIPO, "RECURSO_GLOSA")],
        onde=TIPO,
        codigos=("3148", "3148"),
        outras=frozenset({"M07"}),
    ),
    Caso(
        regra="M07",
        titulo="o corpo é de outra transação",
        edicoes=[_trocar_lote_por_consulta_de_protocolo],
        onde="solicitacaoStatusProtocolo",
        codigos=("5007", "5007"),
    ),
    Caso(
        regra="M07",
        titulo="o corpo é da operadora",
        edicoes=[renomeia("prestadorParaOperadora", "operadoraParaPrestador"), retira("loteGuias")],
        onde="operadoraParaPrestador",
        codigos=("5007", "5007"),
        outras=frozenset({"M08"}),
    ),
    Caso(
        regra="M08",
        titulo="não há corpo",
        edicoes=[retira("prestadorParaOperadora")],
        onde=".",
        codigos=("5007", "5007"),
    ),
    Caso(regra="M08", titulo="o corpo está vazio", edicoes=[retira("loteGuias")], onde=".", codigos=("5007", "5007")),
    Caso(
        regra="M09",
        titulo="a transação é de amanhã",
        edicoes=[troca(DATA, "2026-02-02")],
        onde=DATA,
        codigos=("5025", "5025"),
    ),
    Caso(
        regra="M09",
        titulo="a transação tem 181 dias",
        edicoes=[troca(DATA, "2025-08-04")],
        onde=DATA,
        codigos=("5025", "5025"),
    ),
    Caso(
        regra="M10",
        titulo="a transação é de daqui a 16 minutos",
        edicoes=[troca(DATA, "2026-02-01"), troca(HORA, "12:16:00")],
        onde=HORA,
        codigos=("5026", "5026"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="H01",
        titulo="ninguém no portal tem o registro",
        cadastro={"operadora": None},
        onde="destino/registroANS",
        codigos=("5006", "5006"),
    ),
    Caso(
        regra="H01",
        titulo="o destino é um prestador",
        edicoes=[_trocar_destino_por_prestador],
        onde="cabecalho/destino",
        codigos=("5006", "5006"),
    ),
    Caso(
        regra="H02",
        titulo="a escolhida foi outra",
        cadastro={"operadora_escolhida": "354317"},
        onde="destino/registroANS",
        codigos=("5027", "5027"),
    ),
    Caso(
        regra="H03",
        titulo="a origem é uma operadora",
        edicoes=[_trocar_origem_por_registro],
        onde="cabecalho/origem",
        codigos=("5005", "5005"),
    ),
    Caso(
        regra="H04",
        titulo="os dígitos do CNPJ não conferem",
        edicoes=[troca(f"{PRESTADOR}/CNPJ", "11222333000199")],
        onde=f"{PRESTADOR}/CNPJ",
        codigos=("1206", "1206"),
    ),
    Caso(
        regra="H04",
        titulo="o prestador não é credenciado",
        cadastro={"credenciamento": None},
        onde=f"{PRESTADOR}/CNPJ",
        codigos=("1206", "1206"),
    ),
    Caso(
        regra="H05",
        titulo="o código é desconhecido",
        edicoes=[renomeia(f"{PRESTADOR}/CNPJ", CODIGO), troca(f"{PRESTADOR}/{CODIGO}", "PREST99")],
        onde=f"{PRESTADOR}/{CODIGO}",
        codigos=("1203", "3100"),
    ),
    Caso(
        regra="H06",
        titulo="o arquivo é de outra clínica",
        edicoes=[troca(f"{PRESTADOR}/CNPJ", OUTRO_CNPJ)],
        onde=PRESTADOR,
        codigos=("5005", "5005"),
    ),
    Caso(
        regra="H07",
        titulo="o contrato acabou antes dos atendimentos",
        cadastro={"credenciamento": replace(CONTRATO, fim=date(2025, 6, 30))},
        onde=PRESTADOR,
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="H07",
        titulo="o contrato está inativo",
        cadastro={"credenciamento": replace(CONTRATO, ativo=False)},
        onde=PRESTADOR,
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="H08",
        titulo="o contrato pede o código",
        cadastro=com_regras(origem="codigo"),
        onde=PRESTADOR,
        codigos=("5005", "5005"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="H09",
        titulo="o sequencial já foi usado",
        exemplo={"sequencial": "77"},
        cadastro={"sequenciais_usados": frozenset({"77"})},
        onde="sequencialTransacao",
        codigos=("5053", "5053"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(regra="F01", titulo="a extensão está em maiúsculas", nome="LOTE.XML"),
    Caso(regra="F02", titulo="exatamente 15 MB", conteudo=lambda b: _encher(b)[:-1]),
    Caso(regra="F03", titulo="UTF-8 declarado e verdadeiro", exemplo={"codificacao": "UTF-8"}),
    Caso(regra="F04", titulo="windows-1252 é aceito", conteudo=lambda b: b.replace(b"ISO-8859-1", b"windows-1252")),
    Caso(
        regra="F05", titulo="o prefixo é outro", conteudo=lambda b: b.replace(b"ans:", b"x:").replace(b":ans=", b":x=")
    ),
    Caso(regra="F06", titulo="todos os campos opcionais", exemplo={"maximo": True}),
    Caso(regra="F07", titulo="há brancos depois do fim", conteudo=lambda b: b + b"\n\n"),
    Caso(regra="F08", titulo="é a primeira vez"),
    Caso(regra="M01", titulo="o hash está em maiúsculas", conteudo=lambda b: _em_maiusculas(b)),
    Caso(
        regra="M02",
        titulo="o hash é o de UTF-8",
        edicoes=[troca("descricaoProcedimento", "AÇÃO"), _com_hash_em_utf8],
        acerta_hash=False,
    ),
    Caso(
        regra="M03", titulo="o hash leva os espaços em conta", edicoes=[troca("descricaoProcedimento", "HEMOGRAMA  ")]
    ),
    Caso(regra="M04", titulo="a versão é conhecida"),
    Caso(
        regra="M05",
        titulo="a operadora aceita a versão",
        cadastro={"parametros": {"versoes_aceitas": ("4.02.00", "4.03.00")}},
    ),
    Caso(regra="M06", titulo="é um envio de lote"),
    Caso(regra="M07", titulo="o corpo é o da transação"),
    Caso(regra="M08", titulo="há um lote"),
    Caso(regra="M09", titulo="a transação tem 180 dias", edicoes=[troca(DATA, "2025-08-05")]),
    Caso(
        regra="M10", titulo="o relógio adianta 15 minutos", edicoes=[troca(DATA, "2026-02-01"), troca(HORA, "12:15:00")]
    ),
    Caso(regra="H01", titulo="a operadora recebe pelo portal"),
    Caso(regra="H02", titulo="a escolhida é a do arquivo", cadastro={"operadora_escolhida": "331988"}),
    Caso(regra="H03", titulo="a origem é um prestador"),
    Caso(regra="H04", titulo="o CNPJ é o do prestador credenciado"),
    Caso(
        regra="H05",
        titulo="o código é o do contrato",
        edicoes=[renomeia(f"{PRESTADOR}/CNPJ", CODIGO), troca(f"{PRESTADOR}/{CODIGO}", "PREST01")],
    ),
    Caso(regra="H06", titulo="a origem é quem envia"),
    Caso(
        regra="H07",
        titulo="o contrato acabou no dia de um dos atendimentos",
        tipo="consulta",
        edicoes=[troca("guiaConsulta[2]//dataAtendimento", "2025-12-01")],
        cadastro={"credenciamento": replace(CONTRATO, fim=date(2025, 12, 1))},
    ),
    Caso(
        regra="H08",
        titulo="o contrato pede o CNPJ",
        cadastro=com_regras(origem="cnpj"),
    ),
    Caso(
        regra="H09",
        titulo="só outro sequencial foi usado",
        exemplo={"sequencial": "77"},
        cadastro={"sequenciais_usados": frozenset({"78"})},
    ),
)


def _em_maiusculas(conteudo: bytes) -> bytes:
    inicio, fim = conteudo.rindex(b"<ans:hash>") + 10, conteudo.rindex(b"</ans:hash>")
    return conteudo[:inicio] + conteudo[inicio:fim].upper() + conteudo[fim:]
