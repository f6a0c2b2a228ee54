import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeRecording, encodeRecording, type Recording } from "./recording";

const folder = join(__dirname, "..", "..", "preview", "recordings");
const ending = ".json.br";

/** Paths of the files of all recordings. */
export function recordingFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
}

/** Path of the file of the recording with this name. */
export function recordingFile(name: string): string {
  return join(folder, `${name}${ending}`);
}

export function readRecording(file: string): Recording {
  return decodeRecording(readFileSync(file));
}

/** Replaces the recording of the same name. @returns the size of its file, in bytes */
export function writeRecording(recording: Recording): number {
  const bytes = encodeRecording(recording);
  writeFileSync(recordingFile(recording.name), bytes);
  return bytes.length;
}
