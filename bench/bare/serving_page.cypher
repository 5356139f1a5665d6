// A page of customers by name, as one record.
MATCH (c:Customer)
WHERE c.name >= $name AND (c.name > $name OR c.customer_id > $after_id)
WITH c, datetime($as_of) AS t ORDER BY c.name, c.customer_id LIMIT $first
WITH c, COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN p {.contact_id, .name, title: w.title}
    ORDER BY p.name, p.contact_id
    LIMIT 3
  } AS contacts
WITH c {.customer_id, .name, .industry, .country, contacts: contacts} AS customer
RETURN {customers: collect(customer)} AS answer
