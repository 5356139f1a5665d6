// name: ingest.aliases  params: alias_ids, key  access: read  sees: all
UNWIND $alias_ids AS asked
MATCH (a:Alias {alias_id: asked})-[:ALIAS_OF]->(e)
RETURN a.alias_id AS alias_id, e[$key] AS id
