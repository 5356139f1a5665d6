// name: schema.unique_key  params: -  access: write  slots: name, label, key
CREATE CONSTRAINT {{name}} IF NOT EXISTS FOR (n:{{label}}) REQUIRE n.{{key}} IS UNIQUE
