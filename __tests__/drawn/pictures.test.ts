import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { pageDashboard } from "../../commands/preview/page-dashboard";
import { readRecording, recordingFiles } from "../../commands/preview/recordings";
import { signals } from "../../signals";
import { recorded } from "../fixtures/recorded";
import { disruptedSlices, folder, hashOf, pictureName, readHashes } from "./picture-files";

const { erp, platform } = signals(recorded);
const dashboards = [...erp.dashboards, ...platform.dashboards].map(pageDashboard);
const slices = recordingFiles().map(readRecording);

test("the pictures of every dashboard, quiet and during a disruption, are up to date: if not, run `npm run pictures`", () => {
  const pictures = dashboards.flatMap((dashboard) =>
    slices.flatMap((slice) => {
      const name = pictureName(dashboard, slice);
      return name ? [[name, hashOf(dashboard, slice)] as const] : [];
    }),
  );
  expect(pictures).toHaveLength(dashboards.length + Object.keys(disruptedSlices).length);
  expect(readHashes()).toEqual(Object.fromEntries(pictures));
  expect(pictures.filter(([name]) => !existsSync(join(folder, name)))).toEqual([]);
});

test("a picture has at most 60 KB, because git keeps all of its versions", () => {
  const large = Object.keys(readHashes()).filter((name) => statSync(join(folder, name)).size > 60 * 1024);
  expect(large).toEqual([]);
});
