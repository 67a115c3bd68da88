import { Trans } from "@lingui/react/macro";

/** How a movement was confirmed, in a word or two. */
export function MethodText({ method }: { method: string | null }) {
  switch (method) {
    case "face":
      return <Trans>face</Trans>;
    case "badge_face":
      return <Trans>badge and face</Trans>;
    case "vouched_face":
      return <Trans>vouched by face</Trans>;
    case "vouched_password":
      return <Trans>vouched by password</Trans>;
    case "admin_password":
      return <Trans>Admin’s password</Trans>;
    default:
      return <Trans>no confirmation</Trans>;
  }
}
