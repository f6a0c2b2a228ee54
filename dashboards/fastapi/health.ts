import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDown } from "../../alerts/availability/erp";
import type { Environment } from "../../config/environment";
import type { HttpRecordings } from "../../metrics/recordings/http";
import type { Recording } from "../../metrics/recordings/recording";
import { promql } from "../../queries/query";
import { type Panel, stat } from "../frame/panels";
import { above, below } from "../frame/thresholds";
import type { HttpQueries } from "./http-queries";

type Slos = Environment["erp"]["slos"];

const width = 3;

/** Is it healthy? Read from left to right; the first that is not green says in which row to go on. */
export function health(
  http: HttpQueries,
  recordings: HttpRecordings,
  { availability, latency }: Slos,
): (Panel | undefined)[] {
  return [
    firing(),
    podsUp(),
    requestRate(http),
    errorRatio(http, budgetOf(availability.objective)),
    budgetLeft(recordings, availability),
    quantile(http, 0.95, latency),
    quantile(http, 0.99, latency),
    inFlight(http),
  ];
}

/** From where on the errors of an hour matter: https://sre.google/workbook/alerting-on-slos/ */
export function budgetOf(objective: number) {
  const allowed = Number((1 - objective).toPrecision(6));
  return { allowed, /** A 30-day budget is gone in two days. */ fast: Number((14.4 * allowed).toPrecision(6)) };
}

function firing(): Panel {
  return stat({
    title: "Alerts firing",
    description: "Alerts of the ERP that fire now. Their names and times are the red marks in the graphs below.",
    unit: units.Short,
    width,
    query: promql`count(ALERTS{alertstate="firing",team="erp"}) or vector(0)`,
    thresholds: above({ red: 1 }),
  });
}

function podsUp(): Panel {
  return stat({
    title: "API pods up",
    description:
      "Pods of the API that answer Prometheus. Red when there is none: nobody can work, and ErpDown pages. Go on with the row Availability.",
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

function errorRatio(http: HttpQueries, { allowed, fast }: { readonly allowed: number; readonly fast: number }): Panel {
  return stat({
    title: "Error ratio",
    description:
      "Share of the requests that the server failed (5xx). Yellow: the error budget shrinks faster than it grows back. Red: it would be gone in two days. Go on with the row Errors.",
    unit: units.PercentUnit,
    width,
    query: http.errorRatio(),
    thresholds: above({ yellow: allowed, red: fast }),
    empty: "not scraped",
  });
}

function budgetLeft({ requests, failures }: HttpRecordings, { objective, window }: Slos["availability"]): Panel {
  const added = (recording: Recording) => promql`sum(sum_over_time(${recording}{namespace="$namespace"}[${window}]))`;
  const spent = promql`(${added(failures)} / clamp_min(${added(requests)}, 1)) / ${budgetOf(objective).allowed}`;
  return stat({
    title: "Error budget left",
    description: `What is left of the failures that an objective of ${percent(objective)} allows in ${window}, as far back as Prometheus remembers; of all routes. Below 0: only repairs are released.`,
    unit: units.PercentUnit,
    width,
    query: promql`1 - ${spent}`,
    thresholds: below({ yellow: 0.25, red: 0 }),
    empty: "not recorded",
  });
}

function quantile(http: HttpQueries, share: number, { objective, threshold }: Slos["latency"]): Panel {
  return stat({
    title: `p${100 * share} latency`,
    description: `${percent(share)} of the requests are answered within this time. Red above ${threshold} s, within which ${percent(objective)} shall be. Go on with the row Duration.`,
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

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
