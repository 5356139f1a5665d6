// name: store.ping  params: -  access: read
RETURN 1 AS answer
