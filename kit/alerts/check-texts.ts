import type { Fault } from "../../faults";
import { parseTemplate } from "../queries/go-template";
import type { AnyAlert } from "./alert";
import { ruleLabels } from "./rule-group";

/**
 * Names in the templates of labels and annotations.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
const names = {
  functions:
    `args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp
  label match now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort strvalue
  tableLink title toDuration toLower toTime toUpper urlQueryEscape value`.split(/\s+/),
  variables: ["labels", "externalLabels", "externalURL", "value"],
};

/** Faults of the texts that Prometheus and Loki evaluate as templates. They refuse the whole group of a faulty one. */
export function checkTexts(alert: AnyAlert, place: string): Fault[] {
  const { summary, description } = alert;
  const labels = Object.entries(ruleLabels(alert, "")).map(([name, text]) => [`labels.${name}`, text] as const);
  return [["summary", summary] as const, ["description", description] as const, ...labels].flatMap(([field, text]) =>
    checkTemplate(text, `${place}: ${field}`),
  );
}

/** The fault of a text that Prometheus evaluates as a template. */
export function checkTemplate(text: string, place: string): Fault[] {
  const { fault } = parseTemplate(text, names);
  return fault ? [{ place, ...fault }] : [];
}
