import { NumberInput, Switch } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconFaceId, IconId } from "@tabler/icons-react";

import { ChoiceCards } from "@/components/ChoiceCards";
import { Panel } from "@/components/Panel";
import { StateBadge } from "@/components/StateBadge";
import { PATIENCE_SECONDS, type SettingsDraft } from "@/features/settings/settingsDraft";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";

/** Who may confirm a movement, and how: for the whole warehouse. */
export function ConfirmationPanel({ form }: { form: UseFormReturnType<SettingsDraft> }) {
  const { t } = useLingui();
  return (
    <Panel title={<Trans>How a movement is confirmed</Trans>}>
      <div className={classes.confirmation}>
        <ChoiceCards
          label={t`How a movement is confirmed`}
          columns={2}
          choices={[
            {
              value: "face",
              icon: <IconFaceId />,
              title: <Trans>Face alone</Trans>,
              text: <Trans>Whoever looks at the camera is found among all employees. Nothing to carry. For up to 20 people.</Trans>,
            },
            {
              value: "badgeFace",
              icon: <IconId />,
              title: <Trans>Badge and face</Trans>,
              mark: (
                <StateBadge tone="saved" icon={null}>
                  <Trans>surer</Trans>
                </StateBadge>
              ),
              text: <Trans>The badge says who it is, the face says yes. For many people, or for those who look alike.</Trans>,
            },
          ]}
          value={form.values.confirmationMode}
          onChange={(mode) => {
            form.setFieldValue("confirmationMode", mode);
          }}
          testId={SETTINGS.confirmationMode}
        />
        <div className={classes.gate}>
          <Switch
            {...form.getInputProps("liveness", { type: "checkbox" })}
            label={<Trans>Ask for a blink or a turn of the head</Trans>}
            description={<Trans>A photo cannot do that. A video or a mask may still get through.</Trans>}
            data-testid={SETTINGS.liveness}
          />
          <Switch
            {...form.getInputProps("vouching", { type: "checkbox" })}
            label={<Trans>Somebody else may vouch</Trans>}
            description={<Trans>When a face does not come through: another employee’s face or an Admin’s password.</Trans>}
            data-testid={SETTINGS.vouching}
          />
          <NumberInput
            {...form.getInputProps("facePatienceSeconds")}
            label={<Trans>Wait for a face, seconds</Trans>}
            description={<Trans>Then other ways are offered</Trans>}
            min={PATIENCE_SECONDS.least}
            max={PATIENCE_SECONDS.most}
            clampBehavior="strict"
            allowDecimal={false}
            data-testid={SETTINGS.patience}
          />
        </div>
      </div>
    </Panel>
  );
}
