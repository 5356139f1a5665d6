-- name: identity.matches  params: rule, rank  relations: unmatched, blocking_key, candidate
-- Keys and entities that share the value of one alternative.
WITH blocked AS (
    SELECT u.key, b.value FROM {{unmatched}} u JOIN {{blocking_key}} b ON b.seq = u.seq
    WHERE b.rule = $rule AND b.rank = $rank),
keys AS (SELECT value, count(*) AS keys FROM blocked GROUP BY value),
entities AS (
    SELECT value, count(*) AS entities, list(id ORDER BY id) AS ids FROM {{candidate}} GROUP BY value)
SELECT key, value, keys, entities, ids FROM blocked JOIN keys USING (value) JOIN entities USING (value)
