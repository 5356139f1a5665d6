// macro: may_be_contacted  arguments: person, moment  params: -
// Who does not want to be contacted is marked so by the custom attribute `do_not_contact`, as it is today, or has a
// consent to being contacted that had ended by the moment, and no other.
NOT toLower(toString(coalesce(person.x_do_not_contact, false))) IN ['true', 'yes', '1']
AND (NOT EXISTS {
    MATCH (person)-[withdrawn:CONSENTS]->(aim:Purpose)
    WHERE aim.purpose_id IN ['contact', 'introduction'] AND {{known_at withdrawn moment}} AND {{seen_by_viewer withdrawn}}
      AND (withdrawn.valid_to <= moment OR withdrawn.withdrawn_at <= moment OR withdrawn.expires_at <= moment)
  }
  OR EXISTS {
    MATCH (person)-[given:CONSENTS]->(purpose:Purpose)
    WHERE purpose.purpose_id IN ['contact', 'introduction'] AND {{true_at given moment}} AND {{seen_by_viewer given}}
      AND (given.withdrawn_at IS NULL OR given.withdrawn_at > moment)
      AND (given.expires_at IS NULL OR given.expires_at > moment)
  })
