import { Dropdown, Icon, Menu, PanelChrome } from "@grafana/ui";
import type { LinkModel } from "../dashboard/model";

interface PanelLinksProps {
  readonly links: readonly LinkModel[];
  readonly replace: (text: string) => string;
}

/** One icon beside the title: it is the link, or opens a list of links. */
export function PanelLinks({ links, replace }: PanelLinksProps) {
  const icon = <Icon name="external-link-alt" size="md" />;
  const [link] = links;
  if (link && links.length === 1) {
    return (
      <PanelChrome.TitleItem href={replace(link.url ?? "")} title={replace(link.title ?? "")} target={targetOf(link)}>
        {icon}
      </PanelChrome.TitleItem>
    );
  }
  const list = (
    <Menu>
      {links.map((one) => (
        <Menu.Item key={one.url} label={replace(one.title ?? "")} url={replace(one.url ?? "")} target={targetOf(one)} />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={list}>
      <PanelChrome.TitleItem>{icon}</PanelChrome.TitleItem>
    </Dropdown>
  );
}

function targetOf({ targetBlank }: LinkModel): "_blank" | undefined {
  return targetBlank ? "_blank" : undefined;
}
