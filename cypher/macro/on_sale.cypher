// macro: on_sale  arguments: product, moment  params: -
// Its sources still export it and do not say that it is no longer sold.
{{standing_at product moment}} AND coalesce(product.active, true)
