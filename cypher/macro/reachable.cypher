// macro: reachable  arguments: person, moment  params: gone
// Nobody is led over people whose jobs have all ended, nor over those who seem, at a confidence of $gone or more,
// to have left without a known job elsewhere, nor over those who do not want to be contacted. Whose jobs nobody knows,
// and our own people, are reachable.
{{may_be_contacted person moment}}
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
