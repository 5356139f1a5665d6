// fragment: customer_part.company  params: -
// Own values, as they stand today.
c {.customer_id, .name, .short_name, .tax_id, .industry, .region, .city, .country, .employees, .revenue,
  .currency, .domains, .website, .phone, .lifecycle_stage, .created_at,
  attributes: [key IN keys(c) WHERE key STARTS WITH 'x_' | {name: key, value: c[key]}]} AS company
