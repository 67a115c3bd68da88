import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Loader } from "@mantine/core";

import { Brand } from "@/components/Brand";
import classes from "@/desk/start/Start.module.css";
import type { StartStep } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

const STEP_TEXTS: Readonly<Record<StartStep, MessageDescriptor>> = {
  openingFolder: msg`Opening the data folder`,
  creatingDatabase: msg`Creating the database, once only`,
  startingDatabase: msg`Starting the database`,
  recoveringDatabase: msg`Putting the data in order after a power cut`,
  checkingDatabase: msg`Checking that what is saved stays saved`,
  preparingTables: msg`Preparing the tables`,
  loadingFaces: msg`Loading the employees' faces`,
};

/** The house is opening: what it does now, in one sentence. */
export function StartScreen({ step }: { step: StartStep | null }) {
  const { t } = useLingui();
  return (
    <main className={classes.screen} data-testid={TEST_IDS.startScreen}>
      <Brand size="large" />
      <p className={classes.step} role="status" data-testid={TEST_IDS.startStep} data-step={step}>
        <Loader size={20} color="var(--o-brand)" />
        {step === null ? <Trans>Opening the warehouse</Trans> : t(STEP_TEXTS[step])}
      </p>
    </main>
  );
}
