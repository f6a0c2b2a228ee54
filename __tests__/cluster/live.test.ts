import { deployOrContinue, destroyLocal, onDeployment } from "./deployment";
import { atTheEnd, check, minute, requiredStep } from "./steps";
import { stories } from "./stories/stories";
import { type Story, storyTitle } from "./stories/story";

const names = process.env.CLUSTER_STORIES?.split(",") ?? [];
const chosen = stories.filter(({ name }) => names.includes(name));
const storiesOn = (needs: Story["needs"]) => chosen.filter((story) => story.needs === needs);
const keeps = process.env.CLUSTER_KEEP === "true";

describe("stories of local", () => {
  for (const story of [...storiesOn("any cluster"), ...storiesOn("empty cluster")]) checkStory(story, story.run);

  const others = storiesOn("deployment");
  if (others.length > 0) {
    requiredStep(
      "deployment: `local` is deployed, or the run continues on the kept deployment",
      () => deployOrContinue(),
      15 * minute,
    );
  }
  for (const story of others) checkStory(story, () => onDeployment(story.name, story.run));

  if (!keeps && chosen.length > storiesOn("any cluster").length) {
    atTheEnd(
      "deployment: the deployment is destroyed",
      async () => expect((await destroyLocal()).code).toBe(0),
      15 * minute,
    );
  }
});

/** The timeout is long: on a busy machine events are late, and alerts of earlier stories must be resolved first. */
function checkStory(story: Story, run: () => Promise<void>): void {
  check(storyTitle(story), run, (3 * story.minutes + 60) * minute);
}
