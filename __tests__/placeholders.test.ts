import { placeholderNotices, refusePlaceholders } from "../commands/placeholders";
import { Faults } from "../faults";
import { isPlaceholder } from "../settings/placeholders";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";

test.each([
  "example.com",
  "https://grafana.staging.example.com/login",
  "registry.example.org:5000/erp:1.0.0",
  "platform@example.net",
  "https://github.com/example/erp-observability/blob/main/docs/runbooks",
  "http://grafana.example",
  "@example/platform",
  "example-terraform-state",
  "s3://example-loki",
  "ghcr.io/example/erp:1.0.0",
  "git@github.com:example/erp.git",
  "https://bitbucket.org/example",
  "registry.shop.com/erp:CHANGEME",
  "change-me",
  "https://your-domain.com",
  "your_bucket",
  "<bucket>",
  "arn:aws:iam::<account id>:role/loki",
  "TODO",
  "https://xxx.shop.com/XXX",
])("%s is a placeholder", (value) => {
  expect(isPlaceholder(value)).toBe(true);
});

test.each([
  "shop.com",
  "https://counterexample.com",
  "my-example.com",
  "example.com.au",
  "example.community",
  "/opt/example/run",
  "https://github.com/examples/erp",
  "for example, this",
  "https://todo.shop.com",
  "exchange-media",
  "yourteam-logs",
  "Platform <platform@shop.com>",
  "a < b and c > d",
])("%s is not a placeholder", (value) => {
  expect(isPlaceholder(value)).toBe(false);
});

/** Two teams, one of them twice. */
const owners = "# @example/none\n* @example/platform\n/erp/ @example/platform @example/erp\n";

test("a notice states their number in each file", () => {
  expect(placeholderNotices([local, staging], owners)).toEqual([
    "Placeholders such as `example.com` remain: 1 in config/local.ts, 8 in config/staging.ts, 2 in .github/CODEOWNERS. `diff`, `deploy` and `secrets` refuse those of an environment of tier `production`, and list them.",
  ]);
});

describe("an environment of tier `production`", () => {
  const refused = (environment: typeof production) => {
    try {
      refusePlaceholders(environment, "nothing was planned", owners);
      return [];
    } catch (error) {
      if (!(error instanceof Faults)) throw error;
      return error.faults.map(({ place, value }) => `${place} ${value}`);
    }
  };

  test("is refused with all of them at once", () => {
    const found = refused(production);
    expect(found).toContain('config/production.ts: erp.ingress.hosts[0] "erp.example.com"');
    expect(found).toContain('config/production.ts: erp.identity.issuer "https://login.example.com"');
    expect(found).toContain('config/production.ts: state.bucket "example-terraform-state"');
    expect(found).toContain(".github/CODEOWNERS @example/erp");
    expect(found).toHaveLength(15);
  });

  test("is the only one that is refused", () => {
    expect(refused(staging)).toEqual([]);
    expect(refused(local)).toEqual([]);
  });
});
