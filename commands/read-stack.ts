import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDirectory } from "./stack-directory";

/** A resource in Terraform's form, with blocks and arguments in snake_case. */
export interface Resource {
  /** Terraform's type, such as `kubernetes_deployment_v1`. */
  readonly type: string;
  /** Name of the resource in the state. */
  readonly id: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A synthesised stack without cdktf's metadata, and with references to names replaced by these names. */
export interface Stack {
  /** `<environment>-<layer>` */
  readonly name: string;
  /** Backend, providers and variables, under Terraform's names. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
}

/** The stack that a synth wrote to the directory. */
export function readStack({ name, path }: StackDirectory): Stack {
  return parseStack(name, readFileSync(join(path, "cdk.tf.json"), "utf8"));
}

/** The stack whose configuration is given as Terraform's JSON. */
export function parseStack(name: string, json: string): Stack {
  const { resource = {}, ...settings } = JSON.parse(json, withoutMetadata);
  const resources = Object.entries(resource as Record<string, Json>).flatMap(([type, named]) =>
    Object.entries(named).map(([id, given]) => ({ type, id, arguments: literal(given, resource as Json) as Json })),
  );
  return { name, settings, resources };
}

type Json = Record<string, unknown>;

function withoutMetadata(key: string, value: unknown): unknown {
  return key === "//" ? undefined : value;
}

/** Evaluates a value as Terraform does before it passes the value to the provider. */
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
