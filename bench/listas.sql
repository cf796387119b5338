-- Lots for the measurement of lists, a hundred guides each. Organisation 1 receives; 2 owns the lots of
-- even number; the others share the rest. One lot every twenty minutes, back from now; one in ten is not sent.
insert into lotes_lote (id, prestador_id, operadora_id, numero, numero_do_prestador, situacao, canal, tipo_de_guia, versao_tiss,
       sequencial_transacao, conteudo_id, quantidade_de_guias, quantidade_de_itens, valor_informado, criado_em, criado_por_id,
       fechado_em, fechado_por_id, enviado_em, enviado_por_id)
select g, dono, 1, 1000000 + g, g::text, case when g %% 10 = 0 then 'aberto' else 'enviado' end, 'upload', 'guiaSP-SADT', '4.03.00',
       g::text, dono - 1, 100, 100, 12000 + g %% 977, quando, 2,
       case when g %% 10 > 0 then quando end, case when g %% 10 > 0 then 2 end,
       case when g %% 10 > 0 then quando end, case when g %% 10 > 0 then 2 end
  from (select g, case when g %% 2 = 0 then 2 else 3 + g %% 19 end as dono, now() - g * interval '20 minutes' as quando
          from generate_series(%(de)s, %(ate)s) g) as cada;
insert into lotes_protocolo (prestador_id, operadora_id, lote_id, numero, enviado_em, conteudo_id, sha256, situacao, situacao_em,
       data_de_pagamento, valor_informado, valor_processado, valor_glosado, valor_liberado, guias_com_glosa, itens_com_glosa)
select prestador_id, 1, id, id, enviado_em, conteudo_id, '', case id %% 4 when 0 then 1 when 1 then 2 when 2 then 5 else 6 end,
       enviado_em, case when id %% 4 = 3 then current_date end, valor_informado, 0, 0, 0, 0, 0
  from lotes_lote where id between %(de)s and %(ate)s and enviado_em is not null;
insert into lotes_guia (id, prestador_id, operadora_id, enviado_em, lote_id, posicao, tipo, numero_do_prestador, numero_da_operadora,
       guia_principal, senha, numero_carteira, data_de_atendimento, quantidade_de_itens, valor_informado, criado_em)
select (l.id - 1) * 100 + p, l.prestador_id, 1, l.enviado_em, l.id, p, l.tipo_de_guia, ((l.id - 1) * 100 + p)::text, '', '', '',
       lpad((1 + (l.id * 37 + p) %% 5000)::text, 16, '0'), l.criado_em::date, 1, 120, l.criado_em
  from lotes_lote l, generate_series(1, 100) p where l.id between %(de)s and %(ate)s;
insert into lotes_item (prestador_id, operadora_id, enviado_em, guia_id, lote_id, posicao, especie, sequencial, codigo_da_despesa,
       data, tabela, codigo, descricao, quantidade, fator, valor_unitario, valor_total)
select prestador_id, 1, enviado_em, id, lote_id, 1, 'procedimento', '1', '', data_de_atendimento, '22', '40304361',
       'Hemograma com contagem de plaquetas ou frações', 1, 1, 120, 120
  from lotes_guia where lote_id between %(de)s and %(ate)s;
insert into lotes_acontecimento (prestador_id, operadora_id, lote_id, quando, tipo, titulo, detalhe, por_nome, por_organizacao, publico)
select prestador_id, 1, id, criado_em, 'incluido', 'Arquivo incluído', '', 'Faturista', 'Organização', true
  from lotes_lote where id between %(de)s and %(ate)s;
