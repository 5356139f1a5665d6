// name: schema.record  params: version, title, at  access: write  sees: all
MERGE (m:Migration {version: $version})
SET m.name = $title, m.applied_at = datetime($at)
