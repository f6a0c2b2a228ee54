import { plainShapes, type Shape, secretNames } from "../logs/redaction";
import { replacing } from "./replacement";

/** Text that replaces a secret. It differs from the marks of the ERP and of the log agent. */
export const mark = "[redacted by the collector";

/** Attributes that describe the program, not a request. A command line can contain a password. */
const ofPrograms = String.raw`^(service|deployment|telemetry|k8s|host)\.`;

/** Attributes whose whole value is a secret. In a log line, the name and the value are in one text. */
const secretKeys = `(?i)(${secretNames}|authorization|cookie)`;

/** Attributes with personal data, in OpenTelemetry's conventions of several years. */
const personalKeys = String.raw`^(enduser|user|client)\.|^(http\.client_ip|net\.peer\.ip|network\.peer\.address)$`;

/** Ids that are found by their value, and can look like an account or card number by chance. */
const ids = ["request.id", "organization.id", "task.id"];

/** Shapes whose numbers have a checksum. OTTL cannot calculate it, so numbers without a valid one are redacted too. */
const withChecksum = ["IBAN", "card number"];

/** OTTL has no cheap filter in front of each expression, so the many prefixes of API keys are one expression. */
const combined = "API key";

interface Statements {
  readonly context: "resource" | "scope" | "span" | "spanevent";
  readonly statements: readonly string[];
}

/**
 * Statements of the processor `transform` that remove secrets and personal data from every text of a span, with the
 * expressions of `logs/redaction.ts`. Patterns are applied to the single texts of a map: lists and maps become single
 * attributes first, and the other texts of a span are attributes for a moment.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl
 */
export const redaction: readonly Statements[] = [
  { context: "resource", statements: [`keep_matching_keys(resource.attributes, ${text(ofPrograms)})`] },
  { context: "scope", statements: ['delete_matching_keys(scope.attributes, "")'] },
  { context: "span", statements: ['set(span.trace_state, "")', ...ofTexts("span", ["name", "status.message"])] },
  { context: "spanevent", statements: ofTexts("spanevent", ["name"]) },
];

function ofTexts(context: "span" | "spanevent", fields: readonly string[]): readonly string[] {
  const attributes = `${context}.attributes`;
  const attribute = (name: string) => `${attributes}[${text(name)}]`;
  const kept = (id: string) => `${context}.cache[${text(id)}]`;
  return [
    `flatten(${attributes})`,
    `delete_matching_keys(${attributes}, ${text(secretKeys)})`,
    `delete_matching_keys(${attributes}, ${text(personalKeys)})`,
    ...fields.map((field) => `set(${attribute(`text: ${field}`)}, ${context}.${field})`),
    ...ids.map((id) => `set(${kept(id)}, ${attribute(id)})`),
    ...patterns(attributes, (name) => withChecksum.includes(name)),
    ...ids.map((id) => `set(${attribute(id)}, ${kept(id)}) where ${kept(id)} != nil`),
    ...patterns(attributes, (name) => !withChecksum.includes(name)),
    ...fields.flatMap((field) => [
      `set(${context}.${field}, ${attribute(`text: ${field}`)})`,
      `delete_key(${attributes}, ${text(`text: ${field}`)})`,
    ]),
  ];
}

/** Statements that replace the secrets of some shapes in the values of attributes. */
function patterns(attributes: string, chosen: (name: string) => boolean): readonly string[] {
  return combine(plainShapes.filter(({ name }) => chosen(name))).map(({ name, expression }) => {
    const found = replacing(expression, `${mark}: ${name}]`);
    return `replace_all_patterns(${attributes}, "value", ${text(found.expression)}, ${text(found.replacement)})`;
  });
}

function combine(all: readonly Shape[]): readonly Shape[] {
  const some = all.filter(({ name }) => name === combined).map(({ expression }) => expression);
  const others = all.filter(({ name }) => name !== combined);
  return some.length === 0 ? others : [...others, { name: combined, expression: some.join("|") }];
}

/** A text in OTTL. The collector would replace `${name}` in its configuration by a variable. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll("$", "$$$$");
}
