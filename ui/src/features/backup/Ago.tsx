import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";

import { quantity } from "@/format/quantity";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_HOURS = 24;
/** From here on hours say less than days. */
const HOURS_AT_MOST = 48;

/** How long ago an instant was, as it is said; goes on by itself. */
export function Ago({ at }: { at: string }) {
  const { t } = useLingui();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = window.setInterval(() => {
      setNow(Date.now());
    }, MINUTE_MS);
    return () => {
      window.clearInterval(ticking);
    };
  }, []);
  const minutes = Math.max(0, Math.floor((now - new Date(at).getTime()) / MINUTE_MS));
  const hours = Math.floor(minutes / HOUR_MINUTES);
  const days = Math.floor(hours / DAY_HOURS);
  if (minutes === 0) return <Trans>just now</Trans>;
  const figure = quantity(String(hours === 0 ? minutes : hours < HOURS_AT_MOST ? hours : days));
  if (hours === 0) return t`${plural(minutes, { one: `${figure} minute ago`, other: `${figure} minutes ago` })}`;
  if (hours < HOURS_AT_MOST) return t`${plural(hours, { one: `${figure} hour ago`, other: `${figure} hours ago` })}`;
  return t`${plural(days, { one: `${figure} day ago`, other: `${figure} days ago` })}`;
}
