import { Box, Button, Flex, FormControl, FormLabel, Input, Select } from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { ShownOnce } from "@/components/shown-once";
import { useCreateToken } from "@/features/access/api/create-token";
import { SCOPES, type Scope } from "@/features/access/scopes";
import { ScopeRows } from "./scope-rows";

const LIFETIMES = [7, 30, 90, 365];
const USUAL_DAYS = 90;

/** The form for a personal token, and the token, which is shown once. */
export function NewToken() {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["read"]);
  const [days, setDays] = useState(USUAL_DAYS);
  const create = useCreateToken();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), scopes, days },
      {
        onSuccess: () => setName(""),
      },
    );
  };
  return (
    <Box as="form" mt={4} onSubmit={submit}>
      <Flex gap={3} wrap="wrap">
        <FormControl flex="1 1 14rem">
          <FormLabel>Name of the program</FormLabel>
          <Input
            value={name}
            maxLength={100}
            placeholder="n8n"
            onChange={(event) => setName(event.target.value)}
          />
        </FormControl>
        <FormControl flex="0 1 9rem">
          <FormLabel>Good for</FormLabel>
          <Select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {LIFETIMES.map((each) => (
              <option key={each} value={each}>
                {each} days
              </option>
            ))}
          </Select>
        </FormControl>
      </Flex>
      <Box mt={3}>
        <ScopeRows
          offered={SCOPES.map(({ scope }) => scope)}
          granted={scopes}
          onChange={setScopes}
        />
      </Box>
      <Button
        type="submit"
        mt={3}
        isDisabled={!name.trim() || scopes.length === 0 || create.isPending}
      >
        Make a token
      </Button>
      {create.error && (
        <Box mt={3}>
          <ErrorNote error={create.error} />
        </Box>
      )}
      {create.data && <ShownOnce secret={create.data.token} />}
    </Box>
  );
}
