import { start } from "../../commands/command";
import { storyCommand } from "./run";

const story = {
  file: "local.test.ts",
  page: "verified.md",
  title: "Verified",
  head: "the story of `local`, in order",
};

void start(
  storyCommand(
    "test:cluster",
    story,
    `
Deploys \`local\` to a real cluster and looks whether it does what it promises: every target up, connections open and
closed as they should be, a rollout without a lost request, an outage that pages, a destroy that leaves nothing.
It takes about ten minutes.`,
  ),
);
