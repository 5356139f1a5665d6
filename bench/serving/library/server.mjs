// `node server.mjs SCHEMA` serves @neo4j/graphql over the graph of NEO4J_URI on a free port of loopback.
// As little around the library as can be: Node's own HTTP server, documents parsed and validated once, reads in
// autocommit (the library would open a transaction for each), sockets without Nagle's delay, which the JavaScript
// driver leaves on.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { execute, parse, validate } from "graphql";
import neo4j from "neo4j-driver";

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...words) {
  return connect.apply(this, words).setNoDelay(true);
};

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
  notificationFilter: { minimumSeverityLevel: "OFF" },
});
const typeDefs = readFileSync(process.argv[2], "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver, features: { filters: { String: { GT: true } } } }).getSchema();
const documents = new Map();

function prepared(text) {
  if (!documents.has(text)) {
    const document = parse(text);
    documents.set(text, { document, errors: validate(schema, document) });
  }
  return documents.get(text);
}

async function answered({ query, variables }) {
  const { document, errors } = prepared(query);
  if (errors.length) return { errors };
  const session = driver.session({ database: "neo4j", defaultAccessMode: neo4j.session.READ });
  const executionContext = { run: (text, params) => session.run(text, params) };
  try {
    return await execute({ schema, document, variableValues: variables, contextValue: { executionContext } });
  } finally {
    await session.close();
  }
}

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.from(JSON.stringify(await answered(JSON.parse(Buffer.concat(parts)))));
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
});
server.on("connection", (socket) => socket.setNoDelay(true));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
process.on("SIGTERM", () => process.exit(0));
