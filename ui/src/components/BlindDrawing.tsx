import classes from "@/components/BlindDrawing.module.css";
import type { BlindHint } from "@/ipc/hints";

/** The camera and what is wrong with it, in the place of a picture that would not be true any more. */
export function BlindDrawing({ hint }: { hint: BlindHint }) {
  return (
    <svg className={classes.drawing} data-hint={hint} viewBox="0 0 160 120" aria-hidden>
      {hint === "nobodyEnrolled" ? <Nobody /> : <Camera hint={hint} />}
    </svg>
  );
}

function Nobody() {
  return (
    <>
      <ellipse cx={80} cy={46} rx={26} ry={32} className={classes.dashed} />
      <path d="M34 114c3-18 18-25 46-25s43 7 46 25" className={classes.dashed} />
      <path d="M74 40q0-8 7-8t7 7q0 5-7 8v4m0 8v.5" />
    </>
  );
}

function Camera({ hint }: { hint: Exclude<BlindHint, "nobodyEnrolled"> }) {
  return (
    <>
      <g className={classes.camera}>
        <rect x={52} y={10} width={56} height={56} rx={28} />
        <circle cx={80} cy={38} r={13} className={hint === "cameraBlack" ? classes.covered : undefined} />
        <path d="M80 66v12m-22 0h44" />
      </g>
      {hint === "cameraMissing" && <path d="M80 78v12q0 10-10 10H40m-9-9 18 18m0-18-18 18" />}
      {hint === "cameraBusy" && (
        <g className={classes.window}>
          <rect x={88} y={58} width={58} height={44} rx={6} />
          <path d="M88 72h58M96 65h.5m8 0h.5" />
        </g>
      )}
      {hint === "cameraBlack" && <path d="M46 4l68 68" className={classes.strong} />}
      {hint === "cameraUpsideDown" && <path d="M30 84a54 54 0 0 1-6-62m-3 13 3-14 13 5M130 22a54 54 0 0 1 0 62m12-9-12 10-7-13" />}
    </>
  );
}
