import { useLingui } from "@lingui/react/macro";

/** As the database's rules have it. */
const MIN_LENGTH = 8;

interface NewPassword {
  password: string;
  /** The same once more: nobody sees what they type. */
  repeated: string;
}

/** What a form says of a password that somebody chooses; null where there is nothing to say. */
export function useNewPassword() {
  const { t } = useLingui();
  return {
    password: (password: string) => (password.length < MIN_LENGTH ? t`At least 8 characters.` : null),
    repeated: (repeated: string, { password }: NewPassword) => (repeated === password ? null : t`The passwords differ.`),
  };
}
