import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Role } from "@/ipc/bindings";

/** What a role is called on the screens. */
export const ROLE_NAMES: Readonly<Record<Role, MessageDescriptor>> = {
  admin: msg`Admin`,
  operator: msg`Operator`,
  viewer: msg`Viewer`,
};
