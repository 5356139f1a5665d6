-- name: fact.stated_keys  params: -  relations: stated_fact, stated_key
SELECT fact_key, max(stamp) AS stamp
FROM {{stated_fact}}
WHERE fact_key NOT IN (SELECT fact_key FROM {{stated_key}})
GROUP BY fact_key
