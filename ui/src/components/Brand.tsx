import { IconBuildingWarehouse } from "@tabler/icons-react";

import classes from "@/components/Brand.module.css";

const NAME = "Ombor";

/** The sign over the door. */
export function Brand({ size = "small" }: { size?: "small" | "large" }) {
  return (
    <span className={classes.brand} data-size={size}>
      <IconBuildingWarehouse stroke={2} aria-hidden />
      {NAME}
    </span>
  );
}
