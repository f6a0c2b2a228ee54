import { createTheme, type GrafanaTheme2, ThemeContext } from "@grafana/data";
import { GlobalStyles, PortalContainer } from "@grafana/ui";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Address, formatAddress, parseAddress } from "./address";
import { DashboardList } from "./dashboard/dashboard-list";
import { DashboardView } from "./dashboard/dashboard-view";
import type { DashboardModel } from "./dashboard/model";
import { useContextOf } from "./dashboard/use-context";
import type { Session } from "./session";
import { Toolbar } from "./toolbar/toolbar";

export function Page() {
  const { address, go } = useAddress();
  const { session, error } = useSession();
  const theme = useMemo(() => createTheme({ colors: { mode: address.theme } }), [address.theme]);
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PortalContainer />
      <div style={{ minHeight: "100vh", background: background(theme), color: theme.colors.text.primary }}>
        {error && <p style={{ padding: 16 }}>{error}</p>}
        {session && <PageContent {...{ session, address, go }} />}
      </div>
    </ThemeContext.Provider>
  );
}

function background(theme: GrafanaTheme2): string {
  return theme.colors.background.canvas;
}

interface PageContentProps {
  readonly session: Session;
  readonly address: Address;
  readonly go: (change: Partial<Address>) => void;
}

function PageContent({ session, address, go }: PageContentProps) {
  const dashboard = session.dashboards.find(({ uid }) => uid === address.dashboard);
  const context = useContextOf(session, dashboard, address);
  useEffect(() => {
    document.title = dashboard?.title ?? `Dashboards of ${session.environment}`;
  }, [dashboard, session]);
  return (
    <>
      <Toolbar {...{ session, address, go, context }} />
      {!dashboard && <DashboardList session={session} address={address} />}
      {dashboard && context && (
        <DashboardView
          key={dashboard.uid}
          model={dashboard.model as DashboardModel}
          context={context}
          address={address}
          go={go}
        />
      )}
    </>
  );
}

function useAddress() {
  const [address, setAddress] = useState(() => parseAddress(location.search));
  useEffect(() => {
    const read = () => setAddress(parseAddress(location.search));
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);
  const go = useCallback((change: Partial<Address>) => {
    setAddress((before) => {
      const after = { ...before, ...change };
      history.pushState(null, "", formatAddress(after));
      return after;
    });
  }, []);
  return { address, go };
}

/** The session of the server. It is read again whenever the server reports a change. */
function useSession() {
  const [state, setState] = useState<{ readonly session?: Session; readonly error?: string }>({});
  useEffect(() => {
    const read = async () => {
      try {
        const response = await fetch("/api/session");
        if (!response.ok) throw new Error(await response.text());
        setState({ session: await response.json() });
      } catch (error) {
        setState(({ session }) => ({ session, error: String(error) }));
      }
    };
    read();
    const changes = new EventSource("/api/changes");
    changes.onmessage = read;
    return () => changes.close();
  }, []);
  return state;
}
