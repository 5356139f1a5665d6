// macro: reachable  arguments: person, moment  params: gone
// Nobody is led over people whose jobs have all ended, nor over those who seem, at a confidence of $gone or more,
// to have left without a known job elsewhere, nor over those who do not want to be contacted: marked so by the custom
// attribute `do_not_contact`, or with a consent to being contacted that has ended and no other. Whose jobs nobody knows,
// and our own people, are reachable.
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
AND NOT EXISTS {
  MATCH (person)-[departed:DEPARTED]->(:Customer)
  WHERE departed.confidence >= $gone AND departed.moved_to IS NULL
    AND {{true_at departed moment}} AND {{seen_by_viewer departed}}
}
AND (NOT EXISTS {
    MATCH (person)-[any_job:WORKS_AT]->(:Customer) WHERE {{known_at any_job moment}} AND {{seen_by_viewer any_job}}
  }
  OR EXISTS {
    MATCH (person)-[open_job:WORKS_AT]->(:Customer) WHERE {{true_at open_job moment}} AND {{seen_by_viewer open_job}}
  })
