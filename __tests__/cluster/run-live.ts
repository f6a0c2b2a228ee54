import { start } from "../../commands/command";
import { storyCommand } from "./run";

const story = {
  file: "live.test.ts",
  page: "verified-live.md",
  title: "Verified: alerts and dashboards at work",
  head: "what was done to `local`, in order",
};

void start(
  storyCommand(
    "test:live",
    story,
    `
Deploys \`local\` to a real cluster and harms it in many ways: its database is stopped, its workers are killed, a table is
locked, half of the requests fail. Looks which alerts arrive, when, at whom, and that they are resolved; and that every
query of every dashboard is answered. It takes about an hour and a half.`,
  ),
);
