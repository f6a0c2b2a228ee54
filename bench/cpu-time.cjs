const { appendFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

/**
 * Preloaded into every Node process of a measured run. When the process exits, it appends its CPU time in microseconds to
 * the file. The figure includes the threads of the process, so a worker thread writes nothing.
 */
if (isMainThread) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.BENCH_CPU_TIMES, `${user + system}\n`);
  });
}
