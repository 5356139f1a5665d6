-- name: removal.row_items  params: -  relations: removed
SELECT DISTINCT row_dataset AS dataset, seq, item
FROM (
    SELECT row_dataset, seq, unnest([label || '|' || id, 'SourceRecord|' || record_id]) AS item
    FROM {{removed}}
    WHERE seq IS NOT NULL)
