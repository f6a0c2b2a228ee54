import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { blocksFolder } from "../commands/preview/blocks";
import { encodeRecording, type Recording } from "../commands/preview/recording";
import { describeWith } from "./tools";

const day = 86_400_000;

function recording(name: string): Recording {
  const [from, to] = [Date.UTC(2026, 10, 29, 12), Date.UTC(2026, 10, 29, 13)];
  const series = [{ labels: { __name__: name }, samples: [{ time: from, value: 1 }] }];
  return { name, title: name, kind: "quiet", begin: from, from, to, occasion: "in a test", series, streams: [] };
}

describeWith("recording-blocks", "the cache of blocks", () => {
  let folder: string;
  let cache: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "blocks-"));
    cache = join(folder, "cache");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const block = (name: string) => {
    const file = join(folder, `${name}.json.br`);
    writeFileSync(file, encodeRecording(recording(name)));
    return blocksFolder([file], [recording(name)], [], cache);
  };
  const setUnusedFor = (days: number, path: string) => {
    const used = new Date(Date.now() - days * day);
    utimesSync(path, used, used);
  };

  test("keeps a block that is used, however old it is", async () => {
    const used = await block("used");
    setUnusedFor(31, used);
    expect(await block("used")).toBe(used);
    await block("new");
    expect(existsSync(used)).toBe(true);
    expect(Date.now() - statSync(used).mtimeMs).toBeLessThan(day);
  });

  test("deletes what was not used for 30 days, when a new block is written", async () => {
    const [recent, old] = [await block("recent"), await block("old")];
    const interrupted = join(cache, "0123456789abcdef.remains");
    mkdirSync(interrupted);
    setUnusedFor(29, recent);
    setUnusedFor(31, old);
    setUnusedFor(31, interrupted);
    const written = await block("new");
    expect(readdirSync(cache).sort()).toEqual([recent, written].map((path) => basename(path)).sort());
  });

  test("has one block, complete, after three writers have written the same one at once", async () => {
    const folders = await Promise.all([block("same"), block("same"), block("same")]);
    expect(readdirSync(cache)).toEqual([basename(folders[0])]);
    expect(new Set(folders).size).toBe(1);
    expect(readdirSync(folders[0])).not.toEqual([]);
  });
});
