// name: record.interaction  params: id, as_of  access: read  sees: viewer
// The values of an interaction that the viewer may see.
MATCH (n:Interaction {interaction_id: $id})
WITH n, datetime($as_of) AS t
WHERE {{seen_by_viewer n}} AND {{talk_in_scope n t}}
RETURN properties(n) AS props
