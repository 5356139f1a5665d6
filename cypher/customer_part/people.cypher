// fragment: customer_part.people  params: contacts
// What most lists show of who works there, of several jobs of a person the newest first: id, name, title.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN [p.contact_id, p.name, w.title]
  ORDER BY p.name, p.contact_id, w.valid_from DESC, coalesce(w.title, '') DESC
  LIMIT $contacts
} AS people
