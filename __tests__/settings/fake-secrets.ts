const zeros = (length: number) => "0".repeat(length);

/** Invented secrets in the formats of their issuers, assembled here so that no scanner reports them. */
export const fakeSecrets = {
  "a URL with a password": `postgresql://erp:${zeros(8)}@db.example.com/erp`,
  "a URL with a password and no user": `redis://:${zeros(8)}@redis.example.com:6379/0`,
  "a Sentry DSN": `https://${zeros(32)}@o1.ingest.sentry.io/1`,
  "a webhook of Slack": `https://hooks.slack.com/services/T0/B0/${zeros(24)}`,
  "a URL with a token": `https://example.com/hook?token=${zeros(12)}`,
  "a routing key of PagerDuty": zeros(32),
  "a token of a Telegram bot": `${zeros(10)}:${zeros(35)}`,
  "a token of Slack": ["xoxb", zeros(12), zeros(24)].join("-"),
  "a token of GitHub": `ghp_${zeros(36)}`,
  "a token of Grafana": `glsa_${zeros(32)}`,
  "a key of AWS": `AKIA${zeros(16)}`,
  "a key of Google": `AIza${zeros(35)}`,
  "a live key of Stripe": `sk_${"live"}_${zeros(24)}`,
  "a private key": `-----BEGIN RSA PRIVATE ${"KEY"}-----\n${zeros(64)}`,
  "a JSON Web Token": `eyJ${zeros(20)}.eyJ${zeros(20)}.${zeros(20)}`,
  "a password among arguments": `--password=${zeros(8)}`,
} as const;
