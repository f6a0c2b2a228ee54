import { deployOrContinue, destroyLocal, onDeployment } from "./deployment";
import { atTheEnd, check, minute, part } from "./steps";
import { stories } from "./stories/stories";
import { type Story, storyTitle } from "./stories/story";

const names = process.env.CLUSTER_STORIES?.split(",") ?? [];
const chosen = stories.filter(({ name }) => names.includes(name));
const needing = (needs: Story["needs"]) => chosen.filter((story) => story.needs === needs);
const keeps = process.env.CLUSTER_KEEP === "true";

describe("stories of local", () => {
  for (const story of [...needing("any cluster"), ...needing("empty cluster")]) tellStory(story, story.tell);

  const others = needing("deployment");
  if (others.length > 0) {
    part("deployment: `local` is deployed, or the kept deployment continued", () => deployOrContinue(), 15 * minute);
  }
  for (const story of others) tellStory(story, () => onDeployment(story.name, story.tell));

  if (!keeps && chosen.length > needing("any cluster").length) {
    atTheEnd("deployment: it is destroyed", async () => expect((await destroyLocal()).code).toBe(0), 15 * minute);
  }
});

/** What a story waits for may come late on a busy machine, and alerts of earlier stories must end first. */
function tellStory(story: Story, tell: () => Promise<void>): void {
  check(storyTitle(story), tell, (3 * story.minutes + 60) * minute);
}
