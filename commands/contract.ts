import { writeFileSync } from "node:fs";
import { start } from "./command";
import { imageContract } from "./contract/image-contract";
import { environmentArgument, environmentOf } from "./environments";

/** The file that the package `conformance/` contains and reads. */
const packed = "conformance/contract.json";

start({
  name: "contract",
  positionals: environmentArgument,
  options: { file: { type: "string", value: "file", help: `writes this file in place of ${packed}` } },
  help: `
Writes the contract that an image of the ERP must keep to ${packed}: metrics with their types, labels and buckets, the
HTTP profile, health routes, the form of request ids, the schema of log lines, and the tags of events. \`conformance\`
checks a running image against it. docs/conformance.md describes the file.

The contract follows from the catalogue and from the settings of the environment: write it again when they change. It
contains no secret.

Exit code 0: the file was written. 1: the settings have faults, and no file was written.`,
  run(given) {
    const environment = environmentOf(given);
    const file = typeof given.file === "string" ? given.file : packed;
    writeFileSync(file, `${JSON.stringify(imageContract(environment), undefined, 2)}\n`);
    console.log(`${file}: the contract of ${environment.name}`);
    return 0;
  },
});
