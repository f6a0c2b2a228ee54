/**
 * Which alert silences which. `equal` names only labels that every rule of ours carries: a label that is missing on
 * both sides counts as equal, and would silence everything.
 */
export const inhibitions = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ["environment", "service", "alertname"],
  },
] as const;
