import { charts, imageChangeLogs, images } from "../../settings/versions";

/** Address of the change log of a chart's version; undefined if it is none of our charts. */
export function chartChangeLog(chart: string, version: string): string | undefined {
  // With a folder of charts, the chart is the path of its package.
  const name = chart.slice(chart.lastIndexOf("/") + 1).replace(/-\d[^-]*\.tgz$/, "");
  return Object.values(charts)
    .find((one) => one.name === name)
    ?.changeLog.replace("<version>", version);
}

/** Address of the change log of an image's version; undefined if it is none of our images. */
export function imageChangeLog(image: string): string | undefined {
  const [path = "", tag = ""] = image.split("@")[0]?.split(/:(?=[^/]*$)/) ?? [];
  const keys = Object.keys(images) as (keyof typeof images)[];
  // A mirror only replaces the registry.
  const key = keys.find((one) =>
    path.endsWith(images[one].slice(images[one].indexOf("/"), images[one].lastIndexOf(":"))),
  );
  return key && imageChangeLogs[key].replace("<version>", tag);
}
