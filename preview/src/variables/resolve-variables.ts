import { interpolate, type Lookup, namesIn } from "./interpolate";
import { all, boundTo, type Option, type Variable, type VariableModel } from "./model";
import { applyRegex, customOptions, sortOptions } from "./options";
import { queryFormat } from "./query-formats";
import { queryResults, type VariableSource } from "./results";

export interface ResolveContext {
  /** Selected values by the name of the variable, from the address of the page. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  /** Data sources by their type: `prometheus`, `loki`. */
  readonly sources: Readonly<Record<string, VariableSource>>;
  /** Variables of Grafana itself, such as `$__range`. */
  readonly builtIn: Lookup;
  /** The interval that divides the time range into a number of parts, and is not shorter than a minimum. */
  readonly interval: (parts: number, minimum: string) => string;
}

/** The variables in the order of the dashboard. A variable whose query contains another is resolved after it. */
export async function resolveVariables(
  models: readonly VariableModel[],
  context: ResolveContext,
): Promise<readonly Variable[]> {
  const resolved = new Map<string, Promise<Variable>>();
  const resolve = (model: VariableModel): Promise<Variable> => {
    const known = resolved.get(model.name);
    if (known) return known;
    const others = models.filter((other) => other !== model && namesIn(queryText(model)).includes(other.name));
    const pending = Promise.all(others.map(resolve)).then((needed) => variable(model, needed, context));
    resolved.set(model.name, pending);
    return pending;
  };
  return Promise.all(models.map(resolve));
}

async function variable(model: VariableModel, others: readonly Variable[], context: ResolveContext): Promise<Variable> {
  const found = await options(model, others, context).then(
    (options) => ({ options }),
    (fault: Error) => ({ options: [], error: fault.message }),
  );
  const { name, label, type, hide, multi = false, includeAll = false, allValue } = model;
  return {
    name,
    label: label || name,
    type,
    hidden: hide === 2 || hide === "hideVariable",
    multi,
    includeAll,
    ...(allValue && { allValue }),
    ...found,
    chosen: choose(model, found.options, context.chosen[name]),
  };
}

async function options(
  model: VariableModel,
  others: readonly Variable[],
  { sources, builtIn, interval }: ResolveContext,
): Promise<readonly Option[]> {
  const text = queryText(model);
  switch (model.type) {
    case "custom":
      return customOptions(text);
    case "interval":
      return [...(model.auto ? [autoOption(model, interval)] : []), ...customOptions(text)];
    case "constant":
    case "textbox":
      return [{ text, value: text }];
    case "datasource":
      return Object.keys(sources)
        .filter((type) => type === text)
        .map(dataSourceOption);
    case "query": {
      const type = sourceType(model, others);
      const source = sources[type];
      if (!source) throw new Error(`there is no data source of type ${type}`);
      const byName = (name: string) => others.find((other) => other.name === name);
      const lookup: Lookup = (name, field) => {
        const other = byName(name);
        return other ? boundTo(other) : builtIn(name, field);
      };
      const format = queryFormat(byName, type === "loki" ? "logql" : "promql");
      const results = await queryResults(interpolate(text, lookup, format), source);
      return sortOptions(applyRegex(results, model.regex), sortNumber(model.sort));
    }
    default:
      throw new Error(`variables of type ${model.type} are not drawn here`);
  }
}

/** The option with which an interval follows from the time range, with Grafana's defaults. */
function autoOption(
  { name, auto_count = 30, auto_min = "10s" }: VariableModel,
  interval: ResolveContext["interval"],
): Option {
  return { text: "auto", value: `$__auto_interval_${name}`, inserted: interval(auto_count, auto_min) };
}

function queryText({ query }: VariableModel): string {
  if (typeof query === "string") return query;
  if (query?.label) return `label_values(${query.stream ? `${query.stream}, ` : ""}${query.label})`;
  return query?.query ?? "";
}

const dataSourceOption = (type: string): Option => ({ text: type === "loki" ? "Loki" : "Prometheus", value: type });

/** The type of the data source for the query: from the model, or from the variable that selects it. */
function sourceType({ datasource }: VariableModel, others: readonly Variable[]): string {
  if (typeof datasource === "object" && datasource?.type) return datasource.type;
  const uid = typeof datasource === "string" ? datasource : (datasource?.uid ?? "");
  const chooser = others.find(({ name }) => namesIn(uid).includes(name));
  return chooser?.chosen[0] ?? "prometheus";
}

/** The value from the address, otherwise the stored value if that option still exists, otherwise the first option. */
function choose(
  { type, current, includeAll }: VariableModel,
  options: readonly Option[],
  asked: readonly string[] | undefined,
): readonly string[] {
  if (asked && asked.length > 0) return asked.includes("All") && includeAll ? [all] : asked;
  if (type === "textbox" || type === "constant") return [options[0]?.value ?? ""];
  const stored = [current?.value ?? []].flat().map(String);
  const offered = stored.filter(
    (value) => (value === all && includeAll) || options.some((option) => option.value === value),
  );
  if (offered.length > 0) return offered;
  return includeAll ? [all] : [options[0]?.value ?? ""];
}

function sortNumber(sort: number | string | undefined): number {
  const names = ["disabled", "alphabeticalAsc", "alphabeticalDesc", "numericalAsc", "numericalDesc"];
  return typeof sort === "string" ? Math.max(0, names.indexOf(sort)) : (sort ?? 0);
}
