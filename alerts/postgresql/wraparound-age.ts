import { holds, samples } from "../../kit/alerts/stories/samples";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";

const { transactionAge, multixactAge } = postgresql;

/** Number of transaction or multixact IDs after which PostgreSQL could no longer distinguish old from new rows. */
export const availableIds = 2 ** 31;

/** Used share of the transaction or multixact IDs, whichever is larger. */
export const usedShare = promql`max by (namespace, datname) (${transactionAge} >= ${multixactAge} or ${multixactAge}) / ${availableIds}`;

/** Samples of one database that has used these shares of its transaction and multixact IDs. */
export function ageSamples({ transactions, multixacts }: { transactions: number; multixacts: number }, time: string) {
  return [
    samples(transactionAge, [holds(transactions * availableIds, time)]),
    samples(multixactAge, [holds(multixacts * availableIds, time)]),
  ];
}
