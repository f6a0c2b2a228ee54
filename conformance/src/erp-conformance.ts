import { writeFileSync } from "node:fs";
import { CannotRun } from "./cannot-run";
import { checkImage } from "./check-image";
import { type Given, givenArguments } from "./command-line";
import { progress } from "./progress";
import { readContract } from "./read-contract";
import { junitXml } from "./reports/junit";
import { type Report, report } from "./reports/report";
import { summaryText } from "./reports/text";
import { Run } from "./run";
import { SentryReceiver } from "./sentry/sentry-receiver";

/** @returns the exit code: 0 if every checked rule passed, 1 if one failed */
async function conformance(given: Given): Promise<number> {
  const contract = readContract(given.contract);
  const sentry = given.sentry && (await SentryReceiver.listen(given.sentry.address, given.sentry.port));
  const run = new Run(given.url, contract, { ...given.choices, ...(sentry && { sentry }) });
  try {
    const results = await checkImage(run, progress(given.json ? () => {} : console.log));
    const detected = (await run.profile().catch(() => undefined)) ?? null;
    const about = {
      url: given.url.href,
      environment: contract.environment,
      httpProfile: { configured: contract.http.profile, detected },
    };
    const finished = report(about, results);
    write(finished, given);
    return finished.failed > 0 ? 1 : 0;
  } finally {
    run.client.close();
    if (sentry) sentry.close();
  }
}

function write(finished: Report, { json, junit }: Given): void {
  console.log(json ? JSON.stringify(finished, undefined, 2) : summaryText(finished));
  if (junit === undefined) return;
  try {
    writeFileSync(junit, junitXml(finished));
  } catch (error) {
    throw new CannotRun(`${junit} cannot be written: ${(error as Error).message}`);
  }
}

async function main(): Promise<void> {
  try {
    const given = givenArguments(process.argv.slice(2));
    process.exitCode = given === "help" ? 0 : await conformance(given);
  } catch (error) {
    const isExpected = error instanceof CannotRun && !process.env.DEBUG;
    console.error(isExpected ? error.message : error);
    process.exitCode = 2;
  }
}

void main();
