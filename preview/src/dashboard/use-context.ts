import { dateMath, rangeUtil } from "@grafana/data";
import { useEffect, useState } from "react";
import type { Address } from "../address";
import { timeRange } from "../panels/load-panel";
import { lokiApi, prometheusApi } from "../queries/http-api";
import type { PageDashboard, Session, Span } from "../session";
import { builtIn } from "../variables/built-in";
import { resolveVariables } from "../variables/resolve-variables";
import type { VariableSource } from "../variables/results";
import { type DashboardContext, scrapeMs } from "./context";
import type { DashboardModel } from "./model";

/** Values that all panels share: the time, and the variables after their values have been read. */
export function useContextOf(
  session: Session,
  dashboard: PageDashboard | undefined,
  address: Address,
): DashboardContext | undefined {
  const [context, setContext] = useState<DashboardContext>();
  const { slice, from, to, values } = address;
  const chosen = JSON.stringify(values);
  useEffect(() => {
    let current = true;
    if (!dashboard) {
      setContext(undefined);
      return undefined;
    }
    resolve(session, dashboard, { slice, from, to, values: JSON.parse(chosen) }).then((found) => {
      if (current) setContext(found);
    });
    return () => {
      current = false;
    };
  }, [session, dashboard, slice, from, to, chosen]);
  return context?.dashboard.uid === dashboard?.uid ? context : undefined;
}

type Chosen = Pick<Address, "slice" | "from" | "to" | "values">;

async function resolve(
  session: Session,
  { uid, title, model }: PageDashboard,
  address: Chosen,
): Promise<DashboardContext> {
  const { templating, time } = model as DashboardModel;
  const range = shownTime(session, address, time);
  const dashboard = { uid, title };
  const variables = await resolveVariables(templating?.list ?? [], {
    chosen: address.values,
    sources: sources(session, range),
    builtIn: builtIn({ range, scrapeMs: scrapeMs(session), stepMs: scrapeMs(session), dashboard }),
    interval: (parts, minimum) => rangeUtil.calculateInterval(timeRange(range), parts, minimum).interval,
  });
  return { session, dashboard, variables, range };
}

/** The time from the address, otherwise that of the slice, otherwise that of the dashboard. */
export function shownTime(
  { slices }: Session,
  { slice, from, to }: Omit<Chosen, "values">,
  time: DashboardModel["time"],
): Span {
  if (from !== undefined && to !== undefined) return { from: moment(from, false), to: moment(to, true) };
  const chosen = slices.find(({ name }) => name === slice) ?? slices[0];
  if (chosen) return { from: chosen.from, to: chosen.to };
  return { from: moment(time?.from ?? "now-6h", false), to: moment(time?.to ?? "now", true) };
}

function moment(text: string, roundUp: boolean): number {
  return /^\d+$/.test(text) ? Number(text) : (dateMath.parse(text, roundUp)?.valueOf() ?? Date.now());
}

function sources({ sources: paths }: Session, { from, to }: Span): Readonly<Record<string, VariableSource>> {
  const [start, end] = [from / 1000, to / 1000];
  const prometheus = prometheusApi(paths.prometheus);
  return {
    prometheus: {
      query: (expr) => prometheus.instant(expr, end),
      labelValues: (label, selector) => prometheus.labelValues(label, selector, start, end),
      labelNames: (selector) => prometheus.labelNames(selector, start, end),
    },
    ...(paths.loki && { loki: lokiSource(paths.loki, start, end) }),
  };
}

function lokiSource(path: string, start: number, end: number): VariableSource {
  const loki = lokiApi(path);
  const refuse = () => Promise.reject(new Error("Loki answers only label_values for a variable"));
  return {
    query: refuse,
    labelNames: refuse,
    labelValues: (label, selector) => loki.labelValues(label, selector, start, end),
  };
}
