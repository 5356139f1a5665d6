// name: derive.fading_contacts  params: fades_after, fades_until, met_after, met_until  access: read  sees: all
// Contacts whom one of us last met, or whose tie to one of us fades, within these times.
MATCH (:Employee)-[k:KNOWS]->(p:Contact)
WHERE k.fades_at > datetime($fades_after) AND k.fades_at <= datetime($fades_until)
  OR k.last_at > datetime($met_after) AND k.last_at <= datetime($met_until)
RETURN DISTINCT p.contact_id AS contact_id
