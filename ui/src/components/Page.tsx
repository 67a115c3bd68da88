import { Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "@/components/Page.module.css";

interface PageProps {
  title: ReactNode;
  /** Stands before the title, e.g. the way back. */
  before?: ReactNode;
  /** The acts that the page offers; the most wanted one last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A screen of the house: its name, its acts, its regions. */
export function Page({ title, before, actions, children }: PageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        {before}
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
