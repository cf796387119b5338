"""Typing at full size: a step of the form, looking things up, and what learning costs the import of a file.

Terminology of the package `tiss` (68,000 terms), half a million beneficiários, and a prestador that has learnt 20,000
cards, 2,000 codes and 500 professionals. Each step and look-up is the whole request; budget: a tenth of a second in 95
of 100. Learning is a share of the job of the largest file. A scratch database is made and removed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

import django

from bench.banco import banco_de_rascunho

BENEFICIARIOS = 500_000
_VEZES = 10
_ITENS = (3, 60)
_FORMULARIO = "application/x-www-form-urlencoded"
"""As the page sends it: taking a multipart body apart costs a quarter more."""
_LINHA = "procedimentosExecutados/procedimentoExecutado[1]"
_DESPESA = "outrasDespesas/despesa[1]/servicosExecutados"
_PROCURADOS = {
    "beneficiário": (
        "dadosBeneficiario/numeroCarteira",
        ("", "maria", "mar", "pereira lima", "jose da silva 4711", "00000000000400000", "000000000004", "zzz"),
    ),
    "profissional": (f"{_LINHA}/equipeSadt[1]/nomeProf", ("", "ana", "ana souza", "123", "zzz")),
    "procedimento": (
        f"{_LINHA}/procedimento/codigoProcedimento",
        ("", "4", "4030", "40304361", "hemograma", "us", "consulta em consultorio", "ressonancia joelho", "zzz"),
    ),
    "despesa": (f"{_DESPESA}/codigoProcedimento", ("", "dipirona", "agulha 25", "9", "90598296", "luva")),
    "lista": (f"{_LINHA}/equipeSadt[1]/CBOS", ("", "2", "225125", "medico")),
}
_DONO = """
alter table convenios_beneficiario no force row level security, disable trigger auditoria;
alter table convenios_palavradonome no force row level security;
insert into convenios_beneficiario (operadora_id, numero_carteira, nome, nome_busca, nascimento, sexo, inclusao)
select {operadora}, lpad(n::text, 17, '0'), upper(nome), nome, date '1980-01-01', '', date '2020-01-01'
from generate_series(0, {quantos} - 1) n, lateral (select
    (array['maria', 'jose', 'ana', 'joao', 'antonia', 'francisco', 'luiza', 'inacio', 'conceicao', 'sebastiao'])
        [n % 10 + 1] || ' ' ||
    (array['da silva', 'souza', 'araujo', 'goncalves', 'pereira', 'magalhaes', 'brandao', 'lima', 'rocha', 'neves'])
        [n / 10 % 10 + 1] || ' ' ||
    (array['lima', 'rocha', 'neves', 'da silva', 'souza', 'araujo', 'goncalves', 'pereira', 'brandao', 'magalhaes'])
        [n / 100 % 10 + 1] || ' ' || n as nome) as nomes;
alter table convenios_beneficiario force row level security, enable trigger auditoria;
alter table convenios_palavradonome force row level security
"""
_CONHECIDOS = """
insert into digitacao_beneficiarioconhecido
    (prestador_id, operadora_id, numero_carteira, nome, nome_busca, usos, ultimo_uso)
select {prestador}, {operadora}, lpad((n * 7)::text, 17, '0'), '', '', n % 9 + 1, now() - n * interval '1 minute'
from generate_series(1, 20000) n on conflict do nothing;
insert into digitacao_profissionalconhecido
    (prestador_id, nome, nome_busca, conselho, numero_conselho, uf, cbo, cpf, codigos, usos, ultimo_uso)
select {prestador}, 'Ana Souza ' || n, 'ana souza ' || n, '06', (1200 + n)::text, '21', '225125', '', '{{}}', n, now()
from generate_series(1, 500) n on conflict do nothing;
insert into digitacao_procedimentousual
    (prestador_id, convenio_id, tipo, tabela, codigo, codigo_despesa, descricao, descricao_busca, favorito, usos,
    ultimo_uso)
select {prestador}, {convenio}, 'guiaSP-SADT', tabela, codigo, case tabela when '22' then '' when '20' then '02' else
    '03' end, left(termo, 150), left(termo_busca, 150), false, 1, now()
