import type { ReactNode } from "react";

import classes from "@/components/StateBadge.module.css";

export type BadgeTone = "in" | "out" | "saved" | "refused" | "warning" | "quiet";

interface StateBadgeProps {
  tone: BadgeTone;
  /** A state is never told by colour alone. */
  icon: ReactNode;
  children: ReactNode;
}

/** One word on how something is: colour, sign and text. */
export function StateBadge({ tone, icon, children }: StateBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
