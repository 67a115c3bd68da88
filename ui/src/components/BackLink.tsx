import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "wouter";

/** The way back to the list that a page belongs to. */
export function BackLink({ href }: { href: string }) {
  const { t } = useLingui();
  return (
    <ActionIcon component={Link} href={href} size={40} variant="subtle" color="gray" aria-label={t`Back`}>
      <IconArrowLeft size={22} />
    </ActionIcon>
  );
}
