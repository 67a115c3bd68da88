import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Page } from "@/components/Page";
import { Panel } from "@/components/Panel";
import { BelowMinimum } from "@/features/today/BelowMinimum";
import { todayQuery } from "@/features/today/queries";
import { RecentMovements } from "@/features/today/RecentMovements";
import { StatTiles } from "@/features/today/StatTiles";
import classes from "@/features/today/TodayPage.module.css";
import { WeekBars } from "@/features/today/WeekBars";
import { dayAndMonth } from "@/format/date";

/** The Admin's first screen: what needs an act today comes first. */
export function TodayPage() {
  const today = useQuery(todayQuery);
  const day = dayAndMonth(today.data?.date ?? new Date());
  return (
    <Page title={<Trans>Today, {day}</Trans>}>
      {today.isError && <ErrorNotice error={today.error} onRetry={() => void today.refetch()} />}
      <StatTiles today={today.data} />
      <div className={classes.columns}>
        <BelowMinimum today={today.data} />
        <div className={classes.side}>
          <Panel title={<Trans>7 days</Trans>} className={classes.week}>
            <WeekBars days={today.data?.days ?? []} />
          </Panel>
          <RecentMovements rows={today.data?.recent} />
        </div>
      </div>
    </Page>
  );
}
