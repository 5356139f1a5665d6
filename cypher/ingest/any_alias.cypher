// name: ingest.any_alias  params: -  access: read  sees: all
MATCH (a:Alias)
RETURN a.alias_id AS alias_id
LIMIT 1
