import { Box, Code, Text } from "@chakra-ui/react";
import { useState } from "react";
import { Segmented } from "@/components/segmented";

const PROGRAMS = ["Claude", "ChatGPT", "Cursor", "n8n"] as const;
type ProgramName = (typeof PROGRAMS)[number];

/** Instructions for each program, one action a line; `{url}` is the address of the server. */
const ACTIONS: Record<ProgramName, readonly string[]> = {
  Claude: [
    "In Claude, open Settings, Connectors, and choose Add custom connector.",
    "Name it Warmpath and paste {url}.",
    "Press Connect, sign in here, and choose what Claude may do.",
    "In Claude Code: claude mcp add --transport http warmpath {url}, then /mcp.",
  ],
  ChatGPT: [
    "In ChatGPT, open Settings, Apps & Connectors, Advanced, and turn on developer mode.",
    "Choose Create, name it Warmpath, paste {url}, and keep OAuth.",
    "Sign in here, and choose what ChatGPT may do.",
  ],
  Cursor: [
    "In Cursor, open Settings, MCP, and choose Add new MCP server.",
    'Write {"mcpServers": {"warmpath": {"url": "{url}"}}} and save.',
    "Press Needs login, sign in here, and choose what Cursor may do.",
  ],
  n8n: [
    "Make a personal token above and copy it.",
    "In n8n, add a credential of the kind Bearer Auth with that token.",
    "Use it in an HTTP Request node, or in an MCP Client node with {url}.",
  ],
};

/** Exact instructions for connecting a program. */
export function HowTo() {
  const [program, setProgram] = useState<ProgramName>("Claude");
  const url = `${window.location.origin}/api/crm/mcp`;
  return (
    <>
      <Segmented
        label="Program"
        value={program}
        options={PROGRAMS.map((name) => ({ value: name, label: name }))}
        onChange={setProgram}
      />
      <Text mt={4}>
        Address: <Code overflowWrap="anywhere">{url}</Code>
      </Text>
      <Box as="ol" mt={3} pl={5}>
        {ACTIONS[program].map((action) => (
          <Text as="li" key={action} mb={1.5} overflowWrap="anywhere">
            {action.replaceAll("{url}", url)}
          </Text>
        ))}
      </Box>
    </>
  );
}
