import type { Fault } from "../faults";

const file = "CHANGELOG.md";

/**
 * Compares a changelog with the version that is about to be released.
 * https://keepachangelog.com/en/1.1.0/
 */
export function changelogFaults(changelog: string, version: string): Fault[] {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => /^\[?([^\]\s]+)/.exec(text)?.[1] === version);
  const heading = `## [${version}] - <year>-<month>-<day>`;
  if (section === undefined) {
    const remedy = `rename the section \`## [Unreleased]\` to \`${heading}\`, and commit it`;
    return [{ place: file, rule: `must have a section for ${version}`, remedy }];
  }
  const [title = "", ...lines] = section.split("\n");
  return [
    ...(/ - \d{4}-\d{2}-\d{2}$/.test(title)
      ? []
      : [
          {
            place: file,
            value: `## ${title}`,
            rule: "must state the date of the version",
            remedy: `write \`${heading}\``,
          },
        ]),
    ...(lines.some((line) => line.startsWith("- "))
      ? []
      : [
          {
            place: `${file}: ${version}`,
            rule: "must list what the version changes",
            remedy: "write an entry for each change that a team notices, such as `- …`",
          },
        ]),
  ];
}
