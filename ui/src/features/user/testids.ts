/** Handles that tests of the real window take hold of. */
export const USER_LIST = {
  create: "user-create",
  menu: (id: string) => `user-menu-${id}`,
  role: (id: string) => `user-role-${id}`,
  password: (id: string) => `user-password-${id}`,
  setActive: (id: string) => `user-active-${id}`,
} as const;

export const USER_FORM = {
  login: "user-login",
  name: "user-name",
  role: (role: string) => `user-form-role-${role}`,
  password: "user-password-field",
  save: "user-save",
} as const;
