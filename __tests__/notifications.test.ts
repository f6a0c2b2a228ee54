import { type Alert, type AlertForm, alert } from "../alerts/alert";
import { erpDown } from "../alerts/availability/erp";
import { checkAlert } from "../alerts/check-alert";
import { checkInhibitions } from "../alerts/check-inhibitions";
import type { Limit } from "../alerts/limit";
import { alertGroup } from "../alerts/rule-group";
import { production } from "../config/production";
import type { Fault } from "../faults";
import { catalogue } from "../metrics/catalogue";
import { erpApi } from "../metrics/erp-api";
import { promql } from "../queries/query";

const { vocabulary } = catalogue(production);
const { above: _above, cause: _cause, ...form } = erpDown;

function like(changed: Partial<AlertForm>): Alert {
  return alert({ ...form, ...changed } as AlertForm & { readonly below: Limit });
}

function printed(faults: readonly Fault[]): string[] {
  return faults.map(({ place, rule, value, remedy }) =>
    [`${place}: ${rule}`, value, remedy].filter(Boolean).join(" | "),
  );
}

describe("a cause silences its symptoms", () => {
  const byDependency = promql`min by (dependency) (${erpApi.dependencyUp})`;

  test("both say so in their labels", () => {
    const [cause, symptom] = alertGroup(
      "alerts",
      [like({ cause: "postgresql" }), like({ causedBy: ["redis", "{{ $labels.dependency }}"] })],
      production,
    ).rules;
    expect(cause).toMatchObject({ labels: { cause: "postgresql" } });
    expect(symptom).toMatchObject({ labels: { caused_by: "redis,{{ $labels.dependency }}" } });
  });

  test.each<[string, Partial<AlertForm>]>([
    [
      'alert ErpDown: cause: must be one of the list in `alerts/causes.ts` | postgres | did you mean "postgresql"?',
      { cause: "postgres" as "postgresql" },
    ],
    [
      "alert ErpDown: causedBy: must not be what it is itself the cause of | redis | leave it out",
      { cause: "redis", causedBy: ["redis"] },
    ],
    [
      'alert ErpDown: causedBy: reads the label "dependency", which not every series of the expression has | carry it through every branch, such as by "sum by (dependency) (…)"',
      { causedBy: ["{{ $labels.dependency }}"] },
    ],
    [
      "alert ErpDown: severity: must be critical, warning, info, heartbeat | page | `critical` pages, `warning` goes to chat",
      { severity: "page" as "critical" },
    ],
  ])("%s", (message, changed) => {
    expect(printed(checkAlert(like(changed), vocabulary))).toEqual([message]);
  });

  test("alerts that silence each other are refused, also by way of a label", () => {
    const one = like({ name: "One", cause: "erp-api", causedBy: ["postgresql"] });
    const other = like({ name: "Other", cause: "postgresql", causedBy: ["redis"] });
    const third = like({
      name: "Third",
      cause: "redis",
      measure: byDependency,
      causedBy: ["{{ $labels.dependency }}"],
    });
    expect(printed(checkInhibitions([one, other, third], vocabulary))).toEqual([
      "alert Other: causedBy: must not be silenced by what it silences itself | Other → Third → Other | decide which of them is the cause, and take `causedBy` from it",
      "alert Third: causedBy: must not be silenced by what it silences itself | Third → Other → Third | decide which of them is the cause, and take `causedBy` from it",
    ]);
  });

  test("a warning cannot silence what pages, so the two may name each other", () => {
    const page = like({ name: "Page", cause: "erp-api", causedBy: ["redis"] });
    const warning = like({ name: "Warning", severity: "warning", cause: "redis", causedBy: ["erp-api"] });
    expect(checkInhibitions([page, warning], vocabulary)).toEqual([]);
  });
});
