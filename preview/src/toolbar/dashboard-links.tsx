import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import type { Address } from "../address";
import { type DashboardContext, readable } from "../dashboard/context";
import type { DashboardModel, LinkModel } from "../dashboard/model";
import type { Session } from "../session";
import { Choice } from "./choice";

interface DashboardLinksProps {
  readonly session: Session;
  readonly context: DashboardContext;
  readonly go: (change: Partial<Address>) => void;
}

/** The links of a dashboard: to an address, or to all dashboards with the given tags. */
export function DashboardLinks({ session, context, go }: DashboardLinksProps) {
  const theme = useTheme2();
  const model: DashboardModel = session.dashboards.find(({ uid }) => uid === context.dashboard.uid)?.model ?? {};
  const style = css({ padding: theme.spacing(0, 1), color: theme.colors.text.link });
  return (model.links ?? []).map((link) =>
    link.type === "dashboards" ? (
      <Choice
        key={link.title}
        label={link.title ?? ""}
        value=""
        width={40}
        options={[{ value: "", text: "…" }, ...linkedDashboards(session, link)]}
        onChange={(dashboard) => go({ dashboard, viewPanel: undefined })}
      />
    ) : (
      <a key={link.title} className={style} href={readable(context, context.range, link.url ?? "")}>
        {link.title}
      </a>
    ),
  );
}

function linkedDashboards({ dashboards }: Session, { tags = [] }: LinkModel) {
  const tagged = dashboards.filter(({ model }) => tags.every((tag) => (model as DashboardModel).tags?.includes(tag)));
  return tagged.map(({ uid, title }) => ({ value: uid, text: title }));
}
