// name: derive.drop_bought  params: pairs  access: write  sees: all
UNWIND $pairs AS pair
MATCH (:Customer {customer_id: pair.customer_id})-[b:BOUGHT]->(:Product {product_id: pair.product_id})
DELETE b
