"""Checks on who sends and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tiss_schemas.documentos import documento_valido
from tiss_schemas.edicoes import Renomear, Valor
from tiss_schemas.espacos import nome_local
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import primeiros_e_ultimos_dias
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import citado, periodo
from uploads.regras.registro import Apontamento, regra

_NOMES: Final = {"cnpj": "CNPJ", "cpf": "CPF", "codigo": "código do prestador na operadora"}
_ELEMENTO_DO_DOCUMENTO: Final = {14: "CNPJ", 11: "CPF"}
_REGISTRO_NO_DESTINO: Final = "destino/registroANS"


@regra(
    "H01",
    codigo="5006",
    alvo="cabecalho",
    depende=(Base.DESTINO,),
    exemplo="O destino é o registro ANS 000000, que não é de nenhuma operadora do portal.",
    dispensavel=False,
    encerra=True,
)
def destino_desconhecido(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O destino é o registro ANS de uma operadora que recebe por este portal."""
    destino = mensagem.no("cabecalho/destino")
    if destino is None:
        return
    registro = mensagem.cabecalho.registro_ans_destino
    if registro is None:
        outro = next(iter(destino), destino)
        yield Apontamento(
            no=destino,
            mensagem=f"O destino traz “{nome_local(outro.tag)}”, e deve trazer o registro ANS da operadora. Informe-o.",
            esperado="registroANS",
        )
    elif contexto.cadastro and contexto.operadora is None:
        yield Apontamento(
            no=mensagem.cabecalho.no(_REGISTRO_NO_DESTINO),
            mensagem=(
                f"O registro ANS {citado(registro)} do destino não é de nenhuma operadora que recebe por este portal. "
                f"Informe uma destas: {', '.join(sorted(contexto.operadoras_da_plataforma.values()))}."
            ),
            valor=registro,
            esperado=", ".join(sorted(contexto.operadoras_da_plataforma)),
        )


