import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { api } from "@/lib/api-client";
import { ApiError } from "@/lib/api-error";
import { queryClient } from "@/lib/query-client";
import { previewIntroductionOptions } from "./preview-introduction";

afterEach(() => vi.restoreAllMocks());

it("reports at once that the letters of a day are spent, however long that lasts", async () => {
  const response = new Response(null, { status: 429, headers: { "Retry-After": "80000" } });
  const asked = vi.spyOn(api, "POST").mockResolvedValue({ error: {}, response });
  const client = new QueryClient({ defaultOptions: queryClient.getDefaultOptions() });
  const options = previewIntroductionOptions({ target_id: "mei", message: "Hello." });
  await client.query({ retry: 2, ...options }).catch(() => undefined);
  expect(client.getQueryState(options.queryKey)?.error).toBeInstanceOf(ApiError);
  expect(asked).toHaveBeenCalledTimes(1);
});
