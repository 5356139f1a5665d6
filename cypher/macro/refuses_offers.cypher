// macro: refuses_offers  arguments: person, moment  params: -
// Whoever is marked `do_not_contact`, or has said no to being contacted or to marketing: a consent to one of these that
// has ended, and none to the same that stands.
toLower(toString(coalesce(person.x_do_not_contact, false))) IN ['true', 'yes', '1']
OR size([aim IN COLLECT {
    MATCH (person)-[ended:CONSENTS]->(one:Purpose)
    WHERE one.purpose_id IN ['contact', 'marketing'] AND {{known_at ended moment}} AND {{seen_by_viewer ended}}
      AND (ended.valid_to <= moment OR ended.withdrawn_at <= moment OR ended.expires_at <= moment)
    RETURN one.purpose_id
  } WHERE NOT aim IN COLLECT {
    MATCH (person)-[given:CONSENTS]->(other:Purpose)
    WHERE other.purpose_id IN ['contact', 'marketing'] AND {{true_at given moment}} AND {{seen_by_viewer given}}
      AND (given.withdrawn_at IS NULL OR given.withdrawn_at > moment)
      AND (given.expires_at IS NULL OR given.expires_at > moment)
    RETURN other.purpose_id
  }]) > 0
