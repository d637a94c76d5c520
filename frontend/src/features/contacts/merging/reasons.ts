import type { DuplicateReason } from "@/types/api";

/** The words for what speaks for one person, or against it; `%` is the shared value. */
const WORDS: Record<string, string> = {
  same_profile: "Same LinkedIn profile",
  same_email: "Same e-mail: %",
  same_phone: "Same phone: %",
  same_name: "Same name",
  same_name_but_middle: "Same name but for the middle name",
  short_form: "A short form of the same name",
  initial: "Same surname and initial",
  similar_name: "Similar name",
  part_of_name: "Part of the same name",
  same_company: "Same company",
  same_title: "Same title",
  same_birthday: "Same birthday",
  another_name: "Clearly different names",
  of_an_office: "The address or number of an office",
  another_middle_name: "Different middle names",
  another_profile: "Different LinkedIn profiles",
  another_birthday: "Different birthdays",
  another_company: "Different companies",
  another_phone: "Different phones",
};

/** Return a reason in words; a new code by its name. */
export function reasonWords({ code, value }: DuplicateReason): string {
  const words = WORDS[code] ?? sentence(code);
  return value ? words.replace("%", value) : words.replace(/: %$/, "");
}

function sentence(code: string): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
