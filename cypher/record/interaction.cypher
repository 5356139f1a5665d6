// name: record.interaction  params: id  access: read  sees: viewer
// The values of an interaction that the viewer may see.
MATCH (n:Interaction {interaction_id: $id})
WHERE {{seen_by_viewer n}}
RETURN properties(n) AS props
