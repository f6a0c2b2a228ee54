import type { Fault } from "../../faults";
import { parseTemplate } from "../queries/go-template";
import { nearest } from "../queries/nearest";
import type { Receiver } from "./alertmanager-configuration";

/** @see https://prometheus.io/docs/alerting/latest/notifications/#functions */
const functions = `append base64decode base64encode date dict humanizeDuration join list match mustToDate now
  reReplaceAll routeLabels safeHtml safeUrl since stringSlice title toDate toJson toLower toUpper trimSpace tz
  urlUnescape`.split(/\s+/);

/** Templates that Alertmanager itself defines, such as `slack.default.title`. */
const ownTemplates = /^(__\w+|\w+\.default\.\w+)$/;

/**
 * Faults of the templates in receivers, and in the messages that they insert. Alertmanager refuses a faulty file of
 * messages, and drops a notification whose template it cannot evaluate.
 */
export function checkTemplates(receivers: readonly Receiver[], messages: string): Fault[] {
  const own = parseTemplate(messages, { functions });
  if (own.fault) return [{ place: "alertmanager: messages", ...own.fault }];
  const known = new Set(own.defined);
  return [
    ...unknownTemplates("alertmanager: messages", own.inserted, known),
    ...receivers.flatMap((receiver) => textsOf(receiver).flatMap((text) => checkText(receiver.name, text, known))),
  ];
}

function checkText(receiver: string, text: string, known: ReadonlySet<string>): Fault[] {
  const place = `alertmanager: receiver "${receiver}"`;
  const { fault, inserted } = parseTemplate(text, { functions });
  return fault ? [{ place, ...fault }] : unknownTemplates(place, inserted, known);
}

function unknownTemplates(place: string, inserted: readonly string[], known: ReadonlySet<string>): Fault[] {
  return inserted
    .filter((name) => !known.has(name) && !ownTemplates.test(name))
    .map((value) => {
      const near = nearest(value, [...known]);
      const remedy = near ? `did you mean "${near}"?` : "define it in the messages";
      return { place, rule: "must insert an existing template", value, remedy };
    });
}

/** All texts in a value. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}
