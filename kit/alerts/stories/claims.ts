import { durationText } from "../../queries/duration";
import type { Scenario } from "./scenario";
import type { StorySeries } from "./series-of";

/** One expectation of a scenario. Seconds count from the start of the scenario. */
export type Claim =
  /** The alert fires at no evaluation up to this second. */
  | { readonly kind: "silent until"; readonly seconds: number }
  /** The alert fires at this second: for the first time at the latest, or still. */
  | { readonly kind: "firing by" | "still firing at"; readonly seconds: number }
  /** The alert no longer fires at this second. */
  | { readonly kind: "resolved by"; readonly seconds: number }
  /** The alert fires at no evaluation up to the end of the scenario. */
  | { readonly kind: "never fires"; readonly seconds: number }
  /** The alert never fires for the object with this label, which is healthy. */
  | { readonly kind: "never fires for"; readonly label: string; readonly value: string; readonly seconds: number }
  /** The alert is pending at some evaluation. Otherwise the scenario proves nothing. */
  | { readonly kind: "pending at least once"; readonly seconds: number }
  /** The measures cross the limit at some evaluation. Otherwise the scenario proves nothing. */
  | {
      readonly kind: "a measure beyond the limit at least once" | "every measure beyond the limit at least once";
      readonly seconds: number;
    };

/** Whether the claim is about the scenario: that it would find a mistake. All other claims are about the alert. */
export function provesScenario({ kind }: Claim): boolean {
  return kind.endsWith(" at least once");
}

/** The field of an alert that decides the expectations. */
interface Claimed {
  /** How long the condition must hold before the alert fires. @default it fires at once */
  readonly for?: string;
}

/** All expectations of a scenario, in the order of time. */
export function claims(
  alert: Claimed,
  scenario: Scenario<unknown>,
  { firing, neighbours = [] }: Pick<StorySeries, "firing"> & Partial<Pick<StorySeries, "neighbours">>,
  end: number,
): readonly Claim[] {
  if (!firing) return silentClaims(alert, scenario, end);
  const { after, by, resolves } = firing;
  return [
    { kind: "silent until", seconds: after },
    { kind: "firing by", seconds: by },
    ...(resolves
      ? [
          { kind: "still firing at", seconds: resolves.after } as const,
          { kind: "resolved by", seconds: resolves.by } as const,
        ]
      : []),
    ...neighbours.map(({ label, value }) => ({ kind: "never fires for", label, value, seconds: end }) as const),
  ];
}

function silentClaims(alert: Claimed, { shows }: Scenario<unknown>, end: number): readonly Claim[] {
  const silent = { kind: "never fires", seconds: end } as const;
  if (shows === "low traffic") return [silent, { kind: "every measure beyond the limit at least once", seconds: end }];
  if (shows !== "blip") return [silent];
  const kind = alert.for === undefined ? "a measure beyond the limit at least once" : "pending at least once";
  return [silent, { kind, seconds: end }];
}

type Neighbour = Extract<Claim, { readonly kind: "never fires for" }>;

function matcherText({ label, value }: Neighbour): string {
  return `${label}=${JSON.stringify(value)}`;
}

/** The claims as a sentence. */
export function claimsText(all: readonly Claim[]): string {
  const neighbours = all.filter((claim): claim is Neighbour => claim.kind === "never fires for");
  const others = all.filter(({ kind }) => kind !== "never fires for").map(claimText);
  if (neighbours.length === 0) return others.join(", ");
  const listed = neighbours.map(matcherText).join(" or ");
  return [...others, `never fires for ${listed} (nothing is wrong there)`].join(", ");
}

/** The claim as a phrase, such as `firing by 15m`. */
function claimText(claim: Claim): string {
  switch (claim.kind) {
    case "never fires for":
      return `${claim.kind} ${matcherText(claim)}`;
    case "never fires":
    case "pending at least once":
      return claim.kind;
    case "a measure beyond the limit at least once":
    case "every measure beyond the limit at least once":
      return "the limit crossed at least once";
    case "silent until":
    case "firing by":
    case "still firing at":
    case "resolved by":
      return `${claim.kind} ${durationText(claim.seconds)}`;
  }
}
