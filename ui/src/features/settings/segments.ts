import classes from "@/features/settings/segments.module.css";

/** The looks of a choice between a few words, in either theme. */
export const SEGMENTS = {
  root: classes.root ?? "",
  indicator: classes.indicator ?? "",
  label: classes.label ?? "",
};
