-- name: fact.row_items  params: -  relations: stated_fact, new_fact
SELECT s.dataset, s.seq, 'FACT|' || n.fact_id AS item
FROM {{stated_fact}} s
JOIN {{new_fact}} n ON n.fact_key = s.fact_key AND n.content = s.content
