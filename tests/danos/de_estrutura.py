"""Damages to the elements themselves: missing, too many, out of place, wrongly named."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.danos.base import COM_ITENS, TODOS, TOTAIS, Alvo, Conserto, Dano, Original, ans, da_conta, local
from tiss_schemas.exemplos import CNPJ_PADRAO, cpf_valido

OUTRO_ESPACO = "http://www.ans.gov.br/padroes/tiss/schema"
DEDUZIVEIS = TOTAIS | {"registroANS", "sequencialItem"}
ALTERNATIVAS = {
    "cnpjContratado": CNPJ_PADRAO,
    "cpfContratado": cpf_valido(7),
    "codigoPrestadorNaOperadora": "100200",
    "cnpjLocalExecutante": CNPJ_PADRAO,
    "codigoNaOperadora": "100200",
    "codDente": "11",
    "codRegiao": "AI",
}
ACENTOS = str.maketrans("aeioucAEIOUC", "áéíóúçÁÉÍÓÚÇ")


def _onde(serve: Callable[[Original, etree._Element], bool]) -> Callable[[Original], list[etree._Element]]:
    return lambda original: [no for no in original.elementos() if serve(original, no)]


def _unico(no: etree._Element) -> bool:
    return len(no.getparent().findall(no.tag)) == 1


def _obrigatorio(original: Original, no: etree._Element) -> bool:
    return original.campo(no).obrigatorio and _unico(no) and local(no) not in DEDUZIVEIS


def _deixa_algo(original: Original, no: etree._Element) -> bool:
    """Whether what remains of its group says that something is missing, not that all of it may go."""
    return len(no.getparent()) > 1 or original.campo(no.getparent()).obrigatorio


def _tem_alternativa(original: Original, no: etree._Element) -> bool:
    return local(no) in ALTERNATIVAS and bool(original.campo(no).alternativas)


def _retira(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    pai = no.getparent()
    pai.remove(no)
    return Alvo(pai, local(no))


def _junta_alternativa(original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    outra = dado.choice(original.campo(no).alternativas)
    novo = etree.Element(ans(outra))
    novo.text = ALTERNATIVAS[outra]
    no.addnext(novo)
    return Alvo(novo)


def _grupo_que_faz_falta(original: Original, no: etree._Element) -> bool:
    if not len(no) or da_conta(no) or not _bem_abaixo(no):
        return False
    return _obrigatorio(original, no) and _deixa_algo(original, no)


def _esvazia(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    for filho in list(no):
        no.remove(filho)
    return Alvo(no)


def _grupo_opcional(original: Original, no: etree._Element) -> bool:
    if not len(no) or original.campo(no).obrigatorio or da_conta(no) or not _bem_abaixo(no):
        return False
    return any(filho.obrigatorio or filho.alternativas for filho in original.campo(no).filhos)


def _movel(_original: Original, no: etree._Element) -> bool:
    irmaos = [irmao.tag for irmao in no.getparent()]
    return len(irmaos) >= 4 and len(set(irmaos)) == len(irmaos)


def _desloca(_original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    """At least two places away, so that there is no doubt which one moved."""
    pai = no.getparent()
    de = pai.index(no)
    para = dado.choice([lugar for lugar in range(len(pai)) if abs(lugar - de) >= 2])
    pai.remove(no)
    pai.insert(para, no)
    return Alvo(no)


def _troca_vizinhos(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    """The two last of a group change places: it is the last that then stands too early."""
    anterior = no.getprevious()
    anterior.addprevious(no)
    return Alvo(no)


def _ultimo(original: Original, no: etree._Element) -> bool:
    return _movel(original, no) and no.getnext() is None


def _so_um(original: Original, no: etree._Element) -> bool:
    return original.campo(no).ocorrencias_max == 1 and not original.campo(no).alternativas


def _repete(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    copia = deepcopy(no)
    no.addnext(copia)
    return Alvo(copia)


def _repete_diferente(original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    alvo = _repete(original, no, dado)
    campo = original.campo(no)
    candidatos = [opcao for opcao, _ in campo.opcoes] or [_outro_texto(no.text or "")]
    alvo.no.text = next(texto for texto in candidatos if texto and texto != no.text)
    return alvo


def _outro_texto(texto: str) -> str:
    return texto[:-1] + ("1" if texto[-1:] != "1" else "2")


def _folha_repetivel(original: Original, no: etree._Element) -> bool:
    if len(no) or not no.text or not _so_um(original, no):
        return False
    campo = original.campo(no)
    return any(opcao and opcao != no.text for opcao, _ in campo.opcoes) or campo.aceita(_outro_texto(no.text))


def _grupo_ou_guia(_original: Original, no: etree._Element) -> bool:
    return len(no) > 0


def _poe_estranho(_original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    novo = etree.Element(ans("campoDaCasa"))
    novo.text = "1"
    no.insert(dado.randrange(len(no) + 1), novo)
    return Alvo(novo)


def _poe_grupo_estranho(original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    alvo = _poe_estranho(original, no, dado)
    alvo.no.text = None
    etree.SubElement(alvo.no, ans("senha")).text = "1"
    return alvo


def _poe_atributo(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    no.set("origem", "ERP")
    return Alvo(no)


def _solta_texto(_original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    filho = dado.choice(list(no))
    filho.tail = "\nconferido\n"
    return Alvo(no)


def _renomeia(como: Callable[[str, random.Random], str]) -> Callable[[Original, etree._Element, random.Random], Alvo]:
    def fazer(original: Original, no: etree._Element, dado: random.Random) -> Alvo:
        irmaos = original.campo(no.getparent()).nomes_dos_filhos
        nome = local(no)
        while nome == local(no) or nome in irmaos:
            nome = como(local(no), dado)
        no.tag = ans(nome)
        return Alvo(no)

    return fazer


def _outra_caixa(nome: str, dado: random.Random) -> str:
    lugar = dado.choice((0, dado.randrange(len(nome))))
    return nome[:lugar] + nome[lugar].swapcase() + nome[lugar + 1 :]


def _uma_letra(nome: str, dado: random.Random) -> str:
    lugar = dado.randrange(1, len(nome))
    return dado.choice(
        (nome[:lugar] + nome[lugar + 1 :], nome[:lugar] + nome[lugar - 1 :], nome[:lugar] + "x" + nome[lugar + 1 :])
    )


def _acento(nome: str, dado: random.Random) -> str:
    lugar = dado.choice([n for n, letra in enumerate(nome) if letra.translate(ACENTOS) != letra])
    return nome[:lugar] + nome[lugar].translate(ACENTOS) + nome[lugar + 1 :]


def _de_nome_comprido(_original: Original, no: etree._Element) -> bool:
    return len(local(no)) >= 5 and local(no) not in {"guiasTISS"} and _unico(no)


def _bem_abaixo(no: etree._Element) -> bool:
    return len(list(no.iterancestors())) >= 4


def _guarda_em_outro_grupo(original: Original, no: etree._Element, dado: random.Random) -> Alvo:
    dado.choice(_outros_grupos(original, no)).append(no)
    return Alvo(no)


def _outros_grupos(original: Original, no: etree._Element) -> list[etree._Element]:
    """Groups of the same guide, beside the one it is in, that have no place for it."""
    pai = no.getparent()
    return [
        grupo
        for grupo in pai.itersiblings(etree.Element)
        if len(grupo) and local(no) not in original.campo(grupo).nomes_dos_filhos
    ]


def _deslocavel(original: Original, no: etree._Element) -> bool:
    """A field in a group of the guide, whose name stands nowhere else in it."""
    guia = no.getparent().getparent()
    if len(no) or guia is None or guia.getparent() is None or local(guia.getparent()) != "guiasTISS" or da_conta(no):
        return False
    return len(guia.findall(f".//{no.tag}")) == 1 and bool(_outros_grupos(original, no))


def _troca_espaco(espaco: str) -> Callable[[Original, etree._Element, random.Random], Alvo]:
    def fazer(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
        for dentro in no.iter(etree.Element):
            dentro.tag = f"{{{espaco}}}{local(dentro)}" if espaco else local(dentro)
        return Alvo(no)

    return fazer


_IGUAL, _NENHUM = Conserto.IGUAL, Conserto.NENHUM

DANOS_DE_ESTRUTURA = (
    Dano(
        nome="falta um campo obrigatório",
        lugares=_onde(lambda o, no: len(no) == 0 and _obrigatorio(o, no)),
        fazer=_retira,
        conserto=_NENHUM,
    ),
    Dano(
        nome="falta um grupo obrigatório",
        lugares=_onde(_grupo_que_faz_falta),
        fazer=_retira,
        conserto=_NENHUM,
    ),
    Dano(
        nome="grupo opcional vazio",
        lugares=_onde(_grupo_opcional),
        fazer=_esvazia,
        conserto=Conserto.VALIDO,
        tipos=COM_ITENS - {"honorarios"},
    ),
    Dano(
        nome="falta o escolhido entre alternativas",
        lugares=_onde(lambda o, no: _tem_alternativa(o, no) and _deixa_algo(o, no)),
        fazer=_retira,
        conserto=_NENHUM,
        tipos=TODOS - {"odonto"},
    ),
    Dano(
        nome="duas alternativas de uma vez",
        lugares=_onde(_tem_alternativa),
        fazer=_junta_alternativa,
        conserto=_NENHUM,
    ),
    Dano(nome="elemento deslocado", lugares=_onde(_movel), fazer=_desloca, conserto=_IGUAL),
    Dano(nome="dois elementos trocados", lugares=_onde(_ultimo), fazer=_troca_vizinhos, conserto=_IGUAL),
    Dano(
        nome="campo duas vezes, igual",
        lugares=_onde(lambda o, no: len(no) == 0 and _so_um(o, no)),
        fazer=_repete,
        conserto=_IGUAL,
    ),
    Dano(
        nome="grupo duas vezes, igual",
        lugares=_onde(lambda o, no: len(no) > 0 and _so_um(o, no) and _bem_abaixo(no)),
        fazer=_repete,
        conserto=_IGUAL,
    ),
    Dano(
        nome="campo duas vezes, diferente", lugares=_onde(_folha_repetivel), fazer=_repete_diferente, conserto=_NENHUM
    ),
    Dano(nome="campo estranho", lugares=_onde(_grupo_ou_guia), fazer=_poe_estranho, conserto=_IGUAL),
    Dano(nome="grupo estranho", lugares=_onde(_grupo_ou_guia), fazer=_poe_grupo_estranho, conserto=_IGUAL),
    Dano(nome="atributo estranho", lugares=_onde(lambda _o, _no: True), fazer=_poe_atributo, conserto=_IGUAL),
    Dano(nome="texto solto", lugares=_onde(_grupo_ou_guia), fazer=_solta_texto, conserto=_IGUAL),
    Dano(
        nome="nome com maiúscula trocada",
        lugares=_onde(_de_nome_comprido),
        fazer=_renomeia(_outra_caixa),
        conserto=_IGUAL,
    ),
    Dano(
        nome="nome com uma letra errada", lugares=_onde(_de_nome_comprido), fazer=_renomeia(_uma_letra), conserto=_IGUAL
    ),
    Dano(nome="nome com acento", lugares=_onde(_de_nome_comprido), fazer=_renomeia(_acento), conserto=_IGUAL),
    Dano(
        nome="campo em outro grupo",
        lugares=_onde(_deslocavel),
        fazer=_guarda_em_outro_grupo,
        conserto=_IGUAL,
        combina=False,
    ),
    Dano(
        nome="grupo em outro espaço de nomes",
        lugares=_onde(lambda _o, no: len(no) > 0 and _bem_abaixo(no)),
        fazer=_troca_espaco(OUTRO_ESPACO),
        conserto=_IGUAL,
        regra="F05",
    ),
    Dano(
        nome="grupo sem espaço de nomes",
        lugares=_onde(lambda _o, no: len(no) > 0 and _bem_abaixo(no)),
        fazer=_troca_espaco(""),
        conserto=_IGUAL,
        regra="F05",
    ),
    Dano(
        nome="campo em outro espaço de nomes",
        lugares=_onde(lambda _o, no: len(no) == 0),
        fazer=_troca_espaco(OUTRO_ESPACO),
        conserto=_IGUAL,
    ),
    Dano(
        nome="campo sem espaço de nomes",
        lugares=_onde(lambda _o, no: len(no) == 0),
        fazer=_troca_espaco(""),
        conserto=_IGUAL,
    ),
)