@regra(
    "H02",
    codigo="5027",
    alvo="cabecalho",
    exemplo="O destino é a operadora 354317, e a escolhida no envio foi a 331988.",
    dispensavel=False,
    encerra=True,
)
def destino_de_outra_operadora(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O destino é a operadora escolhida no envio."""
    registro, escolhida = mensagem.cabecalho.registro_ans_destino, contexto.operadora_escolhida
    if escolhida is not None and registro is not None and registro != escolhida:
        yield Apontamento(
            no=mensagem.cabecalho.no(_REGISTRO_NO_DESTINO),
            mensagem=(
                f"O arquivo é para a operadora {citado(registro)}, mas a escolhida foi a {escolhida}. Escolha a "
                "operadora do arquivo, ou gere-o para a escolhida."
            ),
            valor=registro,
            esperado=escolhida,
            sugestao=escolhida,
        )


@regra(
    "H03",
    codigo="5005",
    alvo="cabecalho",
    exemplo="A origem traz um registro ANS no lugar do CNPJ da clínica.",
    dispensavel=False,
    encerra=True,
)
def origem_e_operadora(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A origem é um prestador, não uma operadora."""
    origem = mensagem.cabecalho.origem
    if origem is not None and origem.tipo == "registro_ans":
        yield Apontamento(
            no=mensagem.no("cabecalho/origem"),
            mensagem=(
                f"A origem traz o registro ANS {citado(origem.valor)}, de operadora. Informe em "
                "“identificacaoPrestador” o CNPJ, o CPF ou o código do prestador que envia."
            ),
            valor=origem.valor,
            esperado="identificacaoPrestador",
        )


@regra(
    "H04",
    codigo="1206",
    alvo="cabecalho",
    exemplo="O CNPJ da origem tem dois dígitos trocados.",
    dispensavel=False,
    encerra=True,
)
def documento_da_origem(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O CNPJ ou CPF da origem tem dígitos certos e é de um prestador da operadora."""
    origem = mensagem.cabecalho.origem
    if origem is None or origem.tipo not in {"cnpj", "cpf"}:
        return
    nome = _NOMES[origem.tipo]
    if not documento_valido(origem.valor):
        achado = f"O {nome} {citado(origem.valor)} da origem não existe: os dígitos verificadores não conferem"
    elif contexto.operadora and not contexto.credenciamento and _e_do_prestador(origem.valor, contexto):
        quem = contexto.operadora.rotulo
        achado = f"O prestador de {nome} {citado(origem.valor)} não foi encontrado entre os credenciados de {quem}"
    else:
        return
    yield Apontamento(
        no=origem.elemento,
        mensagem=f"{achado}. Informe o {nome} com que o prestador é credenciado.",
        valor=origem.valor,
        esperado=f"{nome} de prestador credenciado",
        sugestao=contexto.prestador.documento if contexto.prestador and contexto.credenciamento else None,
    )


@regra(
    "H05",
    codigo="3100",
    codigo_antigo="1203",
    alvo="cabecalho",
    exemplo="A origem traz o código 100200, e o da clínica na operadora é 100300.",
    dispensavel=False,
    cadastro=True,
    encerra=True,
)
def codigo_da_origem(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O código da origem é o do prestador naquela operadora."""
    origem, contrato = mensagem.cabecalho.origem, contexto.credenciamento
    if origem is None or origem.tipo != "codigo" or contexto.operadora is None:
        return
    certo = contrato.codigo if contrato else None
    if contrato is None or origem.valor not in contrato.todos_os_codigos:
        yield Apontamento(
            no=origem.elemento,
            mensagem=(
                f"O código {citado(origem.valor)} da origem não é o do prestador em {contexto.operadora.rotulo}. "
                + (f"Informe {certo}." if certo else "Peça à operadora o cadastramento do código.")
            ),
            valor=origem.valor,
            esperado=certo,
            sugestao=certo,
        )


@regra(
    "H06",
    codigo="5005",
    alvo="cabecalho",
    exemplo="O arquivo é de outra clínica do mesmo grupo.",
    dispensavel=False,
    cadastro=True,
    encerra=True,
)
def origem_de_outro_prestador(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A origem é o prestador por quem se está enviando."""
    origem, prestador = mensagem.cabecalho.origem, contexto.prestador
    if origem is None or origem.tipo not in {"cnpj", "cpf"} or prestador is None:
        return
    if documento_valido(origem.valor) and not _e_do_prestador(origem.valor, contexto):
        yield Apontamento(
            no=mensagem.no("cabecalho/origem/identificacaoPrestador"),
            mensagem=(
                f"O arquivo é do prestador de {_NOMES[origem.tipo]} {citado(origem.valor)}, e não daquele por "
                f"quem você está enviando ({prestador.documento}). Entre pelo prestador dele, ou corrija a origem."
            ),
            valor=origem.valor,
            esperado=prestador.documento,
        )


@regra(
    "H07",
    codigo="3278",
    codigo_antigo="1212",
    alvo="cabecalho",
    exemplo="O contrato acabou em 30/06/2025, e todos os atendimentos são de dezembro.",
    ajustavel=True,
    cadastro=True,
)
def contrato_fora_de_vigencia(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O credenciamento está ativo e vigorava em algum dos atendimentos do lote."""
    contrato, origem = contexto.credenciamento, mensagem.no("cabecalho/origem/identificacaoPrestador")
    if contrato is None or origem is None:
        return
    dias = [] if mensagem.lote is None else primeiros_e_ultimos_dias(mensagem.lote)
    if any(map(contrato.vigente_em, dias or [contexto.agora.date()])):
        return
    achado = (
        f"O credenciamento do prestador vigora {periodo(contrato)}, e os atendimentos do lote são de outra época"
        if contrato.ativo
        else "O credenciamento do prestador está inativo na operadora"
    )
    yield Apontamento(
        no=origem,
        mensagem=f"{achado}. Confira as datas de atendimento, ou procure a operadora.",
        esperado=periodo(contrato),
    )


@regra(
    "H08",
    codigo="5005",
    alvo="cabecalho",
    exemplo="O contrato pede o código na operadora, e a origem traz o CNPJ.",
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def forma_de_identificacao(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A origem se identifica como o convênio pede: por CNPJ, por CPF ou pelo código na operadora."""
    origem, contrato = mensagem.cabecalho.origem, contexto.credenciamento
    if origem is None or origem.tipo == "registro_ans" or contrato is None or contexto.prestador is None:
        return
    convenio = contexto.convenio_do(mensagem.lote)
    pedida = convenio.regras.origem if convenio else ""
    if pedida in {"", origem.tipo}:
        return
    pede_codigo = pedida == "codigo"
    certo = contrato.codigo if pede_codigo else contexto.prestador.documento
    nome = "codigoPrestadorNaOperadora" if pede_codigo else _ELEMENTO_DO_DOCUMENTO.get(len(certo))
    if not pede_codigo and (nome or "").lower() != pedida:
        return
    caminho = mensagem.documento.caminho(origem.elemento)
    yield Apontamento(
        no=mensagem.no("cabecalho/origem/identificacaoPrestador"),
        mensagem=(
            f"A origem está identificada por {_NOMES[origem.tipo]}, e o contrato pede "
            f"{_NOMES[pedida]}. Informe {certo}, ou ignore com justificativa."
        ),
        valor=origem.valor,
        esperado=certo,
        conserto=(Renomear(caminho, nome), Valor(caminho, certo)) if nome and certo else (),
    )


@regra(
    "H09",
    codigo="5053",
    alvo="cabecalho",
    exemplo="O sequencial 77 já foi usado no lote do mês passado.",
    ignoravel=True,
    cadastro=True,
)
def sequencial_repetido(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O sequencial da transação ainda não foi usado pelo prestador com a operadora."""
    sequencial = mensagem.cabecalho.sequencial
    if sequencial and sequencial in contexto.sequenciais_usados:
        yield Apontamento(
            no=mensagem.cabecalho.no("identificacaoTransacao/sequencialTransacao"),
            mensagem=(
                f"O sequencial de transação {citado(sequencial)} já foi usado em outro lote seu para esta operadora. "
                "Informe um número novo; se a repetição for intencional, ignore com justificativa."
            ),
            valor=sequencial,
            esperado="um número ainda não usado",
        )


def _e_do_prestador(documento: str, contexto: Contexto) -> bool:
    return contexto.prestador is not None and documento.upper() == contexto.prestador.documento.upper()
