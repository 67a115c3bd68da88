import { Skeleton } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { useCurrencyName } from "@/components/useCurrencyName";
import { scaledSum } from "@/features/today/scale";
import { TODAY } from "@/features/today/testids";
import classes from "@/features/today/TodayPage.module.css";
import { clock, dateOnly, isToday } from "@/format/date";
import { quantity, signed } from "@/format/quantity";
import type { Today, Turnover } from "@/ipc/bindings";

/** Four figures: what the stock is worth, what moved today, how old the last backup is. */
export function StatTiles({ today }: { today: Today | undefined }) {
  return (
    <div className={classes.tiles}>
      <Tile name={<Trans>Stock value</Trans>} testId={TODAY.value} note={today && <Worth today={today} />}>
        {today && <Sum decimal={today.stockValue} />}
      </Tile>
      <Tile name={<Trans>In</Trans>} tone="in" testId={TODAY.in} note={today && <Made turnover={today.in} />}>
        {today && signed(today.in.quantity, "in")}
      </Tile>
      <Tile name={<Trans>Out</Trans>} tone="out" testId={TODAY.out} note={today && <Made turnover={today.out} />}>
        {today && signed(today.out.quantity, "out")}
      </Tile>
      <BackupTile today={today} />
    </div>
  );
}

interface TileProps {
  name: ReactNode;
  tone?: "in" | "out" | "warning";
  testId: string;
  note: ReactNode;
  children: ReactNode;
}

function Tile({ name, tone, testId, note, children }: TileProps) {
  return (
    <section className={classes.tile}>
      <p className={classes.tileName}>{name}</p>
      <p className={classes.tileFigure} data-tone={tone} data-testid={testId}>
        {children ?? <Skeleton component="span" display="block" width={120} height={28} mt={6} />}
      </p>
      <p className={classes.tileNote}>{note ?? <Skeleton component="span" display="block" width={150} height={12} />}</p>
    </section>
  );
}

function Sum({ decimal }: { decimal: string }) {
  const { amount, unit } = scaledSum(decimal);
  const figure = quantity(amount);
  switch (unit) {
    case "one":
      return figure;
    case "million":
      return <Trans>{figure} M</Trans>;
    case "billion":
      return <Trans>{figure} B</Trans>;
  }
}

function Worth({ today }: { today: Today }) {
  const currencyName = useCurrencyName();
  const count = quantity(String(today.productCount));
  return (
    <>
      {currencyName(today.currency)} ·{" "}
      <Plural value={today.productCount} one={`${count} product`} other={`${count} products`} />
    </>
  );
}

function Made({ turnover }: { turnover: Turnover }) {
  const figure = quantity(String(turnover.documents));
  return <Plural value={turnover.documents} one={`${figure} document`} other={`${figure} documents`} />;
}

function BackupTile({ today }: { today: Today | undefined }) {
  const name = <Trans>Last backup</Trans>;
  if (today?.backupsElsewhere === true) {
    return (
      <Tile name={name} testId={TODAY.backup} note={<Trans>by another desk or server</Trans>}>
        <Trans>elsewhere</Trans>
      </Tile>
    );
  }
  if (today?.lastBackupAt === null) {
    return (
      <Tile name={name} tone="warning" testId={TODAY.backup} note={<Trans>take the first one today</Trans>}>
        <Trans>none</Trans>
      </Tile>
    );
  }
  const at = today?.lastBackupAt;
  const isFresh = at === undefined || isToday(at);
  return (
    <Tile
      name={name}
      tone={isFresh ? undefined : "warning"}
      testId={TODAY.backup}
      note={at && <Trans>verified</Trans>}
    >
      {at && (isToday(at) ? clock(at) : dateOnly(at))}
    </Tile>
  );
}
