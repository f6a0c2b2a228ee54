import type { Stage } from "./stages";
import type { Relabeling } from "./targets";

/**
 * A block of Alloy's configuration.
 * @see https://grafana.com/docs/alloy/latest/get-started/syntax/
 */
interface Block {
  readonly name: string;
  /** URL of the block's documentation, which is printed above it. @default no URL is printed */
  readonly documentation?: string;
  /** The attributes of the block, by name. @default none */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** The blocks that this block contains. @default none */
  readonly blocks?: readonly Block[];
}

const reference = "https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/";

/** The pipeline as the body of a `loki.process` component. */
export function alloyStages(pipeline: readonly Stage[]): string {
  return blocksText(pipeline.map(block));
}

/** The targets as rules of a `discovery.relabel` component, where they have the same names and meaning. */
export function alloyRules(targets: readonly Relabeling[]): string {
  return blocksText(targets.map((attributes) => ({ name: "rule", attributes: { ...attributes } })));
}

/**
 * The Alloy block of a Promtail stage. Each stage has one counterpart. Arguments have the same names, except those that
 * are converted here.
 */
function block(stage: Stage): Block {
  if ("cri" in stage) return stageBlock("cri", stage.cri);
  if ("replace" in stage) return stageBlock("replace", stage.replace);
  if ("limit" in stage) return stageBlock("limit", stage.limit);
  if ("json" in stage) return stageBlock("json", stage.json);
  if ("timestamp" in stage) return stageBlock("timestamp", stage.timestamp);
  if ("drop" in stage) return stageBlock("drop", { ...stage.drop, source: stage.drop.source.join(",") });
  if ("structured_metadata" in stage) return stageBlock("structured_metadata", { values: stage.structured_metadata });
  if ("labeldrop" in stage) return stageBlock("label_drop", { values: stage.labeldrop });
  const { selector, stages } = stage.match;
  return { ...stageBlock("match", { selector }), blocks: stages.map(block) };
}

function stageBlock(name: string, attributes: object): Block {
  return { name: `stage.${name}`, documentation: `${reference}#stage${name}`, attributes: { ...attributes } };
}

function blocksText(blocks: readonly Block[]): string {
  return blocks.map((one) => lines(one).join("\n")).join("\n");
}

function lines({ name, documentation, attributes = {}, blocks = [] }: Block): string[] {
  const inside = [
    ...Object.entries(attributes).map(([key, given]) => `${key} = ${value(given)}`),
    ...blocks.flatMap(lines),
  ];
  return [
    ...(documentation ? [`// ${documentation}`] : []),
    ...(inside.length === 0 ? [`${name} { }`] : [`${name} {`, ...inside.map((line) => `  ${line}`), "}"]),
  ];
}

/**
 * A value in Alloy's syntax. Strings with a backslash are written between backticks, where nothing is escaped and which
 * is easier to read.
 */
function value(given: unknown): string {
  if (typeof given === "string")
    return /[\\"]/.test(given) && !given.includes("`") ? `\`${given}\`` : JSON.stringify(given);
  if (Array.isArray(given)) return `[${given.map(value).join(", ")}]`;
  if (typeof given !== "object" || given === null) return String(given);
  return `{${Object.entries(given)
    .map(([key, one]) => `${key} = ${value(one)}`)
    .join(", ")}}`;
}
