import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { up } = postgresql;
const { dependencyUp } = erpApi;

const samplesFromErp = (...parts: Part[]) => samples(dependencyUp, parts, { dependency: "postgresql" });

/**
 * Nothing in the ERP works without PostgreSQL. A server that hangs accepts connections and answers nothing: the scrape
 * of the exporter ends without a sample, and then the ERP's own check decides. 45 seconds are longer than one scrape
 * interval of 30: after any restart, the exporter's old connection fails once.
 */
export const postgresqlDown = alert({
  name: "PostgresqlDown",
  group: "erp-availability",
  severity: "critical",
  service: "postgresql",
  team: "erp",
  cause: "postgresql",
  causedBy: ["dns"],
  measure: promql`max by (namespace) (${up}) or max by (namespace) (${dependencyUp}{dependency="postgresql"})`,
  below: count(1),
  on: ["namespace"],
  for: "45s",
  summary: "PostgreSQL is down or accepts no connections: the ERP does not work.",
  description:
    "PostgreSQL does not answer in {{ $labels.namespace }}: the server is down, hangs, is unreachable, is out of connections, or rejects the exporter's password.",
  scenarios: {
    "the server stops": fires({
      given: [samples(up, [holds(1, "5m"), holds(0, lasting("9m15s")), holds(1, "5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m"), by: lasting("9m15s") },
    }),
    "the server hangs and the exporter cannot be scraped": fires({
      given: [
        samples(up, [holds(1, "5m"), gone(lasting("14m15s"))]),
        samplesFromErp(holds(1, "5m"), holds(0, lasting("9m15s")), holds(1, "5m")),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m"), by: lasting("9m15s") },
    }),
    "the exporter cannot be scraped, and one of two pods of the ERP reaches the server": silent({
      given: [
        samplesFromErp(holds(0, "20m")),
        samples(dependencyUp, [holds(1, "20m")], { dependency: "postgresql", pod: "erp-api-1" }),
      ],
    }),
    "only the ERP cannot reach the server": silent({
      given: [samples(up, [holds(1, "20m")]), samplesFromErp(holds(0, "20m"))],
      because: "ErpDependencyDown and ErpProbeFailing fire",
    }),
    "the exporter cannot be scraped, and the ERP does not reach Redis": silent({
      given: [samples(dependencyUp, [holds(0, "20m")], { dependency: "redis" }), samplesFromErp(holds(1, "20m"))],
    }),
    "one scrape fails after a restart": blip({
      given: [samples(up, [holds(1, "5m"), holds(0, "30s"), holds(1, "5m")])],
    }),
    "the old pod of the exporter fails while a new one takes over": silent({
      given: [
        samples(up, [holds(1, "5m"), holds(0, "2m"), gone("10m")]),
        samples(up, [gone("4m"), holds(1, "13m")], { pod: "postgresql-exporter-1" }),
      ],
    }),
    "neither the exporter nor the ERP is scraped": absence(
      silent({
        given: [samples(up, [holds(1, "5m"), gone("10m")])],
        because: "ErpDown and ErpTargetsMissing fire",
      }),
    ),
  },
});
