import { graphql } from 'relay-runtime';

export const lists = graphql`
  query ListsQuery($first: Int!, $id: ID!) {
    ...Lists_tickets
    ...Lists_deals
    node(id: $id) { __typename ...Lists_record }
  }
`;
export const tickets = graphql`
  fragment Lists_tickets on Query
  @argumentDefinitions(after: { type: "String" })
  @refetchable(queryName: "ListsTicketsQuery") {
    tickets(first: $first, after: $after) @connection(key: "Lists_tickets") {
      totalCount
      edges { cursor node { id subject account { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
export const deals = graphql`
  fragment Lists_deals on Query {
    opportunities(first: 5) @connection(key: "Lists_opportunities") { edges { node { id name } } }
    alerts(first: 5) @connection(key: "Lists_alerts") { edges { node { id title } } }
    customers(first: 5) @connection(key: "Lists_customers") { edges { node { customerId name } } }
    orders(first: 5) @connection(key: "Lists_orders") { edges { node { id amount } } }
    contacts(first: 5) @connection(key: "Lists_contacts") { edges { node { id contact { name } } } }
  }
`;
export const record = graphql`
  fragment Lists_record on Record @refetchable(queryName: "ListsRecordQuery") {
    id
    version
    values { name text }
  }
`;
