import { alertStories } from "./alert-stories";
import { alloy } from "./alloy";
import { backup } from "./backup";
import { dashboardSidecar } from "./dashboard-sidecar";
import { elasticsearch } from "./elasticsearch";
import { encryptedSecret } from "./encrypted-secret";
import { faults } from "./faults/faults";
import { helmExport } from "./helm-export";
import { interruptedApply } from "./interrupted-apply";
import { manifests } from "./manifests";
import { pausedStories } from "./paused-stories";
import { quietStories } from "./quiet-stories";
import { requests } from "./requests";
import { resolved } from "./resolved";
import { rolloutStories } from "./rollout-stories";
import { runbooks } from "./runbooks";
import { series } from "./series";
import { shownEvents } from "./shown-events";
import { silence } from "./silence";
import { stacks } from "./stacks";
import type { Story } from "./story";
import { teamNeeds } from "./team-needs";
import { teams } from "./teams";
import { verified } from "./verified";

/** All stories, in the order in which `test:live` runs them: stories without disruptions come first. */
export const stories: readonly Story[] = [
  stacks,
  manifests,
  interruptedApply,
  requests,
  ...quietStories,
  verified,
  runbooks,
  ...rolloutStories,
  dashboardSidecar,
  alloy,
  teams,
  teamNeeds,
  backup,
  encryptedSecret,
  helmExport,
  silence,
  ...alertStories,
  ...pausedStories,
  ...faults,
  shownEvents,
  elasticsearch,
  series,
  resolved,
];
