-- name: standing.candidates  params: most  relations: -
-- Pairs of a record that has just come and another, which have a block in common; in a block of more than $most records
-- they must also agree in a further column (`finer_block`), and blocks that are still larger then tell nothing.
WITH size AS (
    SELECT rule, hash, count(*) AS records
    FROM block
    SEMI JOIN arrived_block USING (rule, hash)
    GROUP BY rule, hash),
told AS (
    SELECT a.rule, a.hash, a.row
    FROM arrived_block a
    JOIN size s ON s.rule = a.rule AND s.hash = a.hash AND s.records BETWEEN 2 AND $most),
finer AS (
    SELECT hash FROM finer_block GROUP BY hash HAVING count(*) BETWEEN 2 AND $most)
SELECT least(t.row, b.row) AS one, greatest(t.row, b.row) AS other
FROM told t
JOIN block b ON b.rule = t.rule AND b.hash = t.hash
WHERE t.row <> b.row
UNION
SELECT least(a.row, b.row), greatest(a.row, b.row)
FROM finer_block a
SEMI JOIN finer USING (hash)
JOIN finer_block b ON b.hash = a.hash
WHERE a.arrived AND a.row <> b.row
