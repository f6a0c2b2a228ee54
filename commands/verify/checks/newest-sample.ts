import { limit } from "../../../alerts/prometheus/sample-age";
import { namespaces } from "../../../settings/addresses";
import type { Check } from "../check";
import type { Deployment } from "../deployment";
import { readsPrometheus } from "../server-permissions";

/** A Prometheus that cannot write answers queries from memory, so that only the age of its samples shows the fault. */
export const newestSample: Check = {
  id: "newest-sample",
  title: "Prometheus stores samples now",
  permissions: [...readsPrometheus, { namespaces: [namespaces.monitoring], resources: ["pods/log"], verbs: ["get"] }],
  async run(deployment) {
    // `timestamp` of a selector is the time of the newest sample, which may be five minutes old.
    const [sample] = await deployment.query("time() - max(timestamp(up))");
    const age = sample && Number(sample.value[1]);
    if (age !== undefined && age <= limit.value)
      return { failures: [], extent: `newest sample ${Math.round(age)} s old` };
    const reason = await lastError(deployment);
    const found =
      age === undefined ? "no sample in the last five minutes" : `the newest sample is ${Math.round(age)} s old`;
    return {
      failures: [
        {
          where: "Prometheus",
          expected: `a sample that is at most ${limit.value} s old`,
          found: reason ? `${found}. Its log: ${reason}` : found,
          runbook: reason && /no space left/.test(reason) ? "PrometheusStorageFailing" : "PrometheusNotIngesting",
        },
      ],
    };
  },
};

/** The newest error in the log of Prometheus. */
async function lastError({ kubectl }: Deployment): Promise<string | undefined> {
  const pods = ["--selector=app.kubernetes.io/name=prometheus", "--container=prometheus", "--tail=200"];
  const { stdout } = await kubectl.attempt(["logs", "--namespace", namespaces.monitoring, ...pods]);
  const errors = stdout.split("\n").filter((line) => /level=(error|warn)/i.test(line));
  const line = errors.findLast((one) => /no space left/.test(one)) ?? errors.at(-1);
  return line && (/err="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line).slice(0, 300);
}
