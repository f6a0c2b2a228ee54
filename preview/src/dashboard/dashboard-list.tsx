import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import { type Address, formatAddress } from "../address";
import type { Session } from "../session";

/** The dashboards by folder, as links. */
export function DashboardList({ session, address }: { readonly session: Session; readonly address: Address }) {
  const theme = useTheme2();
  const folders = [...new Set(session.dashboards.map(({ folder = "" }) => folder))];
  const link = css({ display: "block", padding: theme.spacing(0.75, 0), color: theme.colors.text.link });
  return (
    <div style={{ padding: theme.spacing(1, 3) }}>
      {folders.map((folder) => (
        <section key={folder}>
          <h3 style={{ marginTop: theme.spacing(2) }}>{folder}</h3>
          {session.dashboards
            .filter((dashboard) => (dashboard.folder ?? "") === folder)
            .map(({ uid, title }) => (
              <a
                key={uid}
                className={link}
                href={formatAddress({ ...address, dashboard: uid, values: {}, viewPanel: undefined })}
              >
                {title}
              </a>
            ))}
        </section>
      ))}
    </div>
  );
}
