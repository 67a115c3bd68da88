import { useLingui } from "@lingui/react/macro";

/** The shortest password that the warehouse takes, in characters; the server has the last word. */
const SHORTEST = 8;

/** What is wrong with a password that is typed, in words. */
export function usePasswordProblem(): (password: string) => string | null {
  const { t } = useLingui();
  return (password) => ([...password].length < SHORTEST ? t`At least ${SHORTEST} characters` : null);
}
