import { FOLDER_KINDS, LABEL_KINDS } from "./labels";
import { decodeWords, headerText, spaced, stripped } from "./text";

/** Messages that no person wrote to a person. The same as `shared/formats/mail/machines.py`. */

/** Header fields as raw strings, by their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

const BLANKS = " \t\r\n\f\v";
const LIST_FIELDS = ["list-id", "list-post", "mailing-list", "list-unsubscribe", "feedback-id"];
const BULK = new Set(["bulk", "list", "junk"]);
const PROGRAMS =
  "no-?reply|donot-?reply|do-not-reply|do_not_reply|nicht-?antworten|ne-?pas-?repondre|no-?responder|nao-?responda|mailer-?daemon|postmaster|bounces?|notifications?|notify|notifier|alerts?|auto-?mailer|auto-?confirm|auto-?reply|newsletters?|mailings?|news|updates?|digests?|announcements?|marketing|promo(?:tions?)?|offers?|invoices?|receipts?|billing|orders?|shipment-tracking|order-update|calendar-notification|unsubscribe|listserv|majordomo|cron|daemon|robot|mailrobot|system|automated|automailer";
const PROGRAM = new RegExp(`^(?:[^@]*[._+-])?(?:${PROGRAMS})\\d*(?:[._+-][^@]*)?@`, "i");
const GENERATED =
  /^(?:[^@]*[+-][^@=]*=[^@]*@|bounced?s?[-+_]|(?:[^@]*[._+-])?[0-9a-f]{20,}[^@]*@|[0-9a-f]{16,}[^@]*@|reply[-+][^@]{16,}@)/i;
const CATEGORY =
  /^(?:category|kategorie|catégorie|categoría|categoria|categorie|kategoria|kategori)[: ]/;
const PRIMARY = /personal|primary|allgemein|principal|persoonlijk|personnel/;

/** Return whether an address is one that programs send from. */
export function isProgram(address: string): boolean {
  return PROGRAM.test(address) || GENERATED.test(address);
}

/** Return the kinds that the labels of Gmail give a message: spam, trash, draft, sent, chat, list. */
export function labelKinds(field: string): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const each of spaced(decodeWords(headerText(field))).split(",")) {
    const label = stripped(each, `${BLANKS}"`).toLowerCase();
    const kind = LABEL_KINDS.get(label);
    if (kind) kinds.add(kind);
    else if (CATEGORY.test(label) && !PRIMARY.test(label)) kinds.add("list");
  }
  return kinds;
}

/** Return the kind of a folder, or of a file that is one, by its name; else nothing. */
export function folderKind(name: string): string {
  let label = name.toLowerCase();
  for (const end of [".mbox", ".sbd", ".mbx"]) {
    if (label.endsWith(end)) label = label.slice(0, -end.length);
  }
  label = stripped(label, `${BLANKS}._-`);
  const behind = (mark: string) => label.slice(label.lastIndexOf(mark) + 1);
  for (const part of [label, behind("."), behind("/")]) {
    const kind = LABEL_KINDS.get(part) ?? FOLDER_KINDS.get(part);
    if (kind) return kind;
  }
  return "";
}

/** `list` for what goes to many who asked for it, `auto` for what a program wrote. */
export function flagsOf(fields: Fields, sender: string, labels: ReadonlySet<string>): string[] {
  const flags: string[] = [];
  const precedence = wordOf(fields, "precedence");
  const isList = labels.has("list") || BULK.has(precedence);
  if (isList || LIST_FIELDS.some((field) => fields.has(field))) flags.push("list");
  const contentType = wordOf(fields, "content-type");
  const isAnswer =
    fields.has("auto-submitted") && !wordOf(fields, "auto-submitted").startsWith("no");
  const isAuto =
    isAnswer ||
    fields.has("x-autoreply") ||
    fields.has("x-autorespond") ||
    precedence === "auto_reply" ||
    fields.get("return-path") === "<>" ||
    contentType.startsWith("multipart/report") ||
    contentType.startsWith("text/calendar") ||
    isProgram(sender);
  return isAuto ? [...flags, "auto"] : flags;
}

function wordOf(fields: Fields, name: string): string {
  return stripped(headerText(fields.get(name) ?? ""), BLANKS).toLowerCase();
}
