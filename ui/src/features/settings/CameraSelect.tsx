import { ActionIcon, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { useFailureText } from "@/components/useFailureText";
import { camerasQuery } from "@/features/settings/queries";
import type { SettingsDraft } from "@/features/settings/settingsDraft";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";

/** Which camera, by its name; one that is not plugged in now stays chosen and says so. */
export function CameraSelect({ form }: { form: UseFormReturnType<SettingsDraft> }) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const cameras = useQuery(camerasQuery);
  const chosen = String(form.values.cameraIndex);
  const there = (cameras.data ?? []).map(({ index, name }) => ({ value: String(index), label: name }));
  const isThere = there.some(({ value }) => value === chosen);
  const missing = { value: chosen, label: cameras.isPending ? "…" : t`Camera ${chosen}: not plugged in` };
  return (
    <div className={classes.camera}>
      <Select
        label={<Trans>Which camera</Trans>}
        data={isThere ? there : [missing, ...there]}
        value={chosen}
        allowDeselect={false}
        error={cameras.isError && failureText(cameras.error)}
        onChange={(value) => {
          if (value !== null) form.setFieldValue("cameraIndex", Number(value));
        }}
        data-testid={SETTINGS.camera}
      />
      <ActionIcon
        size={40}
        variant="default"
        loading={cameras.isFetching}
        aria-label={t`Look for cameras again`}
        title={t`Look for cameras again`}
        onClick={() => void cameras.refetch()}
        data-testid={SETTINGS.cameraRefresh}
      >
        <IconRefresh size={20} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
