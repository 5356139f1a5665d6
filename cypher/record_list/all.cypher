// name: record_list.all  params: as_of, limit  access: read  sees: viewer  slots: label, window, path, condition, keys, after, names, key, shown, order, line
// Records of everyone within a window of the property by which they are sorted first, which the engine reads from its
// index; else as record_list.of.
MATCH (r:{{label}})
WHERE {{window}}
WITH r, datetime($as_of) AS t
MATCH {{path}}
WHERE {{in_scope c}} AND {{condition}}
WITH DISTINCT r, t
WITH r, t, {{keys}}
WHERE {{after}}
WITH r, t, {{names}} ORDER BY {{order}}, r.{{key}} LIMIT $limit
RETURN r.{{key}} AS id, {{shown}} AS sorted_by,
{{line}}
ORDER BY {{order}}, id
