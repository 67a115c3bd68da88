import { Trans, useLingui } from "@lingui/react/macro";

import { METHODS } from "@/components/methods";

/** How a movement was confirmed, in a word or two. */
export function MethodText({ method }: { method: string | null }) {
  const { t } = useLingui();
  const words = method === null ? undefined : METHODS[method];
  return words === undefined ? <Trans>no confirmation</Trans> : t(words);
}
