import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/erp-api/erp-down";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { allowedShare, budgetLeft, percent, type Slo } from "../../alerts/erp-slos/slo";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below, type Thresholds } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { durationInWords } from "../../kit/queries/duration";
import type { Environment } from "../../settings/environment";
import type { HttpQueries } from "./http-queries";

type Slos = Environment["erp"]["slos"];

const width = 6;

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(http: HttpQueries, alerts: string, availability: Slo, latency: Slos["latency"]): List<Panel> {
  return [
    firing(alerts),
    podsUp(),
    requestRate(http),
    errorRatio(http, availability),
    errorBudget(availability),
    quantile(http, 0.95, latency),
    quantile(http, 0.99, latency),
    inFlight(http),
  ];
}

/** Yellow: the error budget shrinks. Red: it shrinks as fast as the limit of the most urgent alert. */
export function errorThresholds(slo: Pick<Slo, "objective">): Thresholds {
  const allowed = allowedShare(slo);
  return above({ yellow: allowed, red: Number((burnRates[0].factor * allowed).toPrecision(6)) });
}

function firing(matchers: string): Panel {
  return alertsFiring({ width, which: "ERP alerts", matchers });
}

function podsUp(): Panel {
  return stat({
    title: "API pods up",
    description:
      "Pods of the API that Prometheus can scrape. Red: no pod is up, nobody can work, and ErpDown pages. See the row Availability.",
    unit: units.Short,
    width,
    query: erpDown.measure,
    thresholds: below({ red: erpDown }),
  });
}

function requestRate(http: HttpQueries): Panel {
  return stat({
    title: "Requests",
    description:
      "Finished requests per second, without probes and scrapes. If the number is far below normal while the pods are up, check the Ingress and the clients of the ERP.",
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
      "Share of the requests that failed with a server error (5xx). Yellow: the error budget shrinks faster than it recovers. Red: at this ratio, the budget is spent in two days. See the row Errors.",
    unit: units.PercentUnit,
    width,
    query: http.errorRatio(),
    thresholds: errorThresholds(availability),
    empty: "not scraped",
  });
}

function errorBudget(availability: Slo): Panel {
  const { objective, window } = availability;
  const period = durationInWords(window);
  return stat({
    title: "Error budget left",
    description: `Share of the error budget that is left. The budget is the number of failures on all routes that an objective of ${percent(objective)} allows in ${period}. If Prometheus has less data, only the stored data count. Below 0, release only fixes. The dashboard SLO shows how fast the budget is spent.`,
    unit: units.PercentUnit,
    width,
    query: budgetLeft(availability, '{namespace="$namespace"}'),
    thresholds: below({ yellow: 0.25, red: 0 }),
    empty: "not recorded",
  });
}

function quantile(http: HttpQueries, share: number, { objective, threshold }: Slos["latency"]): Panel {
  return stat({
    title: `p${100 * share} latency`,
    description: `${percent(share)} of the requests are answered within this time. Red: above ${threshold} s, the time within which ${percent(objective)} of the requests must be answered. See the row Duration.`,
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
      title: "Requests in progress",
      description:
        "Requests that are being processed now. If their number rises while answers become slow, the row Saturation shows the bottleneck.",
      unit: units.Short,
      width,
      query,
      empty: "not scraped",
    })
  );
}
