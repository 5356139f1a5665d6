// macro: selected_order  arguments: order, customer, moment  params: kinds, statuses, currency, amount_from, amount_until, ordered_from, ordered_until, undelivered, product_id
// An order that stands at the moment and answers to the filter; what is null, or a list that is empty, narrows nothing.
// `undelivered`: its delivery was promised and has, or has not, happened.
order.ordered_at <= moment AND {{standing_at order moment}} AND {{standing_at customer moment}}
AND (size($kinds) = 0 OR order.kind IN $kinds)
AND (size($statuses) = 0 OR order.status IN $statuses)
AND ($currency IS NULL OR order.currency = $currency)
AND ($amount_from IS NULL OR order.amount >= $amount_from) AND ($amount_until IS NULL OR order.amount < $amount_until)
AND ($ordered_from IS NULL OR order.ordered_at >= datetime($ordered_from))
AND ($ordered_until IS NULL OR order.ordered_at < datetime($ordered_until))
AND ($undelivered IS NULL OR order.promised_at IS NOT NULL
  AND $undelivered = (order.delivered_at IS NULL OR order.delivered_at > moment))
AND ($product_id IS NULL OR EXISTS { MATCH (order)-[:CONTAINS]->(item:Product) WHERE item.product_id = $product_id })
