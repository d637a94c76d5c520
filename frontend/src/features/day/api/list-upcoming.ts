import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const DAYS = 30;
const SHOWN = 8;

/** GET /upcoming: birthdays and other dates of the next weeks. */
export const listUpcomingOptions = queryOptions({
  queryKey: ["day", "upcoming"] as const,
  queryFn: async ({ signal }) => {
    const query = { days: DAYS, limit: SHOWN };
    return (await answer(api.GET("/api/crm/upcoming", { params: { query }, signal }))).items;
  },
});
