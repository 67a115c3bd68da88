import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

import type { Role } from "@/ipc/bindings";

/** Every role, the one that may most first. */
export const ROLES: readonly Role[] = ["admin", "operator", "viewer"];

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** What a role is called. */
export const ROLE_NAMES: Readonly<Record<Role, MessageDescriptor>> = {
  admin: msg`Admin`,
  operator: msg`Operator`,
  viewer: msg`Viewer`,
};

/** What a role is called, in the language of the screen. */
export function useRoleNames(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return { admin: t(ROLE_NAMES.admin), operator: t(ROLE_NAMES.operator), viewer: t(ROLE_NAMES.viewer) };
}

/** What a role may do, in a line. */
export function useRoleDuties(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return {
    admin: t`Manages everything and puts mistakes right`,
    operator: t`Takes goods in and gives them out`,
    viewer: t`Looks, and changes nothing`,
  };
}
