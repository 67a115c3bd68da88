/** Handles that tests of the real window take hold of. */
export const EMPLOYEE_LIST = {
  create: "employee-create",
  menu: (id: string) => `employee-menu-${id}`,
  enrol: (id: string) => `employee-enrol-${id}`,
  topUp: (id: string) => `employee-top-up-${id}`,
  redo: (id: string) => `employee-redo-${id}`,
  badge: (id: string) => `employee-badge-${id}`,
  erase: (id: string) => `employee-erase-${id}`,
  setActive: (id: string) => `employee-active-${id}`,
} as const;

export const EMPLOYEE_FORM = {
  name: "employee-name",
  save: "employee-save",
} as const;

export const ERASE_DIALOG = {
  confirm: "employee-erase-confirm",
} as const;

export const BADGE_DIALOG = {
  image: "employee-badge-image",
  code: "employee-badge-code",
} as const;
