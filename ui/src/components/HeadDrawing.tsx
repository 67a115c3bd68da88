import classes from "@/components/HeadDrawing.module.css";

/** How a head is held, or what it does. Left and right are the person's own, as in a mirror. */
export type HeadPose = "straight" | "left" | "right" | "up" | "down" | "speak" | "blink" | "turnLeft" | "turnRight";

const ARROWS: Readonly<Partial<Record<HeadPose, string>>> = {
  left: "M20 50H4m8-9-9 9 9 9",
  turnLeft: "M20 50H4m8-9-9 9 9 9",
  right: "M100 50h16m-8-9 9 9-9 9",
  turnRight: "M100 50h16m-8-9 9 9-9 9",
  up: "M108 64V38m-9 8 9-9 9 9",
  down: "M108 38v26m-9-8 9 9 9-9",
  speak: "M100 66q6 8 0 16m8-22q11 14 0 28",
};

/** A head that shows what to do: it moves, and with reduced motion it stands where the movement ends. */
export function HeadDrawing({ pose, size }: { pose: HeadPose; size: number }) {
  const arrow = ARROWS[pose];
  return (
    <svg className={classes.drawing} data-pose={pose} width={size} height={size} viewBox="0 0 120 120" aria-hidden>
      <path d="M12 118c3-19 21-26 48-26s45 7 48 26" />
      <ellipse className={classes.head} cx={60} cy={50} rx={32} ry={40} />
      <g className={classes.features}>
        <g className={classes.eyes}>
          <path d="M43 45q5-5 10 0m14 0q5-5 10 0" className={classes.lids} />
          <circle cx={48} cy={47} r={3.5} className={classes.eye} />
          <circle cx={72} cy={47} r={3.5} className={classes.eye} />
        </g>
        <path d="M60 51v10" />
        {pose === "speak" ? (
          <ellipse className={classes.mouth} cx={60} cy={73} rx={9} ry={6} />
        ) : (
          <path d="M51 72q9 6 18 0" />
        )}
      </g>
      {arrow !== undefined && <path className={classes.arrow} d={arrow} />}
    </svg>
  );
}
