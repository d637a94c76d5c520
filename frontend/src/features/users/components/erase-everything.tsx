import { Button, Flex, FormControl, FormLabel, Input } from "@chakra-ui/react";
import { useState } from "react";
import { ErrorNote } from "@/components/error-note";
import { useDeleteMe } from "@/features/users/api/delete-me";
import { useSession } from "@/lib/session";

const WORD = "erase";

/** The one action without undo: the user has to type a word. */
export function EraseEverything() {
  const [open, setOpen] = useState(false);
  const [word, setWord] = useState("");
  const erase = useDeleteMe();
  const signOut = useSession((session) => session.signOut);
  if (!open) {
    return <Button onClick={() => setOpen(true)}>Erase everything</Button>;
  }
  return (
    <FormControl maxW="26rem">
      <FormLabel>Type “{WORD}” to confirm</FormLabel>
      <Flex gap={2}>
        <Input autoFocus value={word} onChange={(event) => setWord(event.target.value)} />
        <Button
          variant="danger"
          isDisabled={word !== WORD || erase.isPending}
          onClick={() => erase.mutate(undefined, { onSuccess: signOut })}
        >
          Erase
        </Button>
        <Button variant="ghost" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </Flex>
      {erase.error && <ErrorNote error={erase.error} />}
    </FormControl>
  );
}
