// name: ingest.aliases  params: alias_ids, key  access: read  sees: all
MATCH (a:Alias)-[:ALIAS_OF]->(e)
WHERE a.alias_id IN $alias_ids
RETURN a.alias_id AS alias_id, e[$key] AS id
