// fragment: customer_part.company  params: parts
// Own values, as they stand today; with `company_details` all of them.
CASE WHEN 'company_details' IN $parts THEN c {.customer_id, .name, .short_name, .tax_id, .industry, .region, .city,
  .country, .employees, .revenue, .currency, .domains, .website, .phone, .lifecycle_stage, .created_at,
  attributes: [key IN keys(c) WHERE key STARTS WITH 'x_' | {name: key, value: c[key]}]}
ELSE c {.customer_id, .name, .industry, .region, .city, .country} END AS company
