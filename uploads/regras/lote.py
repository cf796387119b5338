"""Checks on the lot as a whole, and on the numbers of its guides beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from convenios.mascaras import combina
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, LoteLido
from uploads.regras.bases import Base
from uploads.regras.campos_da_guia import fora_da_mascara
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import citado
from uploads.regras.registro import Apontamento, regra


@regra("L01", codigo="5047", alvo="lote", dispensavel=False, exemplo="O número do lote é só um espaço.")
def lote_sem_numero(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O lote tem número."""
    if lote.numero_lote == "":
        yield Apontamento(
            no=lote.no("numeroLote"),
            mensagem="O número do lote está em branco. Informe o número que o seu sistema deu ao lote.",
            valor="",
            esperado="de 1 a 12 caracteres",
        )


@regra(
    "L02",
    codigo="3268",
    codigo_antigo="5053",
    alvo="lote",
    exemplo="O lote 412 já foi enviado para a mesma operadora, e este também é o 412.",
    dispensavel=False,
    cadastro=True,
)
def lote_repetido(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O número do lote ainda não foi usado pelo prestador com a operadora, a não ser em lote excluído."""
    if lote.numero_lote and lote.numero_lote in contexto.numeros_de_lote_usados:
        yield Apontamento(
            no=lote.no("numeroLote"),
            mensagem=(
                f"Você já tem o lote {citado(lote.numero_lote)} para esta operadora. Dê outro número ao lote; se este "
                "substitui o anterior, exclua antes o anterior."
            ),
            valor=lote.numero_lote,
            esperado="um número ainda não usado",
        )


@regra("L03", codigo="5007", alvo="lote", ignoravel=True, exemplo="O número do lote é JAN-26.")
def lote_nao_numerico(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O número do lote só tem dígitos, como a resposta de um recurso de glosa exige."""
    numero = lote.numero_lote
    if numero and not (numero.isascii() and numero.isdecimal()):
        yield Apontamento(
            no=lote.no("numeroLote"),
            mensagem=(
                f"O número do lote, {citado(numero)}, não é só de dígitos: um recurso de glosa deste lote não poderá "
                "ser respondido no padrão TISS. Use só dígitos, ou ignore com justificativa."
            ),
            valor=numero,
            esperado="só dígitos",
        )


@regra(
    "L04",
    codigo="5015",
    alvo="lote",
    exemplo="O lote tem 130 guias, e a operadora aceita 100.",
    dispensavel=False,
)
def guias_demais(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O lote não tem mais guias que o limite da operadora e do convênio, de no máximo 100."""
    maximo = contexto.maximo_de_guias(lote)
    if (quantas := len(lote.guias)) > maximo:
        yield Apontamento(
            no=lote.no("guiasTISS"),
            mensagem=f"O lote tem {quantas} guias, e o máximo é {maximo}. Divida-o em lotes menores.",
            valor=str(quantas),
            esperado=f"no máximo {maximo} guias",
        )


@regra(
    "L05",
    codigo="1301",
    alvo="lote",
    exemplo="Há uma guia de consulta no meio das guias de SP/SADT.",
    dispensavel=False,
)
def tipos_misturados(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """As guias do lote são todas do mesmo tipo."""
    tipos = list(dict.fromkeys(guia.tipo for guia in lote.guias))
    if len(tipos) > 1:
        nomes = ", ".join(TIPOS_DE_GUIA[tipo] for tipo in tipos)
        yield Apontamento(
            no=lote.no("guiasTISS"),
            mensagem=f"O lote mistura tipos de guia: {nomes}. Faça um lote para cada tipo.",
            valor=", ".join(tipos),
            esperado="um só tipo de guia",
        )


@regra(
    "G01",
    codigo="5027",
    alvo="lote",
    depende=(Base.DESTINO,),
    exemplo="O arquivo vai para a operadora 331988, e uma guia tem o registro ANS 354317.",
)
def guia_de_outra_operadora(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O registro ANS de cada guia é o do destino da mensagem, ou o que o convênio pede."""
    for guia in lote.guias:
        convenio = contexto.convenio_da(guia)
        pedido = convenio.destino if convenio else ""
        destino = pedido or lote.registro_ans_destino
        if destino and guia.registro_ans is not None and guia.registro_ans != destino:
            motivo = (
                f"e o convênio pede {pedido}. Informe {pedido}, ou confira a carteira."
                if pedido
                else f"mas o arquivo vai para a operadora {destino}. Informe {destino}, ou leve a guia para um lote da "
                "outra operadora."
            )
            yield Apontamento(
                no=guia.no("registroANS"),
                mensagem=f"O campo “1 Registro ANS” desta guia é {citado(guia.registro_ans)}, {motivo}",
                valor=guia.registro_ans,
                esperado=destino,
                sugestao=destino,
            )


@regra(
    "G02",
    codigo="1307",
    alvo="lote",
    exemplo="O número da guia no prestador é só um espaço.",
    dispensavel=False,
)
def guia_sem_numero(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada guia tem o seu número no prestador, na forma que o convênio usa."""
    for guia in lote.guias:
        if guia.numero_prestador == "":
            yield Apontamento(
                no=guia.no("numeroGuiaPrestador"),
                mensagem=f"O campo “2 Nº Guia no Prestador” da {guia.indice}ª guia está em branco. Informe o número.",
                valor="",
                esperado="de 1 a 20 caracteres",
            )
            continue
        mascara = contexto.regras_da(guia).mascara_da_guia
        if mascara and guia.numero_prestador and not combina(mascara, guia.numero_prestador):
            yield fora_da_mascara(guia, "numeroGuiaPrestador", mascara)


@regra(
    "G03",
    codigo="1308",
    alvo="lote",
    exemplo="Duas guias do lote têm o número 20301004.",
    dispensavel=False,
)
def guia_repetida_no_lote(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum número de guia aparece duas vezes no lote."""
    primeira: dict[str, int] = {}
    for guia in lote.guias:
        numero = guia.numero_prestador
        if not numero:
            continue
        if numero in primeira:
            yield Apontamento(
                no=guia.no("numeroGuiaPrestador"),
                mensagem=(
                    f"O número {citado(numero)} já é o da {primeira[numero]}ª guia deste lote, e se repete na "
                    f"{guia.indice}ª. Retire a guia repetida, ou corrija o campo “2 Nº Guia no Prestador”."
                ),
                valor=numero,
                esperado="um número que não esteja em outra guia do lote",
            )
        primeira.setdefault(numero, guia.indice)


@regra(
    "G04",
    codigo="1308",
    alvo="lote",
    exemplo="A guia 20301004 já está num lote enviado no mês passado.",
    ajustavel=True,
    cadastro=True,
)
def guia_ja_apresentada(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O número da guia não está em outro lote do prestador para a operadora, salvo num que ela encerrou sem pagar."""
    for guia in lote.guias:
        if not contexto.regras_da(guia).criticar_guia_repetida:
            continue
        if guia.numero_prestador and guia.numero_prestador in contexto.numeros_de_guia_apresentados:
            yield Apontamento(
                no=guia.no("numeroGuiaPrestador"),
                mensagem=(
                    f"A guia {citado(guia.numero_prestador)} já está em outro lote seu para esta operadora. Retire-a "
                    "deste lote, ou corrija o campo “2 Nº Guia no Prestador”."
                ),
                valor=guia.numero_prestador,
                esperado="um número ainda não apresentado",
            )
