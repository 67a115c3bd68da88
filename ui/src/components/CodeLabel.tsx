import { Skeleton } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import classes from "@/components/CodeLabel.module.css";

interface CodeLabelProps {
  /** Undefined while it is being drawn. */
  label: { code: string; pngDataUrl: string } | undefined;
  caption: ReactNode;
  imageTestId?: string;
  codeTestId?: string;
}

/** A code as it is printed: the picture on white paper in either theme, its digits below. */
export function CodeLabel({ label, caption, imageTestId, codeTestId }: CodeLabelProps) {
  const { t } = useLingui();
  return (
    <figure className={classes.label}>
      {label === undefined ? (
        <Skeleton width={160} height={160} radius={6} />
      ) : (
        <img src={label.pngDataUrl} alt={t`Code ${label.code}`} data-testid={imageTestId} />
      )}
      <figcaption>
        <span className={classes.caption}>{caption}</span>
        <span className={classes.code} data-testid={codeTestId}>
          {label?.code}
        </span>
      </figcaption>
    </figure>
  );
}
