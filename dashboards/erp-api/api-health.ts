import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/erp-api/erp-down";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { allowedShare, budgetLeft, percent, type Slo } from "../../alerts/erp-slos/slo";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below, type Thresholds } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import type { Environment } from "../../settings/environment";
import type { HttpQueries } from "./http-queries";

type Slos = Environment["erp"]["slos"];

const width = 6;

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(http: HttpQueries, availability: Slo, latency: Slos["latency"]): List<Panel> {
  return [
    firing(),
    podsUp(),
    requestRate(http),
    errorRatio(http, availability),
    errorBudget(availability),
    quantile(http, 0.95, latency),
    quantile(http, 0.99, latency),
    inFlight(http),
  ];
}

/** Yellow: the error budget shrinks. Red: as fast as the most urgent alert has it. */
export function errorThresholds(slo: Pick<Slo, "objective">): Thresholds {
  const allowed = allowedShare(slo);
  return above({ yellow: allowed, red: Number((burnRates[0].factor * allowed).toPrecision(6)) });
}

function firing(): Panel {
  return alertsFiring({ width, which: "Alerts of the ERP", matchers: 'team="erp"' });
}

function podsUp(): Panel {
  return stat({
    title: "API pods up",
    description:
      "Pods of the API that answer Prometheus. Red when there is none: nobody can work, and ErpDown pages. See the row Availability.",
    unit: units.Short,
    width,
    query: erpDown.measure,
    thresholds: below({ red: erpDown.limit.value }),
  });
}

function requestRate(http: HttpQueries): Panel {
  return stat({
    title: "Requests",
    description:
      "Finished requests per second, probes and scrapes left out. Far below the usual while the pods are up: look at the ingress and at what calls the ERP.",
    unit: units.RequestsPerSecond,
    width,
    query: http.rate(),
    empty: "not scraped",
  });
}

function errorRatio(http: HttpQueries, availability: Slo): Panel {
  return stat({
    title: "Error ratio",
    description:
      "Share of the requests that the server failed (5xx). Yellow: the error budget shrinks faster than it grows back. Red: it would be gone in two days. See the row Errors.",
    unit: units.PercentUnit,
    width,
    query: http.errorRatio(),
    thresholds: errorThresholds(availability),
    empty: "not scraped",
  });
}

function errorBudget(availability: Slo): Panel {
  const { objective, window } = availability;
  return stat({
    title: "Error budget left",
    description: `What is left of the failures that an objective of ${percent(objective)} allows in ${window}, as far back as Prometheus remembers; of all routes. Below 0: only repairs are released. The dashboard SLO says how fast it goes.`,
    unit: units.PercentUnit,
    width,
    query: budgetLeft(availability, '{namespace="$namespace"}'),
    thresholds: below({ yellow: 0.25, red: 0 }),
    unknown: "not recorded",
  });
}

function quantile(http: HttpQueries, share: number, { objective, threshold }: Slos["latency"]): Panel {
  return stat({
    title: `p${100 * share} latency`,
    description: `${percent(share)} of the requests are answered within this time. Red above ${threshold} s, within which ${percent(objective)} shall be. See the row Duration.`,
    unit: units.Seconds,
    width,
    query: http.quantile(share),
    thresholds: above({ red: threshold }),
    empty: "no requests",
  });
}

function inFlight(http: HttpQueries): Panel | undefined {
  const query = http.inFlight();
  return (
    query &&
    stat({
      title: "In flight",
      description:
        "Requests that are being served now. Rises while answers become slow: then the row Saturation says what is short.",
      unit: units.Short,
      width,
      query,
      empty: "not scraped",
    })
  );
}
