import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** How a movement was confirmed, in a word or two. */
export const METHODS: Readonly<Record<string, MessageDescriptor>> = {
  face: msg`face`,
  badge_face: msg`badge and face`,
  vouched_face: msg`vouched by face`,
  vouched_password: msg`vouched by password`,
  admin_password: msg`Admin’s password`,
};
