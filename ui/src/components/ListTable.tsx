import { Button, Skeleton } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import {
  createColumnHelper,
  FlexRender,
  metaHelper,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ColumnHelper,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

import classes from "@/components/ListTable.module.css";

/** How a column is laid out; numbers stand at the right end so that their digits line up. */
export interface ColumnLayout {
  align?: "end";
  /** A CSS length; columns without one share what is left. */
  width?: string;
  /** Secondary columns are quiet, the first column and numbers that matter are strong. */
  tone?: "strong" | "quiet";
}

const features = tableFeatures({ columnMeta: metaHelper<ColumnLayout>() });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the library's own type for columns of mixed values
export type ListColumns<Row extends object> = ColumnDef<typeof features, Row, any>[];

export function listColumns<Row extends object>(): ColumnHelper<typeof features, Row> {
  return createColumnHelper<typeof features, Row>();
}

interface ListTableProps<Row extends object> {
  label: string;
  columns: ListColumns<Row>;
  /** Undefined while the first page is on its way. */
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  /** Faded rows stay readable but are no longer in force. */
  isFaded?: (row: Row) => boolean;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  more?: { wanted: boolean; loading: boolean; load: () => void };
}

const SKELETON_ROWS = 8;

/** A list of rows: plain table, numbers at the right, the next page behind a button. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { columns, rows, rowId, isFaded, empty, more, label } = props;
  const table = useTable({ features, columns, data: rows ?? NO_ROWS as Row[], getRowId: rowId });
  if (rows !== undefined && rows.length === 0) return <div className={classes.region}>{empty}</div>;
  return (
    <div className={classes.region}>
      <table className={classes.table} aria-label={label} aria-busy={rows === undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const layout = header.column.columnDef.meta;
                return (
                  <th key={header.id} scope="col" data-align={layout?.align} style={{ width: layout?.width }}>
                    <FlexRender header={header} />
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {rows === undefined && <SkeletonRows columns={columns.length} />}
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} data-row={row.id} data-faded={isFaded?.(row.original) || undefined}>
              {row.getAllCells().map((cell) => {
                const layout = cell.column.columnDef.meta;
                return (
                  <td key={cell.id} data-align={layout?.align} data-tone={layout?.tone}>
                    <FlexRender cell={cell} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {more?.wanted && (
        <div className={classes.more}>
          <Button variant="default" loading={more.loading} onClick={more.load} data-testid="list-more">
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

const NO_ROWS: object[] = [];

function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (__, column) => (
        <td key={column}>
          <Skeleton height={12} width={column === 0 ? "70%" : "50%"} radius="sm" />
        </td>
      ))}
    </tr>
  ));
}
