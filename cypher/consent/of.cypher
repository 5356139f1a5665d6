// name: consent.of  params: contact_id, as_of  access: read  sees: viewer
// What a contact said of each purpose and channel, the newest first; what has ended is told, too.
MATCH (p:Contact {contact_id: $contact_id})
WITH p, datetime($as_of) AS t
WHERE {{contact_seen p t}} AND {{contact_in_scope p t}}
MATCH (p)-[w:CONSENTS]->(g:Purpose)
WHERE {{known_at w t}} AND {{seen_by_viewer w}}
RETURN g.purpose_id AS purpose, w.channel AS channel, coalesce(w.legal_basis, 'consent') AS legal_basis,
  w.valid_from AS since, w.valid_to AS until, w.withdrawn_at AS withdrawn_at, w.expires_at AS expires_at,
  w.source AS source, w.reason AS reason,
  {{true_at w t}} AND (w.withdrawn_at IS NULL OR w.withdrawn_at > t) AND (w.expires_at IS NULL OR w.expires_at > t)
    AS stands
ORDER BY purpose, channel, since DESC, w.fact_id
