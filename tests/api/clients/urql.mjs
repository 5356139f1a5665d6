// urql: a query by GET and again from its cache, a mutation, and an error that it tells.
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core';

const [url, token] = process.argv.slice(2);
const sent = [];
const client = new Client({
  url,
  preferGetMethod: true,
  exchanges: [cacheExchange, fetchExchange],
  fetchOptions: () => ({ headers: { authorization: `Bearer ${token}` } }),
  fetch: (to, init) => { sent.push(init.method); return fetch(to, init); },
});
const CONTACTS = gql`
  query ($after: String) {
    contacts(first: 3, after: $after) { edges { cursor node { id contact { name } } } pageInfo { hasNextPage } }
  }
`;
const first = await client.query(CONTACTS, {}).toPromise();
const again = await client.query(CONTACTS, {}).toPromise();
const NOTE = gql`
  mutation ($input: TagInput!) { tag(input: $input) { __typename } }
`;
const input = { key: 'urql-1', customer: 'crm:ACC-1', tag: 'seen by urql' };
const tagged = await client.mutation(NOTE, { input }).toPromise();
const wrong = await client.query(gql`{ node(id: "Ticket:none") { id } }`, {}).toPromise();
console.log(JSON.stringify({
  ids: first.data.contacts.edges.map((edge) => edge.node.id),
  same: again.data === first.data || JSON.stringify(again.data) === JSON.stringify(first.data),
  sent,
  tagged: tagged.data.tag.__typename,
  code: wrong.error.graphQLErrors[0].extensions.code,
}));
