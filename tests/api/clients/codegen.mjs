// graphql-codegen: types of the schema that the server tells of itself, and of documents over it.
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import * as schemaTypes from '@graphql-codegen/typescript';
import { buildClientSchema, getIntrospectionQuery, parse, printSchema } from 'graphql';

const [url, token] = process.argv.slice(2);
const answer = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const schema = parse(printSchema(buildClientSchema((await answer.json()).data)));
const document = parse(`
  query Day { myDay(timeZone: "Asia/Shanghai") { items { rank kind account { name } } } }
  query Late { tickets(where: { open: true }) { edges { node { id subject } } pageInfo { endCursor } } }
`);
const config = {};
const output = await codegen({
  schema,
  documents: [{ location: 'day.graphql', document }],
  filename: 'types.ts',
  config,
  pluginMap: { schemaTypes, operations },
  plugins: [{ schemaTypes: config }, { operations: config }],
});
const wanted = ['export type DayQuery', 'export type LateQuery', 'export type ListedTicket'];
console.log(JSON.stringify({ missing: wanted.filter((one) => !output.includes(one)), size: output.length }));
