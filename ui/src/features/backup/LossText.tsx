import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";

import { quantity } from "@/format/quantity";

/** What would be lost, in one sentence that is the largest thing of the dialog; `since` is a date as it is read. */
export function LossText({ movements, since }: { movements: number; since: string | null }) {
  const { t } = useLingui();
  if (movements === 0) return <Trans>No movement would be lost.</Trans>;
  const figure = quantity(String(movements));
  return (
    <>
      {t`${plural(movements, { one: `${figure} movement would be lost.`, other: `${figure} movements would be lost.` })}`}{" "}
      {since !== null && <Trans>They were posted after {since}.</Trans>}
    </>
  );
}

/** What was lost, counted. */
export function LostText({ movements }: { movements: number }) {
  const { t } = useLingui();
  if (movements === 0) return <Trans>No movement was lost.</Trans>;
  const figure = quantity(String(movements));
  return t`${plural(movements, { one: `${figure} movement was lost.`, other: `${figure} movements were lost.` })}`;
}
