"""One writer per guide type for the invented messages: every element in the order that the XSD demands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tiss_schemas import exemplos_dados as dados
from tiss_schemas import exemplos_itens as itens
from tiss_schemas.exemplos_documentos import CNPJ_PADRAO, cpf_valido
from tiss_schemas.exemplos_escrita import Contexto, Escritor, um_de

SEM_CNES = "9999999"
"""What the standard asks for when the prestador has no CNES."""
CODIGO_NA_OPERADORA = "PREST01"
"""What the operadora calls the prestador who sends the message."""


def _consulta(e: Escritor, c: Contexto, numero: int) -> None:
    with e.grupo("guiaConsulta"):
        with e.grupo("cabecalhoConsulta"):
            e.folhas(registroANS=c.registro_ans, numeroGuiaPrestador=str(numero))
        e.folhas(
            numeroGuiaOperadora=c.opcional(f"7{numero:07d}"),
            ausenciaCodValidacao=c.opcional("03"),
            codValidacao=c.opcional("A1B2C3"),
        )
        _beneficiario(e, c, numero)
        with e.grupo("contratadoExecutante"):
            e.folhas(
                **_contratado(c),
                nomeContratado=c.ate("3.05.00", dados.CLINICA),
                CNES=SEM_CNES,
            )
        _profissional(e, "profissionalExecutante", numero)
        e.folha("indicacaoAcidente", "9")
        with e.grupo("dadosAtendimento"):
            _atendimento_da_consulta(e, c)
        e.folhas(observacao=c.opcional("Exemplo com dados fictícios."))


def _atendimento_da_consulta(e: Escritor, c: Contexto) -> None:
    if c.versao >= "4.00.00":
        e.folhas(
            coberturaEspecial=c.opcional("01"),
            regimeAtendimento="01",
            saudeOcupacional=c.opcional("01"),
        )
    e.folhas(dataAtendimento=c.dias_antes(c.sorteio.randint(2, 25)), tipoConsulta="1")
    with e.grupo("procedimento"):
        e.folhas(
            codigoTabela="22",
            codigoProcedimento=dados.CONSULTA.codigo,
            valorProcedimento=str(itens.preco(c)),
        )


def _sadt(e: Escritor, c: Contexto, numero: int) -> None:
    dias = c.sorteio.randint(2, 25)
    with e.grupo("guiaSP-SADT"):
        with e.grupo("cabecalhoGuia"):
            _cabecalho(e, c, numero)
            e.folhas(guiaPrincipal=c.opcional(f"9{numero:07d}"))
        _autorizacao(e, c, numero, dias + 1)
        _beneficiario(e, c, numero)
        _solicitante(e, c, numero, dias + 3)
        _executante(e, c)
        with e.grupo("dadosAtendimento"):
            e.folhas(
                tipoAtendimento="23" if c.versao >= "4.01.00" else "05",
                indicacaoAcidente="9",
                tipoConsulta=c.opcional("1"),
                motivoEncerramento=c.opcional("41"),
                regimeAtendimento=c.desde("4.00.00", "01"),
                saudeOcupacional=c.desde("4.00.00", "01") if c.maximo else None,
            )
        totais = itens.procedimentos(e, c, dias, tabela=dados.EXAMES, equipe=itens.equipe_sadt)
        totais |= itens.despesas(e, c, dias, dados.INSUMOS_AMBULATORIAIS)
        e.folhas(observacao=c.opcional("Exemplo com dados fictícios."))
        itens.valor_total(e, c, totais)


def _solicitante(e: Escritor, c: Contexto, numero: int, dias: int) -> None:
    with e.grupo("dadosSolicitante"):
        with e.grupo("contratadoSolicitante"):
            e.folhas(
                **c.alternativa(
                    codigoPrestadorNaOperadora="99999999999999",
                    cpfContratado=cpf_valido(numero),
                    cnpjContratado=CNPJ_PADRAO,
                ),
                nomeContratado=c.ate("3.05.00", dados.CLINICA),
            )
        e.folhas(nomeContratadoSolicitante=c.desde("4.00.00", dados.CLINICA))
        _profissional(e, "profissionalSolicitante", numero + 1)
    with e.grupo("dadosSolicitacao"):
        e.folhas(
            dataSolicitacao=c.dias_antes(dias),
            caraterAtendimento="1",
            indicacaoClinica=c.opcional("Controle periódico & rotina"),
            indCobEspecial=c.desde("4.00.00", "01") if c.maximo else None,
        )


def _internacao(e: Escritor, c: Contexto, numero: int) -> None:
    dias = c.sorteio.randint(2, 25)
    with e.grupo("guiaResumoInternacao"):
        with e.grupo("cabecalhoGuia"):
            _cabecalho(e, c, numero)
        e.folha("numeroGuiaSolicitacaoInternacao", f"8{numero:07d}")
        _autorizacao(e, c, numero, dias + 6)
        _beneficiario(e, c, numero)
        _executante(e, c)
        with e.grupo("dadosInternacao"):
            _dados_da_internacao(e, c, dias)
        with e.grupo("dadosSaidaInternacao"):
            for cid in ("K802", "I10", "E119", "J459") if c.maximo else ("K802",):
                e.folha("diagnostico", cid)
            e.folhas(indicadorAcidente="9", motivoEncerramento="12")
        despesas = Escritor()
        totais = itens.procedimentos(e, c, dias, tabela=dados.CIRURGIAS, equipe=itens.equipe_da_internacao)
        totais |= itens.despesas(despesas, c, dias, dados.INSUMOS_HOSPITALARES)
        itens.valor_total(e, c, totais)
        e.juntar(despesas)
        e.folhas(observacao=c.opcional("Exemplo com dados fictícios."))


def _dados_da_internacao(e: Escritor, c: Contexto, dias: int) -> None:
    e.folhas(
        caraterAtendimento="1",
        tipoFaturamento="4",
        dataInicioFaturamento=c.dias_antes(dias + 5),
        horaInicioFaturamento="08:00:00",
        dataFinalFaturamento=c.dias_antes(dias),
        horaFinalFaturamento="11:30:00",
        tipoInternacao="2",
        regimeInternacao="1",
    )
    if c.maximo:
        with e.grupo("declaracoes"):
            e.folhas(
                declaracaoNascido="30111222331",
                diagnosticoObito="P220",
                declaracaoObito="12345678",
                indicadorDORN="S",
            )


def _honorarios(e: Escritor, c: Contexto, numero: int) -> None:
    dias = c.sorteio.randint(2, 25)
    with e.grupo("guiaHonorarios"):
        with e.grupo("cabecalhoGuia"):
            _cabecalho(e, c, numero)
        e.folhas(
            guiaSolicInternacao=f"8{numero:07d}",
            senha=c.opcional(f"S{numero:07d}"),
            numeroGuiaOperadora=c.opcional(f"7{numero:07d}"),
        )
        with e.grupo("beneficiario"):
            e.folhas(
                numeroCarteira=c.carteira(numero),
                nomeBeneficiario=c.ate("3.05.00", um_de(dados.PESSOAS, numero)),
                atendimentoRN="N",
            )
        _local_dos_honorarios(e, c, dias)
        total = Decimal(0)
        with e.grupo("procedimentosRealizados"):
            for sequencial in range(1, c.itens + 1):
                with e.grupo("procedimentoRealizado"):
                    total += itens.procedimento(e, c, sequencial, dias, dados.CIRURGIAS)
                    with e.grupo("profissionais"):
                        e.folha("grauParticipacao", "00")
                        itens.membro_da_equipe(
                            e,
                            c,
                            sequencial,
                            nome="nomeProfissional",
                            conselho="conselhoProfissional",
                            cbo="CBO",
                        )
        e.folhas(
            observacao=c.opcional("Exemplo com dados fictícios."),
            valorTotalHonorarios=str(total),
            dataEmissaoGuia=c.dias_antes(dias - 1),
        )


def _local_dos_honorarios(e: Escritor, c: Contexto, dias: int) -> None:
    with e.grupo("localContratado"):
        with e.grupo("codigoContratado"):
            e.folhas(**c.alternativa(cnpjLocalExecutante=_cnpj(c), codigoNaOperadora="200300"))
        e.folhas(nomeContratado=dados.HOSPITAL, cnes=SEM_CNES)
    with e.grupo("dadosContratadoExecutante"):
        e.folhas(
            codigonaOperadora="100200",
            nomeContratadoExecutante=c.ate("3.05.00", dados.CLINICA),
            cnesContratadoExecutante=SEM_CNES,
        )
    with e.grupo("dadosInternacao"):
        e.folhas(
            dataInicioFaturamento=c.dias_antes(dias + 5),
            dataFimFaturamento=c.dias_antes(dias),
            caraterAtendimento=c.desde("4.03.00", "1"),
        )


def _odonto(e: Escritor, c: Contexto, numero: int) -> None:
    dias = c.sorteio.randint(2, 25)
    with e.grupo("guiaOdonto"):
        _cabecalho(e, c, numero)
        e.folhas(
            numeroGuiaPrincipal=c.opcional(f"9{numero:07d}"),
            dataAutorizacao=c.opcional(c.dias_antes(dias + 1)),
            senhaAutorizacao=c.opcional(f"S{numero:07d}"),
            validadeSenha=c.opcional(c.dias_antes(dias - 30)),
            numeroGuiaOperadora=c.opcional(f"7{numero:07d}"),
            ausenciaCodValidacao=c.opcional("03"),
            codValidacao=c.opcional("A1B2C3"),
        )
        _beneficiario(e, c, numero)
        e.folhas(planoBeneficiario=dados.PLANO, nomeEmpresa=c.opcional(dados.EMPRESA))
        if c.maximo and c.versao <= "3.05.00":
            e.folhas(numeroTelefone="1100000000", nomeTitular=um_de(dados.PESSOAS, numero))
        with e.grupo("dadosProfissionaisResponsaveis"):
            _dentistas(e, c, numero)
        total = _procedimentos_odontologicos(e, c, dias)
        _fim_da_odontologia(e, c, numero, dias, total)


def _dentistas(e: Escritor, c: Contexto, numero: int) -> None:
    e.folhas(
        nomeProfSolic=c.opcional(um_de(dados.PROFISSIONAIS, numero)),
        croSolic=c.opcional("10203"),
        ufSolic=c.opcional("35"),
        cbosSolic=c.opcional("223208"),
        codigoProfExec="100200",
        nomeProfExec=c.ate("3.05.00", dados.CLINICA),
        croExec="10204",
        ufExec="35",
        cnesExec=SEM_CNES,
        nomeProfExec2=um_de(dados.PROFISSIONAIS, numero + 1),
        croExec2="10204",
        ufExec2="35",
        cbosExec2="223208",
    )


def _procedimentos_odontologicos(e: Escritor, c: Contexto, dias: int) -> Decimal:
    total = Decimal(0)
    for sequencial in range(1, c.itens + 1):
        valor = itens.preco(c)
        total += valor
        codigo, descricao = um_de(dados.ODONTOLOGICOS, sequencial)
        with e.grupo("procedimentosExecutados"):
            e.folha("sequencialItem", str(sequencial))
            with e.grupo("procSolic"):
                e.folhas(
                    codigoTabela="22",
                    codigoProcedimento=codigo,
                    descricaoProcedimento=descricao,
                )
            with e.grupo("denteRegiao"):
                e.folhas(**_dente_ou_regiao(c, sequencial))
            e.folhas(
                denteFace=um_de(("O", "M", "D", "V", "L", "P", "I"), sequencial // 20),
                qtdProc="1",
                qtdUS=c.opcional("10.00"),
                valorProc=str(valor),
                valorFranquia=c.opcional("5.00"),
                autorizado="true",
                dataRealizacao=c.dias_antes(dias),
            )
    return total


def _dente_ou_regiao(c: Contexto, sequencial: int) -> dict[str, str]:
    return c.alternativa(
        codDente=um_de(("11", "24", "36", "47"), sequencial),
        codRegiao=um_de(("AI", "AS", "HASD", "HAIE"), sequencial),
    )


def _fim_da_odontologia(e: Escritor, c: Contexto, numero: int, dias: int, total: Decimal) -> None:
    e.folhas(
        dataTerminoTrat=c.opcional(c.dias_antes(dias)),
        tipoAtendimento="1",
        tipoFaturamento="4",
        qtdTotalUS=c.opcional(str(10 * c.itens * Decimal("1.00"))),
        valorTotalProc=str(total),
        valorTotalFranquia=c.opcional(str(5 * c.itens * Decimal("1.00"))),
        observacao=c.opcional("Exemplo com dados fictícios."),
    )
    if not c.maximo:
        return
    with e.grupo("odontoInicial"):
        e.folhas(
            numeroGuiaAnexo=f"6{numero:07d}",
            numeroGuiaReferenciada=str(numero),
            numeroGuiaOperadora="70001",
        )
        with e.grupo("ct_situacaoInicial"):
            with e.grupo("situacaoClinica"):
                for dente, condicao in (("18", "A"), ("36", "C")):
                    with e.grupo("dentes"):
                        e.folhas(elementoDentario=dente, condicaoClinica=condicao)
            e.folhas(
                doencaPeriodontal="false",
                alteracaoTecidoMole="false",
                observacao="Sem outras alterações.",
            )


def _cabecalho(e: Escritor, c: Contexto, numero: int) -> None:
    e.folhas(registroANS=c.registro_ans, numeroGuiaPrestador=str(numero))


def _autorizacao(e: Escritor, c: Contexto, numero: int, dias: int) -> None:
    with e.grupo("dadosAutorizacao"):
        e.folhas(
            numeroGuiaOperadora=c.opcional(f"7{numero:07d}"),
            dataAutorizacao=c.dias_antes(dias),
            senha=f"S{numero:07d}",
            dataValidadeSenha=c.opcional(c.dias_antes(dias - 30)),
            ausenciaCodValidacao=c.opcional("03"),
            codValidacao=c.opcional("A1B2C3"),
        )


def _beneficiario(e: Escritor, c: Contexto, numero: int) -> None:
    with e.grupo("dadosBeneficiario"):
        e.folha("numeroCarteira", c.carteira(numero))
        if c.versao <= "3.05.00":
            e.folhas(atendimentoRN="N", nomeBeneficiario=um_de(dados.PESSOAS, numero))
            e.folhas(numeroCNS=c.opcional("700000000000000"), tipoIdent=c.opcional("01"))
            e.folhas(
                identificadorBeneficiario=c.opcional("RklDVElDSU8="),
                templateBiometrico=c.opcional("RklDVElDSU8="),
            )
        else:
            e.folhas(atendimentoRN="N", tipoIdent=c.opcional("01"))
            e.folhas(identificadorBeneficiario=c.opcional("RklDVElDSU8="))


def _executante(e: Escritor, c: Contexto) -> None:
    with e.grupo("dadosExecutante"):
        with e.grupo("contratadoExecutante"):
            e.folhas(**_contratado(c), nomeContratado=c.ate("3.05.00", dados.CLINICA))
        e.folha("CNES", SEM_CNES)


def _contratado(c: Contexto) -> dict[str, str]:
    return c.alternativa(
        cnpjContratado=_cnpj(c),
        codigoPrestadorNaOperadora=CODIGO_NA_OPERADORA,
        cpfContratado=c.cnpj if len(c.cnpj) == 11 else cpf_valido(0),
    )


def _cnpj(c: Contexto) -> str:
    return c.cnpj if len(c.cnpj) == 14 else CNPJ_PADRAO


def _profissional(e: Escritor, grupo: str, numero: int) -> None:
    with e.grupo(grupo):
        e.folhas(
            nomeProfissional=um_de(dados.PROFISSIONAIS, numero),
            conselhoProfissional="06",
            numeroConselhoProfissional=f"{100000 + numero % 900000}",
            UF="35",
            CBOS="225125",
        )


ESCRITORES: dict[str, Callable[[Escritor, Contexto, int], None]] = {
    "consulta": _consulta,
    "sadt": _sadt,
    "internacao": _internacao,
    "honorarios": _honorarios,
    "odonto": _odonto,
}
"""What writes the guide of each type, by the number of the guide."""
