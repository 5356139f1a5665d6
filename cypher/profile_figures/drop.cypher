// name: profile_figures.drop  params: ids  access: write  sees: company
UNWIND $ids AS asked
MATCH (f:Profile {customer_id: asked})
DELETE f
