import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDirectory } from "./stack-directory";

/** A resource as Terraform takes it: blocks and arguments in snake_case. */
export interface Resource {
  /** Terraform's: `kubernetes_deployment_v1`. */
  readonly type: string;
  /** The name that its construct has in the state. */
  readonly id: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A stack as it was synthesised, without cdktf's own notes, and with references to names replaced by these names. */
export interface Stack {
  /** `<environment>-<layer>` */
  readonly name: string;
  /** Backend, providers and variables, under Terraform's names. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
}

/** The stack that a synth wrote to the directory. */
export function readStack({ name, path }: StackDirectory): Stack {
  const { resource = {}, ...settings } = JSON.parse(readFileSync(join(path, "cdk.tf.json"), "utf8"), withoutNotes);
  const resources = Object.entries(resource as Record<string, Json>).flatMap(([type, named]) =>
    Object.entries(named).map(([id, given]) => ({ type, id, arguments: literal(given, resource as Json) as Json })),
  );
  return { name, settings, resources };
}

type Json = Record<string, unknown>;

function withoutNotes(key: string, value: unknown): unknown {
  return key === "//" ? undefined : value;
}

/** What Terraform makes of a value before it hands it to the provider. */
function literal(value: unknown, resources: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => literal(item, resources));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item, resources)]));
  }
  if (typeof value !== "string") return value;
  const [, type, id] = value.match(/^\$\{(\w+)\.([\w-]+)\.metadata\[0\]\.name\}$/) ?? [];
  if (type && id) return (resources as Named)[type]?.[id]?.metadata.name ?? value;
  return value.replaceAll("$${", () => "${").replaceAll("%%{", "%{");
}

type Named = Record<string, Record<string, { readonly metadata: { readonly name: string } }>>;
