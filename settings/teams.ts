import { z } from "zod";
import { message, name, unique } from "./fields";
import { receiver } from "./receivers";
import { platformTeam, services } from "./team-members";

/** A name is a label of alerts and a part of the names of receivers. */
const teamName = name.refine(
  (given) => given !== platformTeam,
  message(
    `must not be \`${platformTeam}\`: the receivers of this team are \`alertmanager.receivers\``,
    "choose the name of another team",
  ),
);

/** A team, its receivers, and the things whose alerts it receives. */
const team = z.strictObject({
  /** The receiver that is paged. @default `alertmanager.receivers.pager` */
  pager: receiver.optional(),
  /**
   * The receiver of warnings and, like every chat, of pages. It is required outside tier `local`.
   * @default `alertmanager.receivers.chat`
   */
  chat: receiver.optional(),
  /** Services, as alerts name them, whose alerts notify this team. @default none */
  services: unique(z.enum(services)).optional(),
  /**
   * Existing namespaces of the team. Rules and panels about pods, containers and volumes cover them, their logs are
   * collected, and alerts about them notify this team.
   * @default none
   */
  namespaces: unique(name).optional(),
});

export const teams = z.record(teamName, team);

export type Team = z.infer<typeof team>;
