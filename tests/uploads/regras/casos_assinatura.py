"""Cases about the digital signature of the message."""

from __future__ import annotations

from datetime import datetime

from tiss_schemas.icp_brasil import Confianca

from .apoio import Caso, editado, troca
from .autoridades import Titular, lista_de_revogados, titular

RAIZ = titular("AC Raiz Inventada", autoridade=True)
AUTORIDADE = titular("AC Saúde Inventada", RAIZ, autoridade=True)
CLINICA = titular("Clínica Fictícia Boa Hora", AUTORIDADE)
VENCIDA = titular("Clínica Vencida", AUTORIDADE, fim=datetime(2026, 1, 10))
FUTURA = titular("Clínica Futura", AUTORIDADE, inicio=datetime(2026, 1, 20))
ATE_O_DIA = titular("Clínica do Último Dia", AUTORIDADE, fim=datetime(2026, 1, 15, 5))
PROPRIA = titular("Clínica por si mesma")
SO_CIFRA = titular("Clínica que só cifra", AUTORIDADE, assina=False)
CONFIANCA = Confianca(raizes=(RAIZ.certificado,), listas=(lista_de_revogados(AUTORIDADE),))
COM_REVOGADA = Confianca(raizes=(RAIZ.certificado,), listas=(lista_de_revogados(AUTORIDADE, CLINICA),))
COM_AUTORIDADE_REVOGADA = Confianca(raizes=(RAIZ.certificado,), listas=(lista_de_revogados(RAIZ, AUTORIDADE),))
CONFIADA = {"confianca": CONFIANCA}
EXIGIDA = {"parametros": {"assinatura_exigida": True}}

ASSINATURA = "*[local-name()='Signature']"
CERTIFICADO = "*[local-name()='X509Certificate']"


def _corrigir_depois(conteudo: bytes) -> bytes:
    return editado(CLINICA.assinar(conteudo), [troca("numeroLote", "2")])


def _reindentar_depois(conteudo: bytes) -> bytes:
    return CLINICA.assinar(conteudo).replace(b"<ans:epilogo>", b"\n  <ans:epilogo>")


def _com_certificado_de_outro(conteudo: bytes) -> bytes:
    return PROPRIA.assinar(conteudo, certificados=[CLINICA.certificado, AUTORIDADE.certificado])


def _de_outra_mensagem(conteudo: bytes) -> bytes:
    """The signature of one message under another."""
    assinada = CLINICA.assinar(editado(conteudo, [troca("numeroLote", "2")]))
    assinatura = assinada[assinada.index(b"<ds:Signature") : assinada.index(b"</ds:Signature>") + 15]
    fim = b"</ans:mensagemTISS>"
    return conteudo.replace(fim, assinatura + fim)


def _sem_a_autoridade(quem: Titular, conteudo: bytes) -> bytes:
    return quem.assinar(conteudo, certificados=[quem.certificado])


DISPARAM = (
    Caso(regra="M11", titulo="a operadora exige e não há", cadastro=EXIGIDA, onde=".", codigos=("3168", "3168")),
    Caso(
        regra="M12",
        titulo="a mensagem foi corrigida depois",
        conteudo=_corrigir_depois,
        cadastro=CONFIADA,
        onde=ASSINATURA,
        codigos=("5022", "5022"),
    ),
    Caso(
        regra="M12",
        titulo="só o recuo mudou depois",
        conteudo=_reindentar_depois,
        cadastro=CONFIADA,
        onde=ASSINATURA,
        codigos=("5022", "5022"),
    ),
    Caso(
        regra="M12",
        titulo="o certificado é de outro",
        conteudo=_com_certificado_de_outro,
        cadastro=CONFIADA,
        onde=ASSINATURA,
        codigos=("5022", "5022"),
    ),
    Caso(
        regra="M12",
        titulo="a assinatura é de outra mensagem",
        conteudo=_de_outra_mensagem,
        cadastro=CONFIADA,
        onde=ASSINATURA,
        codigos=("5022", "5022"),
    ),
    Caso(
        regra="M13",
        titulo="o certificado é o de uma autoridade",
        conteudo=AUTORIDADE.assinar,
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5018", "5018"),
    ),
    Caso(
        regra="M13",
        titulo="o certificado não é para assinar",
        conteudo=SO_CIFRA.assinar,
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5018", "5018"),
    ),
    Caso(
        regra="M14",
        titulo="venceu antes da transação",
        conteudo=VENCIDA.assinar,
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5019", "5019"),
    ),
    Caso(
        regra="M14",
        titulo="ainda não valia na transação",
        conteudo=FUTURA.assinar,
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5019", "5019"),
    ),
    Caso(
        regra="M15",
        titulo="está na lista de revogados",
        conteudo=CLINICA.assinar,
        cadastro={"confianca": COM_REVOGADA},
        onde=CERTIFICADO,
        codigos=("5020", "5020"),
    ),
    Caso(
        regra="M15",
        titulo="a autoridade está na lista de revogados",
        conteudo=CLINICA.assinar,
        cadastro={"confianca": COM_AUTORIDADE_REVOGADA},
        onde=CERTIFICADO,
        codigos=("5020", "5020"),
    ),
    Caso(
        regra="M16",
        titulo="a clínica fez o certificado ela mesma",
        conteudo=PROPRIA.assinar,
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5021", "5021"),
    ),
    Caso(
        regra="M16",
        titulo="falta a autoridade do meio",
        conteudo=lambda b: _sem_a_autoridade(CLINICA, b),
        cadastro=CONFIADA,
        onde=CERTIFICADO,
        codigos=("5021", "5021"),
    ),
)

CALAM = (
    Caso(regra="M11", titulo="a operadora não exige"),
    Caso(regra="M11", titulo="a operadora exige e há", conteudo=CLINICA.assinar, cadastro=EXIGIDA),
    Caso(regra="M12", titulo="a assinatura confere", conteudo=CLINICA.assinar, cadastro=CONFIADA),
    Caso(regra="M12", titulo="não há assinatura"),
    Caso(regra="M13", titulo="o certificado é de assinatura", conteudo=CLINICA.assinar),
    Caso(regra="M14", titulo="vence no dia da transação", conteudo=ATE_O_DIA.assinar),
    Caso(regra="M15", titulo="não está na lista", conteudo=CLINICA.assinar, cadastro=CONFIADA),
    Caso(
        regra="M15",
        titulo="a lista é de quem se diz a autoridade",
        conteudo=CLINICA.assinar,
        cadastro={
            "confianca": Confianca(
                raizes=(RAIZ.certificado,),
                listas=(lista_de_revogados(titular("AC Saúde Inventada", autoridade=True), CLINICA),),
            )
        },
    ),
    Caso(regra="M16", titulo="a cadeia leva à raiz", conteudo=CLINICA.assinar, cadastro=CONFIADA),
    Caso(
        regra="M16",
        titulo="a autoridade do meio está na pasta",
        conteudo=lambda b: _sem_a_autoridade(CLINICA, b),
        cadastro={"confianca": Confianca(raizes=(RAIZ.certificado,), autoridades=(AUTORIDADE.certificado,))},
    ),
    Caso(regra="M16", titulo="não há raízes com que conferir", conteudo=PROPRIA.assinar),
)
