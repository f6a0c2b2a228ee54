import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import schema from "../contract.schema.json";
import { withoutMetaSchemas } from "./ajv-options";
import { CannotRun } from "./cannot-run";
import type { Contract } from "./contract";

/** @throws {CannotRun} with all faults of the file. */
export function readContract(file: string): Contract {
  const text = readText(file);
  let contract: unknown;
  try {
    contract = JSON.parse(text);
  } catch (error) {
    throw new CannotRun(`${file} is not JSON: ${(error as Error).message}. ${remedy}`);
  }
  const isContract = new Ajv({
    ...withoutMetaSchemas,
    allErrors: true,
    formats: { regex: isRegularExpression },
  }).compile<Contract>(schema);
  if (isContract(contract)) {
    checkProfile(file, contract);
    return contract;
  }
  const faults = (isContract.errors ?? []).map(({ instancePath, message, params }) => {
    const allowed = "allowedValue" in params ? `: ${params.allowedValue}` : "";
    return `- ${instancePath || "the document"} ${message}${allowed}`;
  });
  throw new CannotRun(`${file} is not a contract of version 1:\n${faults.join("\n")}\n${remedy}`);
}

const remedy = "Write it again: npm run contract -- <environment>";

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CannotRun(
      `${file} cannot be read, but the checks need the contract of an environment. ${remedy}\nIf the contract is another file, name it with --contract.`,
    );
  }
}

function checkProfile(file: string, { http: { profile, profiles } }: Contract): void {
  if (Object.hasOwn(profiles, profile)) return;
  throw new CannotRun(
    `${file}: http.profile must be one of ${Object.keys(profiles).join(", ")}, got ${profile}. ${remedy}`,
  );
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
