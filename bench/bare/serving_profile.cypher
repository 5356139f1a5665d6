MATCH (c:Customer {customer_id: $customer})
WITH c, datetime($as_of) AS t
RETURN c {.customer_id, .name, .industry, .city, .country,
  contacts: COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN p {.contact_id, .name, title: w.title}
    ORDER BY p.name, p.contact_id
    LIMIT 10
  },
  products: COLLECT {
    MATCH (c)<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product)
    RETURN p {.product_id, .name, .family, .list_price, rank: r.rank}
    ORDER BY r.rank, r.scored_at DESC, r.recommendation_id
    LIMIT 10
  },
  tickets: COLLECT {
    MATCH (c)<-[:FOR]-(k:Ticket)
    RETURN k {.ticket_id, .subject, .status, .opened_at}
    ORDER BY k.opened_at DESC, k.ticket_id
    LIMIT 5
  }} AS answer
