import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";

import type { StationHealth } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";

const healthQuery = queryOptions({ queryKey: ["health"], queryFn: () => commands.stationHealth() });

/**
 * Follows the station's health from the login on, in whatever room somebody is: the worker's screen shows at once
 * how things are, without a moment of not knowing.
 */
export function useFollowedHealth(): void {
  const client = useQueryClient();
  useQuery({ ...healthQuery, staleTime: 0 });
  useDeskEvent(
    "healthChanged",
    (health) => {
      void client.cancelQueries(healthQuery);
      client.setQueryData(healthQuery.queryKey, health);
    },
    () => void client.invalidateQueries(healthQuery),
  );
}

/** How the parts of the station are; null before they were asked for the first time. */
export function useHealth(): StationHealth | null {
  return useQuery(healthQuery).data ?? null;
}
