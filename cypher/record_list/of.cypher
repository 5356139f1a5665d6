// name: record_list.of  params: customer_ids, as_of, limit  access: read  sees: viewer  slots: path, condition, keys, after, names, key, shown, order, line
// Records of these customers, of those that have not ended, that answer to a condition, sorted by keys, after the one that is named; each as a
// list shows it.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
MATCH {{path}}
WHERE {{standing_at c t}} AND {{in_scope c}} AND {{condition}}
WITH DISTINCT r, t
WITH r, t, {{keys}}
WHERE {{after}}
WITH r, t, {{names}} ORDER BY {{order}}, r.{{key}} LIMIT $limit
RETURN r.{{key}} AS id, {{shown}} AS sorted_by,
{{line}}
ORDER BY {{order}}, id
