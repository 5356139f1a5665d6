// name: derive.standing_ties  params: -  access: read
MATCH (a:Contact|Employee)-[k:KNOWS]->() WHERE k.source = 'derive'
RETURN k.fact_id AS fact_id, k.raw AS raw, k.strength AS strength, k.derived_at AS derived_at,
  k.half_life_days AS half_life_days, k.interactions AS interactions
