// name: tie.interaction_ids  params: now  access: read  sees: company
// Interactions that only their owner or team may see tie nobody: a tie is as visible as what it rests on.
WITH datetime($now) AS t
MATCH (i:Interaction)
WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_company i}}
RETURN i.interaction_id AS interaction_id
