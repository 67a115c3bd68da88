import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { createQueryClient } from "@/desk/queryClient";
import { listen } from "@/ipc/events";
import { cssVariables, theme } from "@/theme/theme";

/** What every screen stands on: words, colours, addresses, and what was read from the desk. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  useEffect(
    () =>
      listen("changed", ({ tags }) => {
        for (const tag of tags) void client.invalidateQueries({ queryKey: [tag] });
      }),
    [client],
  );
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-center" limit={3} />
        <QueryClientProvider client={client}>
          <Router hook={useHashLocation}>{children}</Router>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
