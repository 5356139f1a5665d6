// name: profile_figures.drop  params: ids  access: write  sees: company
MATCH (f:Profile) WHERE f.customer_id IN $ids
DELETE f
