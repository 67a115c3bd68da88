import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconLayoutDashboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useLocation } from "wouter";

import { LanguageButtons } from "@/components/LanguageButtons";
import { ThemeButtons } from "@/components/ThemeButtons";
import { ROLE_NAMES } from "@/desk/shell/roleNames";
import classes from "@/desk/shell/Shell.module.css";
import { useSession } from "@/session/session";
import { TEST_IDS } from "@/testids";

interface UserMenuProps {
  /** `wide` has the role below the name, `line` beside it. */
  layout: "wide" | "line";
  onLeave: () => void;
}

/** Who is here, in which language and light; and the way out. */
export function UserMenu({ layout, onLeave }: UserMenuProps) {
  const { t } = useLingui();
  const { name, role } = useSession();
  const [location, navigate] = useLocation();
  const roleName = t(ROLE_NAMES[role]);
  return (
    <Menu position="bottom-end" width={360} shadow="none" trapFocus={false} returnFocus={false}>
      <Menu.Target>
        <button type="button" className={classes.user} data-layout={layout} data-testid={TEST_IDS.userMenu}>
          <IconUserCircle size={24} stroke={1.75} aria-hidden />
          {layout === "wide" ? (
            <span className={classes.names}>
              <span className={classes.name}>{name}</span>
              <span className={classes.role}>{roleName}</span>
            </span>
          ) : (
            <span className={classes.names}>{`${name} · ${roleName}`}</span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.menuPart}>
          <LanguageButtons />
        </div>
        <Menu.Divider />
        <div className={classes.menuPart}>
          <ThemeButtons />
        </div>
        <Menu.Divider />
        {role === "admin" && location === "/desk" && (
          <Menu.Item
            leftSection={<IconLayoutDashboard size={20} stroke={1.75} />}
            onClick={() => {
              navigate("/");
            }}
          >
            <Trans>To the Admin's rooms</Trans>
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={20} stroke={1.75} />}
          onClick={onLeave}
          data-testid={TEST_IDS.logOut}
        >
          <Trans>Log out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
