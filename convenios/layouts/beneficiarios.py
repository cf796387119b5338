"""Beneficiários of an operadora: the list that systems of enrolment export."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar
from conecta.importacao.celulas import codigo, data, escolha, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from conecta.texto import para_busca
from convenios.layouts.comum import plano, planos_por_codigo
from convenios.models import Beneficiario

_SEXOS: Final = {"1": "Masculino", "3": "Feminino", "M": "Masculino", "F": "Feminino"}
_DO_PADRAO: Final = {"M": Beneficiario.Sexo.MASCULINO.value, "F": Beneficiario.Sexo.FEMININO.value}
_CAMPOS_OPCIONAIS: Final = {
    "nascimento": "nascimento",
    "sexo": "sexo",
    "plano": "plano_id",
    "desligamento": "desligamento",
    "validade": "validade_carteira",
    "suspenso": "suspenso_desde",
    "inadimplente": "inadimplente_desde",
}


class LayoutDeBeneficiarios(Layout):
    """One row is one beneficiário, known by the number of the card."""

    id = "beneficiarios"
    titulo = "Beneficiários"
    ajuda = "Quem a operadora cobre: a carteira, o plano e as datas que a validação dos arquivos confere."
    permissao = Permissao.CADASTRO_MUDAR
    colunas = (
        Coluna(
            nome="carteira",
            titulo="Carteira",
            obrigatoria=True,
            exemplo="00090025012300017",
            ajuda="Número da carteira, como nas guias; até 20 caracteres. Na planilha, formate a coluna como Texto.",
            sinonimos=("Número da carteira", "Nº da carteira", "Matrícula", "Carteirinha"),
        ),
        Coluna(
            nome="nome",
            titulo="Nome",
            obrigatoria=True,
            exemplo="Maria Inventada da Silva",
            ajuda="Até 70 caracteres.",
            sinonimos=("Nome do beneficiário", "Beneficiário"),
        ),
        Coluna(
            nome="nascimento",
            titulo="Nascimento",
            exemplo="27/11/1980",
            ajuda="Data de nascimento.",
            sinonimos=("Data de nascimento", "Dt. nascimento"),
        ),
        Coluna(nome="sexo", titulo="Sexo", exemplo="F", ajuda="M ou F; também 1 (masculino) ou 3 (feminino)."),
        Coluna(
            nome="plano",
            titulo="Plano",
            exemplo="AMB-01",
            ajuda="Código de um plano cadastrado. Vazio: sem plano, o que cobre tudo pelo convênio principal.",
            sinonimos=("Código do plano", "Cód. plano"),
        ),
        Coluna(
            nome="inclusao",
            titulo="Inclusão",
            obrigatoria=True,
            exemplo="01/01/2020",
            ajuda="Primeiro dia da cobertura; as carências contam dele.",
            sinonimos=("Data de inclusão", "Início", "Início da vigência"),
        ),
        Coluna(
            nome="desligamento",
            titulo="Desligamento",
            ajuda="Último dia da cobertura. Vazio: continua.",
            sinonimos=("Data de desligamento", "Data de exclusão", "Exclusão", "Fim"),
        ),
        Coluna(
            nome="validade",
            titulo="Validade da carteira",
            ajuda="Último dia em que a carteira vale. Vazio: não vence.",
            sinonimos=("Validade", "Vencimento da carteira"),
        ),
        Coluna(nome="suspenso", titulo="Suspenso desde", ajuda="Vazio: não está suspenso.", sinonimos=("Suspensão",)),
        Coluna(
            nome="inadimplente",
            titulo="Em atraso desde",
            ajuda="Vazio: está em dia.",
            sinonimos=("Inadimplente desde", "Inadimplência"),
        ),
    )

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> dict[str, int]:
        """Ids of the operadora's planos by code."""
        return planos_por_codigo(organizacao_id)

    def ler(self, valores: Mapping[str, str], preparado: Mapping[str, int]) -> tuple[Any, ...]:
        """(carteira, nome, its text for searches, nascimento, sexo, plano's id, five dates in the order of columns)."""
        celulas = Celulas(valores)
        carteira = celulas.ler("carteira", codigo, maximo=20)
        nome = celulas.ler("nome", texto, maximo=70)
        nascimento = celulas.ler("nascimento", data)
        sexo = celulas.ler("sexo", _sexo) or ""
        do_plano = celulas.ler("plano", plano, preparado)
        inclusao: date | None = celulas.ler("inclusao", data)
        desligamento: date | None = celulas.ler("desligamento", data)
        outras = [celulas.ler(coluna, data) for coluna in ("validade", "suspenso", "inadimplente")]
        if inclusao and desligamento and desligamento < inclusao:
            celulas.recusar("desligamento", "O desligamento vem antes da inclusão. Confira as duas datas.")
        if nascimento and inclusao and inclusao < nascimento:
            celulas.recusar("inclusao", "A inclusão vem antes do nascimento. Confira as duas datas.")
        celulas.conferir()
        return (carteira, nome, para_busca(nome or ""), nascimento, sexo, do_plano, inclusao, desligamento, *outras)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return str(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "convenios_beneficiario",
            (
                *("operadora_id", "numero_carteira", "nome", "nome_busca", "nascimento", "sexo", "plano_id"),
                *("inclusao", "desligamento", "validade_carteira", "suspenso_desde", "inadimplente_desde"),
            ),
            ((organizacao_id, *linha) for linha in linhas),
            chave=("operadora_id", "numero_carteira"),
            so_ao_criar=fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


def _sexo(valor: str) -> str:
    escolhido = escolha(valor, _SEXOS)
    return _DO_PADRAO.get(escolhido, escolhido)


registrar(LayoutDeBeneficiarios())
