import classes from "@/components/Code.module.css";

/** A code as it was scanned: never grouped, rounded or broken, for it is a name and no number. */
export function Code({ children }: { children: string }) {
  return <span className={classes.code}>{children}</span>;
}
