import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { Link, useLocation } from "wouter";

import { Brand } from "@/components/Brand";
import { ROOMS } from "@/desk/shell/rooms";
import { ScanOpens } from "@/desk/shell/ScanOpens";
import classes from "@/desk/shell/Shell.module.css";
import { UserMenu } from "@/desk/shell/UserMenu";
import { LineageNotice } from "@/features/backup/LineageNotice";
import { useSession } from "@/session/session";
import { TEST_IDS } from "@/testids";

/** The doors at the left, the room at the right. */
export function Shell({ children, onLeave }: { children: ReactNode; onLeave: () => void }) {
  const { t } = useLingui();
  const { role } = useSession();
  const [location, navigate] = useLocation();
  const rooms = ROOMS.filter((room) => room.roles.includes(role));

  const backToDesk = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== "F4" || event.altKey || role === "viewer") return;
    event.preventDefault();
    navigate("/desk");
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      backToDesk(event);
    };
    window.addEventListener("keydown", listener);
    return () => {
      window.removeEventListener("keydown", listener);
    };
  }, []);

  return (
    <div className={classes.shell}>
      <nav className={classes.nav} aria-label={t`Rooms`}>
        <div className={classes.brand}>
          <Brand />
        </div>
        {rooms.map(({ name, path, title, icon: Icon }) => {
          const here = path === "/" ? location === "/" : location.startsWith(path);
          return (
            <Link
              key={name}
              href={path}
              className={classes.door}
              aria-current={here ? "page" : undefined}
              data-testid={TEST_IDS.nav(name)}
            >
              <Icon size={20} stroke={1.75} aria-hidden />
              {t(title)}
            </Link>
          );
        })}
        <div className={classes.person}>
          <UserMenu onLeave={onLeave} layout="wide" />
        </div>
      </nav>
      {!location.startsWith("/products") && <ScanOpens />}
      <main className={classes.room}>
        {role === "admin" && <LineageNotice />}
        {children}
      </main>
    </div>
  );
}
