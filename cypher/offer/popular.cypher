// name: offer.popular  params: -  access: read  sees: viewer
// The products that most customers buy, as the last derive left them.
MATCH (r:Run {run_id: 'popular-products'})
RETURN r.report AS report
