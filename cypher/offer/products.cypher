// name: offer.products  params: product_ids, as_of  access: read  sees: viewer
// Products that are on sale, as they are shown.
UNWIND $product_ids AS asked
MATCH (p:Product {product_id: asked})
WITH p, datetime($as_of) AS t
WHERE {{on_sale p t}}
RETURN p {.product_id, .name, .family, .list_price, .currency, .url, .image} AS product
