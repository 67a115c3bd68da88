import { Trans, useLingui } from "@lingui/react/macro";

import classes from "@/features/today/WeekBars.module.css";
import { weekday } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { DayTurnover } from "@/ipc/bindings";

const WIDTH = 506;
const HEIGHT = 164;
const PLOT = 132;
const BAR = 21;
const GAP = 4;
const MIN_BAR = 3;

/** What came in and went out on the last seven days; the numbers are in each bar's title. */
export function WeekBars({ days }: { days: DayTurnover[] }) {
  const { t } = useLingui();
  const highest = Math.max(1, ...days.flatMap((day) => [Number(day.in), Number(day.out)]));
  const step = WIDTH / Math.max(1, days.length);
  return (
    <>
      <div className={classes.legend}>
        <span data-direction="in">
          <Trans>In</Trans>
        </span>
        <span data-direction="out">
          <Trans>Out</Trans>
        </span>
      </div>
      <svg className={classes.bars} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={t`In and out, last seven days`}>
        {days.map((day, index) => {
          const middle = step * (index + 0.5);
          const name = index === days.length - 1 ? t`Today` : weekday(day.date);
          return (
            <g key={day.date}>
              <Bar direction="in" x={middle - BAR - GAP / 2} share={Number(day.in) / highest} title={`${name}: +${quantity(day.in)}`} />
              <Bar direction="out" x={middle + GAP / 2} share={Number(day.out) / highest} title={`${name}: −${quantity(day.out)}`} />
              <text x={middle} y={HEIGHT - 8}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </>
  );
}

function Bar({ direction, x, share, title }: { direction: "in" | "out"; x: number; share: number; title: string }) {
  const height = share === 0 ? 0 : Math.max(MIN_BAR, share * PLOT);
  return (
    <rect data-direction={direction} x={x} y={PLOT - height} width={BAR} height={height} rx={4}>
      <title>{title}</title>
    </rect>
  );
}
