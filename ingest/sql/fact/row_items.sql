-- name: fact.row_items  params: -  relations: stated_fact, stated_key, fact
-- A row that is one record also speaks of the facts that it ends.
SELECT s.dataset, s.seq, 'FACT|' || f.fact_id AS item
FROM {{stated_fact}} s
JOIN {{fact}} f ON f.fact_key = s.fact_key AND f.value = s.value
UNION
SELECT k.dataset, k.seq, 'FACT|' || f.fact_id
FROM {{stated_key}} k
JOIN {{fact}} f USING (fact_key)
WHERE k.seq IS NOT NULL
