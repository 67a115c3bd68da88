import { queryOptions } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

export const todayQuery = queryOptions({
  queryKey: ["stock", "today"],
  queryFn: () => commands.today(),
});
