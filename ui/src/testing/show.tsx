import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { connect } from "@/ipc/client";
import { createFake, type Fake } from "@/ipc/fake";
import { SessionContext } from "@/session/session";
import { cssVariables, theme } from "@/theme/theme";

/** Shows a screen against a desk in memory, to whoever is logged in there, and hands the desk over. */
export function show(screen: ReactNode, fake: Fake = createFake()): Fake {
  connect(fake);
  render(
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
        <Notifications />
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
          <SessionContext value={fake.store.session}>
            <Router hook={useHashLocation}>{screen}</Router>
          </SessionContext>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>,
  );
  return fake;
}
