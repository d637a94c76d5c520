import { expect, it } from "vitest";
import { renamedColumns } from "./contact-list-store";

it("keeps the columns that were chosen before the column of strengths was renamed", () => {
  expect(renamedColumns({ columns: ["company", "warmth", "updated"] })).toEqual({
    columns: ["company", "strength", "updated"],
  });
});
