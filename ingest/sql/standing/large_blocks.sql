-- name: standing.large_blocks  params: most  relations: -
-- The records of blocks of more than $most, of those in which records have just come.
WITH size AS (
    SELECT rule, hash
    FROM block
    SEMI JOIN arrived_block USING (rule, hash)
    GROUP BY rule, hash
    HAVING count(*) > $most)
SELECT b.rule, b.hash, b.row, a.row IS NOT NULL AS arrived
FROM block b
SEMI JOIN size USING (rule, hash)
LEFT JOIN arrived_block a ON a.rule = b.rule AND a.hash = b.hash AND a.row = b.row
