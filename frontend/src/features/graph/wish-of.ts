import type { WishCreate } from "@/types/api";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PROFILE = /linkedin\.com\/in\//i;

/** Return the wish that a typed text means: an e-mail address, a LinkedIn address, or a name. */
export function wishOf(text: string): WishCreate {
  const typed = text.trim();
  if (ADDRESS.test(typed)) return { email: typed };
  if (PROFILE.test(typed)) {
    return { linkedin_url: /^https?:/i.test(typed) ? typed : `https://${typed}` };
  }
  const [, name, company] = /^(.+?)\s+(?:at|@)\s+(.+)$/i.exec(typed) ?? [];
  return name && company ? { name, company } : { name: typed };
}
