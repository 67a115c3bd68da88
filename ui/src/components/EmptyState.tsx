import type { ReactNode } from "react";

import classes from "@/components/EmptyState.module.css";

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What would stand here, and how it comes here. */
  text?: ReactNode;
  /** The first act. */
  action?: ReactNode;
}

/** An empty list: what it is for, and the first act. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon !== undefined && <div className={classes.icon}>{icon}</div>}
      <h2 className={classes.title}>{title}</h2>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {action}
    </div>
  );
}
