// name: schema.identify  params: database_id, at  access: write  sees: all
MERGE (d:Database {singleton: 'database'})
ON CREATE SET d.database_id = $database_id, d.created_at = datetime($at)
RETURN d.database_id AS database_id
