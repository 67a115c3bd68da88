import { queryOptions } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

/** Read anew with every visit: what it counts changes with every look into the camera. */
export const faceReportQuery = queryOptions({
  queryKey: ["confirmation", "report"],
  queryFn: () => commands.faceReport(),
  staleTime: 0,
});
