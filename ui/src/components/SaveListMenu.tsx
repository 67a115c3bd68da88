import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { LIST_HEADS } from "@/components/listHeads";
import { useFailureText } from "@/components/useFailureText";
import { quantity } from "@/format/quantity";
import type { ListChoice, ListField, ListFormat } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

interface SaveListMenuProps {
  /** Which list, under the filters that are set. */
  list: ListChoice;
  /** What the list is called. */
  title: string;
  /** Its columns, in their order. */
  fields: readonly ListField[];
  /** What the screen calls the values that are kept as words. */
  words?: Readonly<Record<string, MessageDescriptor>>;
  /** A sign alone, where the list is a region among others. */
  compact?: boolean;
}

const YES_AND_NO: Readonly<Record<string, MessageDescriptor>> = { yes: msg`yes`, no: msg`no` };

/** Saves a list as it is filtered, with heads and words in the language of the screen, where the person chooses. */
export function SaveListMenu({ list, title, fields, words = {}, compact = false }: SaveListMenuProps) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const save = useMutation({
    mutationFn: async (format: ListFormat) => {
      const path = await commands.chooseListFile(fileName(title), format);
      if (path === null) return null;
      const columns = fields.map((field) => ({ field, head: t(LIST_HEADS[field]) }));
      const told = Object.entries({ ...YES_AND_NO, ...words }).map(([value, text]) => [value, t(text)] as const);
      return commands.saveList({ list, format, path, title, columns, words: Object.fromEntries(told) });
    },
    onSuccess: (saved) => {
      if (saved === null) return;
      const { path } = saved;
      const rows = quantity(String(saved.rows));
      notifications.show({ title: t`Saved, rows: ${rows}`, message: path, color: "saved" });
    },
    onError: (error) => {
      notifications.show({ message: failureText(error), color: "refused", autoClose: false });
    },
  });
  return (
    <Menu position="bottom-end" shadow="none" width={280}>
      <Menu.Target>
        {compact ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t`Save as a file`}
            title={t`Save as a file`}
            loading={save.isPending}
            data-testid={TEST_IDS.saveList}
          >
            <IconDownload size={20} stroke={1.75} />
          </ActionIcon>
        ) : (
          <Button
            variant="default"
            leftSection={<IconDownload size={18} />}
            loading={save.isPending}
            data-testid={TEST_IDS.saveList}
          >
            {t`Save as a file`}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFileSpreadsheet size={20} stroke={1.75} />}
          onClick={() => {
            save.mutate("excel");
          }}
          data-testid={TEST_IDS.saveListAs("excel")}
        >
          {t`Excel workbook`}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileTypeCsv size={20} stroke={1.75} />}
          onClick={() => {
            save.mutate("csv");
          }}
          data-testid={TEST_IDS.saveListAs("csv")}
        >
          {t`CSV for other programs`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** `Movements 2026-11-21`: a proposal that sorts by day. */
function fileName(title: string): string {
  const today = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${title} ${String(today.getFullYear())}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
}
