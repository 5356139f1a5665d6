// Apollo Client: pages of a Relay connection into a normalised cache, documents named by their hash, a mutation.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';

const [uri, token] = process.argv.slice(2);
const sent = [];
const counting = (to, init) => {
  sent.push(init.method === 'GET' ? 'by hash' : JSON.parse(init.body).query ? 'whole' : 'by hash');
  return fetch(to, init);
};
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const client = new ApolloClient({
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { orders: relayStylePagination() } } },
    possibleTypes: { Node: ['Record'] },
  }),
  link: ApolloLink.from([
    new PersistedQueryLink({ sha256 }),
    new HttpLink({ uri, fetch: counting, headers: { authorization: `Bearer ${token}` } }),
  ]),
});
const ORDERS = gql`
  query Orders($after: String) {
    orders(first: 2, after: $after) {
      totalCount
      edges { cursor node { id orderId account { customerId name } } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
  }
`;
const orders = client.watchQuery({ query: ORDERS });
orders.subscribe(() => {});
const first = await client.query({ query: ORDERS });
await orders.fetchMore({ variables: { after: first.data.orders.pageInfo.endCursor } });
const cached = client.readQuery({ query: ORDERS });
const TAG = gql`
  mutation Tag($input: TagInput!) {
    tag(input: $input) { __typename ... on Written { records { id name } } ... on Problem { message } }
  }
`;
const input = { key: 'apollo-1', customer: 'crm:ACC-1', tag: 'seen by Apollo' };
const tagged = await client.mutate({ mutation: TAG, variables: { input } });
const ids = cached.orders.edges.map((edge) => edge.node.id);
console.log(JSON.stringify({ ids, sent, tagged: tagged.data.tag.__typename }));
client.stop();
