// name: ingest.values  params: -  access: read  sees: all  slots: label, key, field
MATCH (n:{{label}})
WHERE n.{{field}} IS NOT NULL
RETURN n.{{key}} AS id, n.{{field}} AS value, n.country AS country
