// name: derive.drop_together  params: pairs  access: write  sees: all
UNWIND $pairs AS pair
MATCH (:Product {product_id: pair.one})-[w:BOUGHT_WITH]->(:Product {product_id: pair.other})
DELETE w
