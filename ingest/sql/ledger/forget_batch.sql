-- name: ledger.forget_batch  params: database_id, first, last  relations: ledger, pending
DELETE FROM {{ledger}}
WHERE database_id = $database_id AND item IN (
    SELECT item
    FROM {{pending}}
    WHERE NOT fresh AND seq BETWEEN $first AND $last)
