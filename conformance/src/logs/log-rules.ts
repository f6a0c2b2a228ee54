import Ajv from "ajv/dist/2020";
import { withoutMetaSchemas } from "../ajv-options";
import type { Finding, Need, Rule } from "../rule";
import type { Run } from "../run";
import { becomesTrue } from "../wait";

const needs: readonly Need[] = [{ option: "--log <file>", isGiven: ({ log }) => log !== undefined }];

/** Time until a line is in the file. */
const writeSeconds = 3;

export const logRequest: Rule = {
  name: "log-request",
  title: "a request has a log line with its id",
  needs,
  async check(run) {
    const hasLine = () => linesOf(run).some((line) => fieldOf(line, "request_id") === run.plantedRequestId);
    if (await becomesTrue(hasLine, writeSeconds)) return [];
    return [
      {
        expected: `a line with request_id="${run.plantedRequestId}"`,
        found: `none in ${linesOf(run).length} lines`,
        remedy:
          "log each request with its id, and write each line at once; the file must contain the output of this image",
      },
    ];
  },
};

export const logSchema: Rule = {
  name: "log-schema",
  title: "every log line conforms to the schema",
  needs,
  async check(run) {
    const fits = new Ajv({ ...withoutMetaSchemas, allErrors: true }).compile(run.contract.logs.schema);
    const problems = new Map<string, number[]>();
    for (const [index, line] of linesOf(run).entries()) {
      const record = parse(line);
      const rules = record === undefined ? ["must be a JSON object"] : fits(record) ? [] : rulesOf(fits.errors ?? []);
      for (const rule of new Set(rules)) problems.set(rule, [...(problems.get(rule) ?? []), index + 1]);
    }
    return [...problems].map(([rule, lines]) => ({
      expected: `every line ${rule}`,
      found: `${lines.length} ${lines.length === 1 ? "line does" : "lines do"} not, first line ${lines[0]}`,
      remedy: "write each line with one JSON formatter, also those of the server and of libraries",
    }));
  },
};

export const logSecrets: Rule = {
  name: "log-secrets",
  title: "no log line contains a secret",
  needs,
  async check(run) {
    const lines = linesOf(run).map((line) => `${line}\n${decoded(line)}`);
    return run.planted.flatMap(({ what, value }): Finding[] => {
      const found = lines.findIndex((line) => line.includes(value));
      if (found < 0) return [];
      const remedy = "redact every text before it is written: message, path and traceback";
      return [{ expected: `no line contains the ${what}`, found: `line ${found + 1} contains it`, remedy }];
    });
  },
};

function linesOf({ log }: Run): readonly string[] {
  return (log?.lines() ?? []).filter((line) => line.trim() !== "");
}

/** The line with percent-encoded and escaped characters in their plain form. */
function decoded(line: string): string {
  return line.replace(/%[0-9A-Fa-f]{2}|\\u00[0-7][0-9A-Fa-f]/g, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(-2), 16)),
  );
}

function parse(line: string): object | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === "object" && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}

function fieldOf(line: string, name: string): unknown {
  return (parse(line) as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/** @see https://ajv.js.org/api.html#error-objects */
interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly params: object;
}

/** Rules that a line breaks, without its values, which may be secret. */
function rulesOf(errors: readonly SchemaError[]): readonly string[] {
  return errors.map(({ instancePath, message = "is wrong", params }) => {
    const field = instancePath === "" ? "" : `has a field ${instancePath.slice(1)} that `;
    const named = "additionalProperty" in params ? `: ${params.additionalProperty}` : "";
    return `${field}${message}${named}`;
  });
}
