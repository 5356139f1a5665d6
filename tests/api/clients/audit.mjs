// The audits of graphql-http against a server: all must be fulfilled, those that are only recommended too.
import { auditServer } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const fetchFn = (to, init) =>
  fetch(to, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } });
const results = await auditServer({ url, fetchFn });
const missed = results
  .filter((result) => result.status !== 'ok')
  .map((result) => `${result.id} ${result.name}: ${result.reason}`);
console.log(JSON.stringify({ audits: results.length, missed }));
