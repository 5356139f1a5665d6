// name: schema.unique_key  params: -  access: write  sees: all  slots: name, label, key
CREATE CONSTRAINT {{name}} IF NOT EXISTS FOR (n:{{label}}) REQUIRE n.{{key}} IS UNIQUE
