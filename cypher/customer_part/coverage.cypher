// fragment: customer_part.coverage  params: viewer
// The strongest of our ties to anybody there, and whether there was any contact at all.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)<-[k:KNOWS]-(e:Employee)
  WHERE w.valid_to IS NULL AND coalesce(e.active, true) AND k.derived_at <= t
    AND (coalesce(k.visibility, 'company') = 'company' OR k.owner_id = $viewer)
  RETURN {employee: e.name, contact: p.name,
    strength: 1.0 - (1.0 - k.strength) ^ (0.5 ^ (duration.inSeconds(k.derived_at, t).seconds / 86400.0 / k.half_life_days))}
  ORDER BY k.strength DESC
  LIMIT 1
} AS best_tie,
EXISTS { MATCH (c)<-[:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(:Interaction) } AS met
