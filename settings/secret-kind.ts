const hexadecimal = "a routing key of PagerDuty, or another key of 32 hexadecimal digits";

/** Formats of secrets that grant access by themselves, as documented by their issuers. */
const kinds: readonly (readonly [kind: string, form: RegExp])[] = [
  // Kubernetes replaces `$(NAME)` with a variable, whose value is in a Secret.
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$\([-._\w]+\)@)[^\s/@]+@/i],
  ["a Sentry DSN", /\bhttps?:\/\/[0-9a-f]{16,}@\S+\/\d+/i],
  [
    "the URL of a webhook",
    /\bhttps?:\/\/(hooks\.slack(-gov)?\.com\/|[\w.-]*\.webhook\.office\.com\/|discord(app)?\.com\/api\/webhooks\/|events\.pagerduty\.com\/integration\/|hc-ping\.com\/)\S+/i,
  ],
  ["a URL with a token", /\bhttps?:\/\/\S+[?&](token|sig|signature|key|api_?key|access_?token|password)=[^\s&$]+/i],
  [hexadecimal, /^[0-9a-f]{32}$/i],
  ["a token of Slack", /\bxox[abeoprs]-[\w-]{8,}/],
  ["a token of a Telegram bot", /\b\d{8,10}:[\w-]{35}(?![\w-])/],
  ["a token of GitHub or GitLab", /\b(gh[opsur]_|github_pat_|glpat-)\w{16,}/],
  ["a token of Grafana", /\bgl(sa|c)_[\w=+/]{16,}/],
  ["a key of AWS", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a key of Google", /\bAIza[\w-]{35}/],
  ["a live key of Stripe", /\b[rs]k_live_\w{16,}/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a JSON Web Token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./],
  ["a password or token", /(^|[\s-])([\w-]*[-_])?(password|passwd|secret|token|api[-_]?key)=[^\s$]+/i],
];

/** Names of settings whose values are secrets, regardless of their format. */
const secretName = /(password|passwd|passphrase|token|dsn|(api|access|secret|private)[-_]?key)$/i;

/** Names of settings whose values identify something and are public, such as the client in OpenID Connect. */
const publicName = /(^|[a-z_-])(id|ids|audience)$/i;

/** Kind of secret that a text is, judged by its format or by the name of its setting. */
export function secretKind(text: string, name = ""): string | undefined {
  const [kind] =
    kinds.find(([kind, form]) => form.test(text) && !(kind === hexadecimal && publicName.test(name))) ?? [];
  return kind ?? (text !== "" && secretName.test(name) ? `a value of \`${name}\`` : undefined);
}

/** Whether a text consists of two or three words, as names of Secrets and of their keys do, or is a path of some words. */
export function isPlainName(text: string): boolean {
  const words = "[a-z]{1,20}(?:[-_. ][a-z]{1,20}){0,2}";
  const isPath = text.includes("/") && new RegExp(`^/?${words}(/${words}){0,3}/?$`, "i").test(text);
  return isPath || /^[a-z]{1,20}([-_. ][a-z]{1,20}){1,2}$/i.test(text);
}

/** Names of settings whose value is the name or key of a secret. People may enter the secret itself by mistake. */
export const asksForSecret = /(password|passwd|passphrase|(^|_)pass|pwd|token|dsn|credentials?|secret|key)$/i;
