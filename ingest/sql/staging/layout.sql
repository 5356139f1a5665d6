-- name: staging.layout  params: -  relations: layout
SELECT version FROM {{layout}}
