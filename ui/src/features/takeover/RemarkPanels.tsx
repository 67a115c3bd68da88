import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";

import { Panel } from "@/components/Panel";
import { KINDS, remarkText } from "@/features/takeover/remarks";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { TAKEOVER } from "@/features/takeover/testids";
import { quantity } from "@/format/quantity";
import type { RemarkGroup } from "@/ipc/bindings";

const SHOWN = 6;

/** What is to be known, kind by kind, row by row. */
export function RemarkPanels({ remarks }: { remarks: RemarkGroup[] }) {
  return remarks.map((group) => <RemarkPanel key={group.kind} group={group} />);
}

function RemarkPanel({ group }: { group: RemarkGroup }) {
  const { t } = useLingui();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? group.first : group.first.slice(0, SHOWN);
  const left = quantity(String(group.count - shown.length));
  return (
    <Panel
      title={t(KINDS[group.kind])}
      aside={
        <span className={classes.remarkCount} data-kind={group.kind}>
          {quantity(String(group.count))}
        </span>
      }
    >
      <ul className={classes.remarks} data-testid={TAKEOVER.remarks(group.kind)}>
        {shown.map((remark, at) => (
          <li key={at}>
            <span className={classes.where}>{remark.row === null ? remark.part : `${remark.part} : ${String(remark.row)}`}</span>
            <span>{t(remarkText(remark))}</span>
          </li>
        ))}
      </ul>
      {shown.length < group.first.length ? (
        <Button
          mt={12}
          variant="default"
          className={classes.more}
          onClick={() => {
            setIsWhole(true);
          }}
        >
          <Trans>Show more</Trans>
        </Button>
      ) : (
        shown.length < group.count && (
          <p className={classes.quiet}>
            <Trans>{left} more stand in the saved report.</Trans>
          </p>
        )
      )}
    </Panel>
  );
}