from (select distinct on (tabela, codigo) * from convenios_termo where tabela <> '18') t limit 2000
on conflict do nothing;
"""


def medir() -> Iterator[str]:
    """A line per measurement, as soon as it is known."""
    from tests.fabrica import montar_cenario

    with banco_de_rascunho("digitacao") as cursor:
        cenario = montar_cenario()
        yield _aprender(cenario)
        endereco, cliente = _preparar(cenario, cursor)
        for itens in _ITENS:
            yield _dar_passos(cenario, cliente, itens)
        for nome, (campo, textos) in _PROCURADOS.items():
            tempos = {texto: _procurar(cliente, endereco, campo, texto) for texto in textos}
            piores = max(tempos, key=lambda texto: median(tempos[texto]))
            todos = [tempo for medidos in tempos.values() for tempo in medidos]
            p95 = quantiles(todos, n=20, method="inclusive")[-1]
            yield f"{nome}: {p95:.0f} ms in 95 of 100 (slowest “{piores}”, {median(tempos[piores]):.0f} ms; budget 100)"


def _preparar(cenario: Any, cursor: Any) -> tuple[str, Any]:
    """Everything at full size, a guide to type, and somebody who types it."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from convenios.models import Convenio
    from convenios.terminologia import carregar_tudo
    from tests.convenios.precos import registro
    from tests.digitacao.apoio import comecar

    for _ in carregar_tudo(hoje=timezone.localdate()):
        pass
    for comando in _DONO.format(operadora=cenario.pasa.pk, quantos=BENEFICIARIOS).split(";\n"):
        cursor.execute(comando)
    tabela = registro.tabela(cenario)
    registro.preco(cenario, tabela, "40304361", "18.40")
    registro.vinculo(cenario, tabela)
    with cenario.dentro("aurelia", "digitador"):
        convenio = Convenio.objects.get(operadora=cenario.pasa, principal=True)
        with connection.cursor() as daqui:
            daqui.execute(
                _CONHECIDOS.format(prestador=cenario.aurelia.pk, operadora=cenario.pasa.pk, convenio=convenio.pk)
            )
        guia = comecar(cenario)
        guia.valores = {"outrasDespesas/despesa[1]/codigoDespesa": "02"}
        guia.save(update_fields=["valores"])
    cursor.execute("analyze")
    cliente = Client(SERVER_NAME="localhost")
    cliente.force_login(cenario.pessoa("digitador", "aurelia"))
    return reverse("digitacao:procurar", kwargs={"slug": "aurelia", "pk": guia.pk}), cliente


def _procurar(cliente: Any, endereco: str, campo: str, texto: str) -> list[float]:
    """Milliseconds of each request; the first, which warms caches of a process, is left out."""
    tempos = []
    for _ in range(_VEZES + 1):
        inicio = time.perf_counter()
        resposta = cliente.get(endereco, {"campo": campo, "q": texto})
        tempos.append((time.perf_counter() - inicio) * 1000)
        if resposta.status_code != 200:
            raise RuntimeError(f"{resposta.status_code} for {texto}")
    return tempos[1:]


def _dar_passos(cenario: Any, cliente: Any, itens: int) -> str:
    """A guide of so many items, one field of its header left, then the code of its last line."""
    from django.urls import reverse

    from tests.digitacao.apoio import comecar, valores_exemplo
    from uploads.digitacao.formulario import controles

    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    enviado: dict[str, Any] = {"revisao": guia.revisao}
    for caminho, texto in valores_exemplo(itens=itens).items():
        enviado |= controles(guia.versao_tiss, guia.tipo, caminho, texto)
    endereco = reverse("digitacao:passo", kwargs={"slug": "aurelia", "pk": guia.pk})
    medianas = []
    for mudou in ("dadosSolicitacao/indicacaoClinica", f"{_LINHA}/procedimento/codigoProcedimento"):
        tempos = []
        for _ in range(_VEZES + 1):
            inicio = time.perf_counter()
            corpo = urlencode(enviado | {"mudou": mudou})
            resposta = cliente.post(endereco, corpo, content_type=_FORMULARIO).json()
            tempos.append((time.perf_counter() - inicio) * 1000)
            enviado["revisao"] = resposta["revisao"]
        medianas.append(median(tempos[1:]))
    return f"step with {itens} items: {medianas[0]:.0f} ms for a field, {medianas[1]:.0f} ms for a code (budget 100)"


def _aprender(cenario: Any) -> str:
    """The seconds of learning within the seconds of the job that imports the largest file."""
    from bench.importacao import _exemplo, _importar
    from lotes.models import Lote
    from tiss_schemas.leitura import ler
    from tiss_schemas.lote_lido import ler_lote
    from uploads.digitacao.conhecidos import aprender_do_lote

    dados = _exemplo(cenario, 10, guias=100, itens=220)
    importar = _importar(cenario, dados)
    lido = ler_lote(ler(dados))
    assert lido is not None
    tempos = []
    with cenario.dentro("aurelia"):
        lote = Lote.objects.get()
        for _ in range(5):
            inicio = time.perf_counter()
            aprender_do_lote(lote, lido.guias)
            tempos.append(time.perf_counter() - inicio)
    custo = median(tempos)
    parte = 100 * custo / importar
    return f"learning from 22,000 items: {custo * 1000:.0f} ms, {parte:.1f} % of the import (ceiling 10 %)"


def main() -> None:
    """Print every measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    import logging

    logging.disable(logging.WARNING)
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
