import { queryOptions } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

/** It stands on stock, products and backups at once, and a key has one tag: so it is read anew with every visit. */
export const todayQuery = queryOptions({
  queryKey: ["stock", "today"],
  queryFn: () => commands.today(),
  staleTime: 0,
});
