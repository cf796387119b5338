"""Who lives in the demonstration. Everybody is invented; the two operadoras are from ANS's public register."""

from __future__ import annotations

from dataclasses import dataclass

from conecta.contas.papeis import Papel
from tiss_schemas.exemplos import cnpj_valido

SENHA = "demonstracao-conecta"
"""Of everybody in the demonstration."""

PASA, CASSI = "331988", "346659"


@dataclass(frozen=True, slots=True)
class OrganizacaoInventada:
    """An organisation of the demonstration."""

    slug: str
    sigla: str
    nome: str
    documento: str
    registro_ans: str = ""
    cnes: str = ""

    @property
    def tipo(self) -> str:
        return "operadora" if self.registro_ans else "prestador"


@dataclass(frozen=True, slots=True)
class PessoaInventada:
    """A person, and what they are where."""

    email: str
    nome: str
    vinculos: tuple[tuple[str, Papel], ...]


ORGANIZACOES = (
    OrganizacaoInventada("pasa", "PASA", "PASA Plano de Assistência à Saúde", "39419809000198", PASA),
    OrganizacaoInventada("cassi", "CASSI", "CASSI Caixa de Assistência", "33719485000127", CASSI),
    OrganizacaoInventada(
        "santa-aurelia",
        "Santa Aurélia Diagnósticos",
        "Clínica Santa Aurélia Diagnósticos Ltda",
        cnpj_valido("41208337"),
        cnes="2345671",
    ),
    OrganizacaoInventada(
        "boa-vista", "Hospital Boa Vista", "Hospital Boa Vista do Vale S/A", cnpj_valido("52730194"), cnes="3456782"
    ),
    OrganizacaoInventada(
        "odonto-cedro", "Odonto Cedro", "Odonto Cedro Odontologia Ltda", cnpj_valido("63841205"), cnes="4567893"
    ),
)

CREDENCIAMENTOS = (
    ("pasa", "santa-aurelia", "10200341"),
    ("pasa", "boa-vista", "10200498"),
    ("cassi", "santa-aurelia", "770112"),
    ("cassi", "odonto-cedro", "770245"),
)

PESSOAS = (
    PessoaInventada("marina@aurelia.example", "Marina Teixeira", (("santa-aurelia", Papel.FATURISTA),)),
    PessoaInventada("davi@aurelia.example", "Davi Nogueira", (("santa-aurelia", Papel.DIGITADOR),)),
    PessoaInventada("sonia@aurelia.example", "Sônia Prates", (("santa-aurelia", Papel.FINANCEIRO_PRESTADOR),)),
    PessoaInventada("clara@aurelia.example", "Clara Antunes", (("santa-aurelia", Papel.ADMINISTRADOR),)),
    PessoaInventada("leandro@aurelia.example", "Leandro Paiva", (("santa-aurelia", Papel.LEITURA),)),
    PessoaInventada("otavio@boavista.example", "Otávio Brandão", (("boa-vista", Papel.FATURISTA),)),
    PessoaInventada("iara@cedro.example", "Iara Fontes", (("odonto-cedro", Papel.FATURISTA),)),
    PessoaInventada(
        "teresa@servicos.example",
        "Teresa Lobo",
        (("santa-aurelia", Papel.FATURISTA), ("boa-vista", Papel.FATURISTA)),
    ),
    PessoaInventada("rui@pasa.example", "Rui Sampaio", (("pasa", Papel.ANALISTA),)),
    PessoaInventada("helena@pasa.example", "Helena Duarte", (("pasa", Papel.FINANCEIRO_OPERADORA),)),
    PessoaInventada("gustavo@pasa.example", "Gustavo Meireles", (("pasa", Papel.GESTOR),)),
    PessoaInventada("lia@pasa.example", "Lia Camargo", (("pasa", Papel.LEITURA),)),
    PessoaInventada("bento@cassi.example", "Bento Queiroz", (("cassi", Papel.ANALISTA),)),
    PessoaInventada("nair@cassi.example", "Nair Saldanha", (("cassi", Papel.GESTOR),)),
)
