import { NumberInput, SegmentedControl, Slider, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";

import { Panel } from "@/components/Panel";
import { CameraSelect } from "@/features/settings/CameraSelect";
import { SEGMENTS } from "@/features/settings/segments";
import { AUDIBLE, GAP_MS, type SettingsDraft } from "@/features/settings/settingsDraft";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";

type Form = UseFormReturnType<SettingsDraft>;

/** The camera, the loudspeaker and the scanner of this station. */
export function DevicesPanel({ form }: { form: Form }) {
  const { t } = useLingui();
  return (
    <Panel title={<Trans>Camera, sound, scanner</Trans>}>
      <div className={classes.fields}>
        <div>
          <p className={classes.label} id="settings-source-label">
            <Trans>Where faces come from</Trans>
          </p>
          <SegmentedControl
            {...form.getInputProps("sourceKind")}
            fullWidth
            classNames={SEGMENTS}
            aria-labelledby="settings-source-label"
            data={[
              { value: "camera", label: t`Camera` },
              { value: "folder", label: t`Folder` },
              { value: "video", label: t`Video` },
            ]}
            data-testid={SETTINGS.sourceKind}
          />
        </div>
        <SourceParticulars form={form} />
        <Sound form={form} />
        <NumberInput
          {...form.getInputProps("maxGapMs")}
          label={<Trans>Longest pause inside a scan, milliseconds</Trans>}
          description={<Trans>Raise it when a slow scanner’s codes arrive in pieces</Trans>}
          min={GAP_MS.least}
          max={GAP_MS.most}
          clampBehavior="strict"
          allowDecimal={false}
          data-testid={SETTINGS.maxGap}
        />
      </div>
    </Panel>
  );
}

function SourceParticulars({ form }: { form: Form }) {
  switch (form.values.sourceKind) {
    case "camera":
      return <CameraSelect form={form} />;
    case "folder":
      return (
        <TextInput
          {...form.getInputProps("sourcePath")}
          label={<Trans>Folder with pictures</Trans>}
          description={<Trans>Played in the order of their names</Trans>}
          data-testid={SETTINGS.sourcePath}
        />
      );
    case "video":
      return (
        <TextInput
          {...form.getInputProps("sourcePath")}
          label={<Trans>Video file</Trans>}
          data-testid={SETTINGS.sourcePath}
        />
      );
  }
}

function Sound({ form }: { form: Form }) {
  const { t } = useLingui();
  const isMuted = form.values.soundVolume === 0;
  return (
    <div>
      <div className={classes.sound}>
        <p className={classes.label}>
          <Trans>Sound</Trans>
        </p>
        <Switch
          checked={isMuted}
          onChange={(event) => {
            form.setFieldValue("soundVolume", event.currentTarget.checked ? 0 : AUDIBLE);
          }}
          label={<Trans>Mute</Trans>}
          data-testid={SETTINGS.mute}
        />
      </div>
      <Slider
        value={form.values.soundVolume}
        onChange={(volume) => {
          form.setFieldValue("soundVolume", volume);
        }}
        min={0}
        max={100}
        step={5}
        label={(volume) => `${String(volume)} %`}
        thumbLabel={t`Volume`}
        data-testid={SETTINGS.volume}
      />
    </div>
  );
}
