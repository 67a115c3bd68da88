import { useLingui } from "@lingui/react/macro";

import type { DraftProblem } from "@/features/product/productDraft";

/** A field's problem in words that say what to do. */
export function useProblemText(): (problem: DraftProblem | undefined) => string {
  const { t } = useLingui();
  return (problem) => {
    switch (problem) {
      case "missing":
        return t`Fill this in`;
      case "notANumber":
        return t`Type a number, for example 12 or 2,5`;
      case "notPositive":
        return t`Type more than zero`;
      case "tooManyDecimals":
        return t`Too many digits after the comma`;
      case "twice":
        return t`This code stands here already`;
      case undefined:
        return "";
    }
  };
}
