// name: ingest.known  params: ids  access: read  sees: all  slots: label, key
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id
