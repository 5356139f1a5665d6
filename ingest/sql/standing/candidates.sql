-- name: standing.candidates  params: most  relations: -
-- Pairs of a record that has just come and another, which have a block in common; blocks of more than $most tell nothing.
WITH size AS (
    SELECT rule, hash, count(*) AS records
    FROM block
    SEMI JOIN arrived_block USING (rule, hash)
    GROUP BY rule, hash),
told AS (
    SELECT a.rule, a.hash, a.row
    FROM arrived_block a
    JOIN size s ON s.rule = a.rule AND s.hash = a.hash AND s.records BETWEEN 2 AND $most)
SELECT DISTINCT least(t.row, b.row) AS one, greatest(t.row, b.row) AS other
FROM told t
JOIN block b ON b.rule = t.rule AND b.hash = t.hash
WHERE t.row <> b.row
