import { describe, expect, it } from "vitest";
import { wishOf } from "./wish-of";

describe("wishOf", () => {
  it("takes an address, a profile, or a name with or without a company", () => {
    expect(wishOf(" satya@microsoft.example ")).toEqual({ email: "satya@microsoft.example" });
    expect(wishOf("linkedin.com/in/satya")).toEqual({
      linkedin_url: "https://linkedin.com/in/satya",
    });
    expect(wishOf("https://www.linkedin.com/in/satya/")).toEqual({
      linkedin_url: "https://www.linkedin.com/in/satya/",
    });
    expect(wishOf("Satya Nadella")).toEqual({ name: "Satya Nadella" });
    expect(wishOf("Satya Nadella at Microsoft")).toEqual({
      name: "Satya Nadella",
      company: "Microsoft",
    });
  });
});
