import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { foreignDashboard } from "../commands/preview/foreign-dashboard";
import { addressedSources } from "../commands/preview/live-sources";
import { watchSources } from "../commands/preview/watch-sources";
import { projectCopy } from "./team/project-copy";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preview-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each(["null", "[1]", '"text"', "{", '{"dashboard": null}', '{"panels": 1}'])(
  "a file with %s is refused because it is not a dashboard",
  (text) => {
    const path = join(folder, "one.json");
    writeFileSync(path, text);
    expect(() => foreignDashboard(path)).toThrow(expect.objectContaining({ name: "CommandError" }));
  },
);

test("a dashboard of a version before Grafana 5, with rows instead of panels, is drawn", () => {
  const path = join(folder, "old.json");
  writeFileSync(path, '{"title": "Old", "rows": [{ "panels": [] }]}');
  expect(foreignDashboard(path)).toMatchObject({ uid: "old", title: "Old" });
});

test.each(["", "prometheus:9090", "nowhere", "file:///etc/passwd"])(
  "%p is refused because it is not a URL",
  (prometheus) => {
    expect(() => addressedSources({ prometheus })).toThrow("is not the address of a server");
  },
);

test("a URL with a password is refused, and the message does not contain it", () => {
  const asked = () =>
    addressedSources({ prometheus: "http://127.0.0.1:9090", loki: "http://me:hidden@127.0.0.1:3100" });
  expect(asked).toThrow("--token-file");
  expect(asked).not.toThrow("hidden");
});

describe("sources that are watched", () => {
  /** Saves as many editors do: a new file replaces the old one. */
  const save = (path: string) => {
    writeFileSync(`${path}~`, "{}");
    renameSync(`${path}~`, path);
  };

  function project(): string {
    const root = join(folder, "project");
    for (const name of ["alerts", "config", "dashboards", "kit", "logs", "metrics", "settings", "subjects", "traces"]) {
      mkdirSync(join(root, name), { recursive: true });
    }
    writeFileSync(join(root, "signals.ts"), "");
    return root;
  }

  test("are noticed again after an editor has replaced a file", async () => {
    const root = project();
    const file = join(root, "alerts", "redis", "one.ts");
    mkdirSync(dirname(file));
    writeFileSync(file, "");
    const changed = jest.fn(async () => {});
    const stop = watchSources(root, [], changed);
    const saves = [() => save(file), () => save(file), () => writeFileSync(file, "1"), () => writeFileSync(file, "2")];
    for (const [index, saveOnce] of saves.entries()) {
      saveOnce();
      await sleep(500);
      expect(changed).toHaveBeenCalledTimes(index + 1);
    }
    stop();
  });

  test("include the drawn JSON file", async () => {
    const file = join(folder, "theirs.json");
    writeFileSync(file, "{}");
    const changed = jest.fn(async () => {});
    const stop = watchSources(project(), [file], changed);
    save(join(folder, "other.json"));
    await sleep(300);
    expect(changed).not.toHaveBeenCalled();
    save(file);
    await sleep(300);
    save(file);
    await sleep(300);
    stop();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("are read again after a change during reading, but not at the same time", async () => {
    const root = project();
    const events: string[] = [];
    const stop = watchSources(root, [], async () => {
      events.push("begins");
      await sleep(500);
      events.push("ends");
    });
    save(join(root, "alerts", "one.ts"));
    await sleep(200);
    save(join(root, "alerts", "one.ts"));
    await sleep(1200);
    stop();
    expect(events).toEqual(["begins", "ends", "begins", "ends"]);
  });
});

describe("a mistake in the sources", () => {
  const printed = (mistake: string) => {
    const project = projectCopy();
    const file = join(project, "alerts", "celery", "mistaken.ts");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, mistake);
    appendFileSync(join(project, "signals.ts"), '\nimport "./alerts/celery/mistaken";\n');
    const program = join(project, "commands", "preview", "print-dashboards.ts");
    const { stderr, status } = spawnSync(process.execPath, ["--import", "tsx", program, "local"], {
      cwd: project,
      encoding: "utf8",
    });
    rmSync(project, { recursive: true });
    expect(status).toBe(1);
    return stderr;
  };

  test("is printed with its place and without a stack trace", () => {
    const output = printed("const broken = ;\n");
    expect(output).toMatch(/mistaken\.ts:1:15: ERROR/);
    expect(output).not.toMatch(/^\s+at /m);
  });

  test("that occurs at run time is printed with only its own place", () => {
    const output = printed("\nexport const broken = (undefined as unknown as { a: string }).a;\n");
    expect(output).toContain("Cannot read properties of undefined (reading 'a')");
    expect(output.match(/^\s+at .*$/gm)).toEqual([expect.stringContaining("mistaken.ts:2:")]);
  });
});
