// @vitest-environment node
import { deflateRawSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readFile, type Contents } from "./read-file";

const LINE = "From ana@acme.example Tue Jul  1 08:52:37 2003\n";

function letters(count: number, first = 0): string {
  const numbers = Array.from({ length: count }, (_, at) => first + at);
  return numbers
    .map(
      (number) =>
        `${LINE}From: Ana <ana@acme.example>\nTo: ben@globex.example\nDate: Tue, 1 Jul 2003 10:52:37 +0200\nMessage-ID: <${number}@acme.example>\n\nbody\n\n`,
    )
    .join("");
}

const CALENDAR =
  "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e1\nDTSTART:20240110T090000Z\nATTENDEE:mailto:ben@globex.example\nEND:VEVENT\nEND:VCALENDAR\n";

interface Packed {
  name: string;
  content: Buffer;
  isDeflated?: boolean;
  isEncrypted?: boolean;
}

/** Pack files as ZIP; checksums are not looked at. */
function zip(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, isDeflated = true, isEncrypted = false } of files) {
    const packed = isDeflated ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    parts.push(local, Buffer.from(name), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(isEncrypted ? 1 : 0, 8);
    entry.writeUInt16LE(isDeflated ? 8 : 0, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    entries.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function tar(files: readonly Packed[]): Buffer {
  const parts = files.flatMap(({ name, content }) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(content.length.toString(8).padStart(11, "0"), 124);
    header.write("0", 156);
    header.write("ustar", 257);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

async function read(name: string, content: Buffer): Promise<{ ids: string[]; contents: Contents }> {
  const ids: string[] = [];
  const contents = await readFile(new File([new Uint8Array(content)], name), {
    now: 1_800_000_000,
    onBytes: () => {},
    onLine: (_, line) => ids.push((JSON.parse(line()) as { id: string }).id.split("@")[0] ?? ""),
    pause: () => Promise.resolve(),
  });
  return { ids, contents };
}

const MEMBERS: Packed[] = [
  { name: "Takeout/Mail/Alle Nachrichten.mbox", content: Buffer.from(letters(2)) },
  { name: "Takeout/archive_browser.html", content: Buffer.from("<html>") },
  { name: "__MACOSX/._x", content: Buffer.from(letters(1, 90)) },
  { name: "Takeout/Mail/Gesendet.mbox", content: Buffer.from(letters(1, 2)), isDeflated: false },
  { name: "Takeout/Kalender/Arbeit.ics", content: Buffer.from(CALENDAR) },
];

it.each([
  ["takeout.zip", zip(MEMBERS)],
  ["takeout.tgz", gzipSync(tar(MEMBERS))],
  ["takeout.tar", tar(MEMBERS)],
])("reads mail and calendars out of %s", async (name, content) => {
  const { ids, contents } = await read(name, content);
  expect(ids).toEqual(["0", "1", "2", "e1/20240110T090000"]);
  expect(contents).toMatchObject({ messages: 3, events: 1, leftOut: {} });
  const [first] = contents.candidates;
  expect(first).toMatchObject({ address: "ana@acme.example", name: "Ana", sent: 1, written: 2 });
});

it("reads one message, a calendar and a packed mailbox by themselves", async () => {
  const letter = letters(1).slice(LINE.length);
  expect((await read("letter.eml", Buffer.from(letter))).ids).toEqual(["0"]);
  expect((await read("a.ics", Buffer.from(`\ufeff${CALENDAR}`))).contents.events).toBe(1);
  expect((await read("a.mbox.gz", gzipSync(letters(3)))).ids).toEqual(["0", "1", "2"]);
});

it("says what is wrong with a file that cannot be read, and what to do", async () => {
  await expect(read("notes.txt", Buffer.from("hello"))).rejects.toThrow(/notes\.txt.*Takeout/);
  await expect(read("mail.pst", Buffer.from("!BDN more"))).rejects.toThrow(/warmpath mail/);
  const cut = gzipSync(letters(5000)).subarray(0, 2000);
  await expect(read("cut.tgz", cut)).rejects.toThrow(/cut\.tgz.*download it again/);
  await expect(read("cut.zip", Buffer.from("PK\x03\x04 and no more"))).rejects.toThrow(/cut\.zip/);
  const secret = zip([
    { ...MEMBERS[0], name: "a.mbox", content: Buffer.from("x"), isEncrypted: true },
  ]);
  await expect(read("secret.zip", secret)).rejects.toThrow(/a\.mbox.*encrypted/);
});

it("refuses an archive that was made to fill the memory", async () => {
  const bomb = zip([
    { name: "a.mbox", content: Buffer.concat([Buffer.from(letters(1)), Buffer.alloc(80 << 20)]) },
  ]);
  await expect(read("bomb.zip", bomb)).rejects.toThrow(/a\.mbox.*250 times/);
});
