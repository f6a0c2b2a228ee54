import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareSynths } from "../../commands/comparison/compare-synths";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, of which each test writes only a few fields
type Json = any;

/** Stacks of a synth by their names, with resources by type and name. */
export type Stacks = Readonly<Record<string, StackContent>>;

export interface StackContent {
  /** The resources by their type and their name. @default the stack has no resources */
  readonly resource?: Json;
  /** The backend of the state. @default a file that is named after the stack */
  readonly backend?: Json;
}

/** Compares two synths that contain only these stacks, and no `signals.json`. */
export function compareStacks(before: Stacks, after: Stacks) {
  const root = mkdtempSync(join(tmpdir(), "written-synth-"));
  try {
    const [one, other] = [writeSynth(join(root, "before"), before), writeSynth(join(root, "after"), after)];
    return compareSynths(one, other).changes;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A release in the stack `<environment>-monitoring`, with these values. */
export function releaseWith(values: object, release: object = {}): Stacks {
  const given = { name: "release", namespace: "ns", chart: "chart", values: [JSON.stringify(values)], ...release };
  return { "qa-monitoring": { resource: { helm_release: { release: given } } } };
}

function writeSynth(directory: string, stacks: Stacks): string {
  const names = Object.keys(stacks);
  const manifest = names.map((name) => [name, { workingDirectory: `stacks/${name}`, dependencies: [] }]);
  for (const [name, { resource = {}, backend = { local: { path: `state/${name}.tfstate` } } }] of Object.entries(
    stacks,
  )) {
    mkdirSync(join(directory, "stacks", name), { recursive: true });
    writeFileSync(join(directory, "stacks", name, "cdk.tf.json"), JSON.stringify({ terraform: { backend }, resource }));
  }
  writeFileSync(join(directory, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  return directory;
}
