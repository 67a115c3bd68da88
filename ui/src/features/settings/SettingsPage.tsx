import { Skeleton } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Page } from "@/components/Page";
import { ControlCards } from "@/features/settings/ControlCards";
import { settingsQuery } from "@/features/settings/queries";
import { SettingsForm } from "@/features/settings/SettingsForm";

/** How this station and the warehouse are set. */
export function SettingsPage() {
  const settings = useQuery(settingsQuery);
  return (
    <Page title={<Trans>Settings</Trans>}>
      {settings.isError && <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.isPending && <Skeleton height={320} radius="xl" />}
      {settings.data !== undefined && <SettingsForm key={settings.dataUpdatedAt} settings={settings.data} />}
      <ControlCards />
    </Page>
  );
}
