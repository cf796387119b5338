"""All checks, in the order in which they run."""

from __future__ import annotations

from conecta.contas.models import Organizacao
from demonstrativos.autoconferencia import arquivos, cobrancas, numeros, somas
from demonstrativos.autoconferencia.verificacao import Verificacao

_OPERADORA, _PRESTADOR = Organizacao.Tipo.OPERADORA, Organizacao.Tipo.PRESTADOR

VERIFICACOES = (
    Verificacao("o lote é a soma das guias", _OPERADORA, somas.lotes),
    Verificacao("a guia tem os itens que diz", _OPERADORA, somas.guias),
    Verificacao("o protocolo vale o que a análise liberou", _OPERADORA, somas.protocolos),
    Verificacao("o item é a soma das glosas", _OPERADORA, somas.itens_analisados),
    Verificacao("a guia analisada é a soma dos itens", _OPERADORA, somas.guias_analisadas),
    Verificacao("a análise é a soma das guias", _OPERADORA, somas.analises),
    Verificacao("o pagamento é a soma das linhas", _OPERADORA, cobrancas.pagamentos),
    Verificacao("o protocolo pago é a soma das guias", _OPERADORA, cobrancas.linhas_pagas),
    Verificacao("o recurso é a soma dos itens", _OPERADORA, cobrancas.recursos),
    Verificacao("o demonstrativo soma", _OPERADORA, cobrancas.demonstrativos),
    Verificacao("o protocolo tem o arquivo congelado", _OPERADORA, arquivos.protocolos),
    Verificacao("as numerações não têm falhas", _OPERADORA, numeros.series),
    Verificacao("os arquivos guardados são os mesmos", _PRESTADOR, arquivos.conteudos),
)
