import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  IconArrowsExchange,
  IconDatabaseExport,
  IconDatabaseImport,
  IconFaceId,
  IconHistory,
  IconLayoutDashboard,
  IconScan,
  IconPackage,
  IconSettings,
  IconUserCog,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";

import type { Role } from "@/ipc/bindings";

/** A room of the house: its door in the list at the left. */
export interface Room {
  name: string;
  path: string;
  title: MessageDescriptor;
  icon: Icon;
  roles: readonly Role[];
}

/** In the order of the doors. The desk refuses by itself what a role may not do; this only spares a locked door. */
export const ROOMS: readonly Room[] = [
  { name: "today", path: "/", title: msg`Today`, icon: IconLayoutDashboard, roles: ["admin", "viewer"] },
  { name: "desk", path: "/desk", title: msg`Desk`, icon: IconScan, roles: ["admin", "operator"] },
  { name: "products", path: "/products", title: msg`Products`, icon: IconPackage, roles: ["admin", "viewer"] },
  {
    name: "movements",
    path: "/movements",
    title: msg`Movements`,
    icon: IconArrowsExchange,
    roles: ["admin", "operator", "viewer"],
  },
  { name: "employees", path: "/employees", title: msg`Employees`, icon: IconUsers, roles: ["admin"] },
  { name: "gate", path: "/gate", title: msg`Face gate`, icon: IconFaceId, roles: ["admin"] },
  { name: "users", path: "/users", title: msg`Users`, icon: IconUserCog, roles: ["admin"] },
  { name: "audit", path: "/audit", title: msg`Log`, icon: IconHistory, roles: ["admin"] },
  { name: "takeover", path: "/takeover", title: msg`Old data`, icon: IconDatabaseImport, roles: ["admin"] },
  { name: "backup", path: "/backup", title: msg`Backup`, icon: IconDatabaseExport, roles: ["admin"] },
  { name: "settings", path: "/settings", title: msg`Settings`, icon: IconSettings, roles: ["admin"] },
];

/** Where a person starts. */
export function firstPath(role: Role): string {
  return role === "operator" ? "/desk" : "/";
}
