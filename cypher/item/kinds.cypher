// name: item.kinds  params: -  access: read  sees: viewer
// The kinds of items that mappings declare.
MATCH (k:ItemKind)
RETURN k.kind AS kind, k.name AS name, k.name_zh AS name_zh, k.fields AS fields
ORDER BY kind
