// name: store.ping  params: -  access: read  sees: viewer
RETURN 1 AS answer
