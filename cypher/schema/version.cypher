// name: schema.version  params: -  access: read  sees: all
OPTIONAL MATCH (m:Migration)
WITH max(m.version) AS version
OPTIONAL MATCH (d:Database {singleton: 'database'})
RETURN version, d.database_id AS database_id
