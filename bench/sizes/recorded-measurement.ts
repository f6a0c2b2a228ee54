import { recorded } from "../../__tests__/fixtures/recorded";
import { readRecording, recordingFile } from "../../commands/preview/recordings";
import { whileReplaying } from "../../commands/preview/replay";
import { type Measurement, measure } from "../../commands/size/measure";
import { Server } from "../../commands/verify/server";

/**
 * What `size --measured` reads at the end of the quiet recording, from a real Prometheus that contains it.
 * @throws {CommandError} when Prometheus is not available
 */
export function recordedMeasurement(): Promise<Measurement> {
  const file = recordingFile("quiet");
  const end = readRecording(file).to / 1000;
  return whileReplaying({ files: [file] }, ({ prometheus }) =>
    measure(recorded, new Server("Prometheus", prometheus), end),
  );
}
