import type { ReactNode } from "react";

import classes from "@/components/FilterBar.module.css";

interface FilterBarProps {
  children: ReactNode;
  /** What the filters leave, in words. */
  aside?: ReactNode;
}

/** Search and filters above a list, and how much they leave. */
export function FilterBar({ children, aside }: FilterBarProps) {
  return (
    <div className={classes.bar} role="search">
      {children}
      <div className={classes.aside} aria-live="polite">
        {aside}
      </div>
    </div>
  );
}
