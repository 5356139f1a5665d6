"""The GraphQL API: FastAPI and Strawberry over the services of `graph`; needs no torch."""
