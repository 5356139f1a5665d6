-- name: fact.stated_pairs  params: -  relations: stated_fact, stated_key
-- In a list of pairs all rows of a pair state it together.
SELECT fact_key, max(stamp) AS stamp, NULL AS dataset, NULL AS seq, bool_and(trusted) AS trusted,
    any_value(first_from) AS first_from
FROM {{stated_fact}}
WHERE fact_key NOT IN (SELECT fact_key FROM {{stated_key}})
GROUP BY fact_key
