// name: snapshot.products  params: -  access: read  sees: company
// Current values; they count only where no source record holds the versions (recorded).
MATCH (n:Product)
RETURN n.product_id AS product_id, n.name AS name, n.family AS family, n.list_price AS list_price,
  EXISTS { (:SourceRecord)-[:RECORD_OF]->(n) } AS recorded
