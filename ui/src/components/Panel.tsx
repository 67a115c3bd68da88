import type { ReactNode } from "react";

import classes from "@/components/Panel.module.css";

interface PanelProps {
  title?: ReactNode;
  /** Stands at the end of the title's line. */
  aside?: ReactNode;
  /** One sentence on what this region is for. */
  explanation?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A region of a page: a card with a quiet line around it. */
export function Panel({ title, aside, explanation, children, className }: PanelProps) {
  return (
    <section className={className === undefined ? classes.panel : `${classes.panel ?? ""} ${className}`}>
      {(title !== undefined || aside !== undefined) && (
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {aside}
        </div>
      )}
      {explanation !== undefined && <p className={classes.explanation}>{explanation}</p>}
      {children}
    </section>
  );
}
