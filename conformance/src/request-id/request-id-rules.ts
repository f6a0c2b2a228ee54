import { randomBytes } from "node:crypto";
import type { Finding, Rule } from "../rule";
import type { Run } from "../run";

/** Length of the longest id that must be kept. */
const longest = 128;

export const requestIdKept: Rule = {
  name: "request-id-kept",
  title: "every answer has the id of its request, or an id of its own if the request has none",
  async check(run) {
    const { header } = run.contract.requestId;
    const findings: Finding[] = [];
    for (const path of pathsOf(run)) {
      for (const sent of [random(), `${random()}._-`.padEnd(longest, "z")]) {
        const found = await idOf(run, path, sent);
        if (found !== sent) findings.push(finding(`GET ${path} with ${header}: ${sent}: the same id`, found));
      }
      const [one, other] = [await idOf(run, path), await idOf(run, path)];
      if (!isValid(run, one) || one === other) {
        findings.push(finding(`GET ${path} without ${header}: a new id for each request`, one));
      }
    }
    return findings;
  },
};

/** Ids that could forge lines of a log, or that are too short or too long for a search. */
const hostileIds: readonly string[] = [
  "short",
  "x".repeat(longest + 1),
  'id"} {"level":"ERROR',
  "spaces in the id",
  "tab\tin-the-id",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "${jndi:ldap://127.0.0.1/a}",
  "idé-idé-idé",
];

export const requestIdReplaced: Rule = {
  name: "request-id-replaced",
  title: "an id that could forge log lines is replaced",
  async check(run) {
    const { header, pattern } = run.contract.requestId;
    const [path = "/"] = pathsOf(run);
    const findings: Finding[] = [];
    for (const sent of hostileIds) {
      const found = await idOf(run, path, sent);
      if (isValid(run, found) && found !== sent) continue;
      findings.push({
        expected: `GET ${path} with ${header}: ${JSON.stringify(sent.slice(0, 40))}: another id that matches ${pattern}`,
        found: found === undefined ? `no ${header}` : JSON.stringify(found.slice(0, 40)),
        remedy: `replace every id that does not match ${pattern}`,
      });
    }
    return findings;
  },
};

function finding(expected: string, found: string | undefined): Finding {
  const remedy = "set the id in a middleware around the whole application, so that errors have it as well";
  return { expected, found: found === undefined ? "no id" : JSON.stringify(found.slice(0, 60)), remedy };
}

/** A route, and a path without a route. */
function pathsOf({ contract }: Run): readonly string[] {
  return [contract.health.live.path, `/${randomBytes(4).toString("hex")}`];
}

function random(): string {
  return randomBytes(8).toString("hex");
}

async function idOf({ client, contract }: Run, path: string, sent?: string): Promise<string | undefined> {
  const { header } = contract.requestId;
  const headers = sent === undefined ? {} : { [header]: sent };
  const given = (await client.request(path, { headers })).headers[header.toLowerCase()];
  return typeof given === "string" ? given : undefined;
}

function isValid({ contract }: Run, id: string | undefined): boolean {
  return id !== undefined && new RegExp(contract.requestId.pattern).test(id);
}
