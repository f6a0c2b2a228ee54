import { nearest } from "../../../kit/queries/nearest";
import { matchesWhole } from "../../../kit/queries/regular-expression";
import type { ContractLabel, ContractMetric } from "../contract";
import type { Finding, Rule } from "../rule";
import type { Family } from "./scrape";

export const httpProfile: Rule = {
  name: "http-profile",
  title: "the HTTP metrics are those of the configured library",
  async check(run) {
    const { profile, profiles } = run.contract.http;
    const detected = await run.profile();
    if (detected === profile) return [];
    return [
      {
        expected: `the metrics of ${profile}, such as ${profiles[profile]?.metrics[0]?.name}`,
        found: detected === undefined ? "HTTP metrics of no known library" : `the metrics of ${detected}`,
        remedy: `install ${profile} in the image, or set \`erp.httpMetrics\` to the library of the image and write the contract again`,
      },
    ];
  },
};

export const metricNames: Rule = {
  name: "metric-names",
  title: "every metric of the contract is exposed",
  async check(run) {
    const families = await run.families();
    const missing = (await run.metrics()).filter(({ name, after }) => after === undefined && !families.has(name));
    return missing.map(({ name, type }) => {
      const similar = nearest(name, [...families.keys()]);
      return {
        expected: `the ${type} ${name}`,
        found: similar === undefined ? "not exposed" : `not exposed; the most similar metric is ${similar}`,
        remedy: "expose the metric under this name, from the start of the process",
      };
    });
  },
};

export const metricTypes: Rule = {
  name: "metric-types",
  title: "every metric has its type",
  check: async (run) =>
    ofExposed(await run.metrics(), await run.families(), ({ name, type }, family) =>
      family.type === type
        ? []
        : [
            {
              expected: `${name} is a ${type}`,
              found: `it is ${family.type}`,
              remedy: "declare the metric with this type",
            },
          ],
    ),
};

export const metricLabels: Rule = {
  name: "metric-labels",
  title: "every metric has exactly its labels, with values that the contract permits",
  check: async (run) => ofExposed(await run.metrics(), await run.families(), labelFindings),
};

function ofExposed(
  metrics: readonly ContractMetric[],
  families: ReadonlyMap<string, Family>,
  judge: (metric: ContractMetric, family: Family) => readonly Finding[],
): readonly Finding[] {
  return metrics.flatMap((metric) => {
    const family = families.get(metric.name);
    return family ? judge(metric, family) : [];
  });
}

function labelFindings(metric: ContractMetric, { samples }: Family): readonly Finding[] {
  const { name, labels } = metric;
  // Prometheus treats an empty label as a missing one. The buckets have a rule of their own.
  const given = samples.map((sample) => Object.entries(sample.labels).filter(([key, value]) => key !== "le" && value));
  const exposed = new Set(given.flat().map(([key]) => key));
  const known = new Set(labels.map((label) => label.name));
  const expected = labels.length === 0 ? `${name} has no label` : `${name} has the labels ${[...known].join(", ")}`;
  const undeclared = [...exposed].filter((key) => !known.has(key));
  const missing = labels.filter(
    ({ name: key, optional }) => !optional && given.some((pairs) => !pairs.some(([found]) => found === key)),
  );
  return [
    ...undeclared.map((key) => ({ expected, found: `it also has ${key}`, remedy: "remove this label" })),
    ...missing.map(({ name: key }) => ({ expected, found: `a series lacks ${key}`, remedy: "add this label" })),
    ...labels.flatMap((label) => valueFindings(name, label, given.flat())),
  ];
}

function valueFindings(metric: string, label: ContractLabel, given: readonly (readonly [string, string])[]): Finding[] {
  const { name, values, pattern } = label;
  const isPermitted = values ? (value: string) => values.includes(value) : matchesWhole(pattern ?? ".*");
  const strange = new Set(
    given.filter(([key, value]) => key === name && !isPermitted(value)).map(([, value]) => value),
  );
  return [...strange].map((value) => ({
    expected: `${metric} has ${name} ${values ? `in ${values.join(", ")}` : `matching ${pattern}`}`,
    found: `${name}="${value}"`,
    remedy: "use one of the permitted values",
  }));
}
