-- name: quarantine.export  params: path  relations: quarantined
COPY (SELECT * FROM {{quarantined}} ORDER BY ALL) TO $path (FORMAT csv, HEADER true)
