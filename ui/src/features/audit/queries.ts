import { infiniteQueryOptions } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

const PAGE_SIZE = 100;

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit", "list"],
  queryFn: ({ pageParam }) => commands.listAudit(pageParam, PAGE_SIZE),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});
