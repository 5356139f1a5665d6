-- name: rows.supersede  params: -  relations: values, superseded
UPDATE {{values}}
SET __state = 'superseded', __bad = NULL
WHERE __seq IN (SELECT seq FROM {{superseded}}) AND (__state IS NULL OR __state = 'deleted')
