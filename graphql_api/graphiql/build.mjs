// Copies the four browser files of GraphiQL from their npm packages into graphql_api/static/graphiql.
// Only the packed archives are taken (6 MB); an ordinary install would bring 111 packages that the page never loads.
// A file whose SHA-256 differs from the one written here is refused.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FILES = [
  ["graphiql@4.1.2", "graphiql.min.js", "867226ba8af5ce7949903fc53932f78dac9f4bfc6cc8da0fd3869b8bc6c5256b"],
  ["graphiql@4.1.2", "graphiql.min.css", "30487e07635d312a63f647b140d37740a73c53332b0975bf4b1fe985ca6ec885"],
  ["react@18.3.1", "umd/react.production.min.js", "d949f1c3687aedadcedac85261865f29b17cd273997e7f6b2bfc53b2f9d4c4dd"],
  ["react-dom@18.3.1", "umd/react-dom.production.min.js", "35f4f974f4b2bcd44da73963347f8952e341f83909e4498227d4e26b98f66f0d"],
];

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "graphiql");
const work = mkdtempSync(join(tmpdir(), "graphiql-"));

function packed(name) {
  const told = execFileSync("npm", ["pack", name, "--json", "--ignore-scripts"], { cwd: work, stdio: ["ignore", "pipe", "ignore"] });
  return join(work, JSON.parse(told)[0].filename);
}

function taken(archive, path, expected) {
  execFileSync("tar", ["-xzf", archive, "-C", work, `package/${path}`]);
  const content = readFileSync(join(work, "package", path));
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== expected) throw new Error(`${path} is not the file this page was written for (sha256 ${found})`);
  return content;
}

try {
  const archives = new Map();
  mkdirSync(target, { recursive: true });
  for (const [name, path, expected] of FILES) {
    if (!archives.has(name)) archives.set(name, packed(name));
    writeFileSync(join(target, basename(path)), taken(archives.get(name), path, expected));
  }
  console.log(`GraphiQL page files written to ${target}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
