-- name: fact.absent_keys  params: -  relations: absent_key, stated_key
SELECT a.fact_key, max(a.stamp) AS stamp, NULL AS dataset, -1 AS seq, true AS trusted, max(a.stamp) AS first_from
FROM {{absent_key}} a
ANTI JOIN {{stated_key}} k USING (fact_key)
GROUP BY a.fact_key
