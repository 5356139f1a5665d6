// name: ingest.known  params: ids  access: read  slots: label, key
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id
