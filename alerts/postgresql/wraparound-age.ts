import { holds, samples } from "../../kit/alerts/stories/samples";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { transactionAge, multixactAge } = postgresql;

/** Numbers of transactions, and of multixacts, after which PostgreSQL can no longer tell old from new. */
export const numbers = 2 ** 31;

/** Share that is used up of transactions or of multixacts, whichever is more. */
export const usedUp = promql`max by (namespace, datname) (${transactionAge} >= ${multixactAge} or ${multixactAge}) / ${numbers}`;

/** Shares of the numbers that one database has used up. */
export function ageSamples({ transactions, multixacts }: { transactions: number; multixacts: number }, time: string) {
  return [
    samples(transactionAge, [holds(transactions * numbers, time)]),
    samples(multixactAge, [holds(multixacts * numbers, time)]),
  ];
}
