// name: item.kinds  params: -  access: read  sees: viewer
// The kinds of items that mappings declare, and their attributes of other labels (`Label|source`).
MATCH (k:ItemKind)
RETURN k.kind AS kind, k.name AS name, k.name_zh AS name_zh, k.fields AS fields, k.source AS source
ORDER BY kind
