// name: account.addresses  params: customer_id, addresses, as_of  access: read  sees: viewer
// Who of those that work at a customer has one of these mail addresses, in small letters; of two with the same the first by id.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)<-[w:WORKS_AT]-(p:Contact)
WHERE {{true_at w t}} AND {{seen_by_viewer w}}
UNWIND $addresses AS address
WITH p, address
WHERE toLower(p.email) = address OR address IN [other IN coalesce(p.other_emails, []) | toLower(other)]
RETURN address, min(p.contact_id) AS contact_id
ORDER BY address
