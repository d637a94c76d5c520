import { Box, Button, Checkbox, Flex, Input, Text } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { PanelSection } from "@/components/panel-section";
import { useToasts } from "@/components/toast-store";
import {
  changeMembers,
  circlesKey,
  createCircle,
  listCirclesOptions,
  type Circle,
} from "@/features/circles/api/circles";
import { explain } from "@/lib/api-error";

/** The circles that a contact belongs to, and the choice of others. */
export function CirclesSection({ contactId }: { contactId: string }) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { data: mine } = useQuery(listCirclesOptions(contactId));
  const { data: all } = useQuery({ ...listCirclesOptions(), enabled: isOpen });
  if (!mine) return null;

  const run = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const { show } = useToasts.getState();
      show({ tone: "problem", text: `The circles are not changed. ${explain(error)}` });
    } finally {
      await Promise.all([
        client.invalidateQueries({ queryKey: circlesKey }),
        client.invalidateQueries({ queryKey: ["day"] }),
      ]);
    }
  };
  const toggle = ({ id }: Circle, isMember: boolean) =>
    run(() => changeMembers(id, isMember ? { remove: [contactId] } : { add: [contactId] }));
  const create = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    void run(async () => {
      const circle = await createCircle(name);
      setName("");
      await changeMembers(circle.id, { add: [contactId] });
    });
  };

  return (
    <PanelSection
      title="Circles"
      aside={
        <Button size="xs" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Done" : "Change"}
        </Button>
      }
    >
      {!isOpen && (
        <Flex gap={1.5} wrap="wrap">
          {mine.map((circle) => (
            <CircleName key={circle.id} circle={circle} />
          ))}
          {mine.length === 0 && <Text color="text.muted">In no circle yet.</Text>}
        </Flex>
      )}
      {isOpen && (
        <>
          {all?.map((circle) => {
            const isMember = mine.some(({ id }) => id === circle.id);
            return (
              <Checkbox
                key={circle.id}
                display="flex"
                py={1}
                isChecked={isMember}
                isDisabled={circle.filter !== null}
                onChange={() => void toggle(circle, isMember)}
              >
                {circle.name}
                {circle.filter !== null && " (by its filter)"}
              </Checkbox>
            );
          })}
          <Flex as="form" gap={2} mt={2} onSubmit={create}>
            <Input
              size="sm"
              aria-label="Name of a new circle"
              placeholder="New circle"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button size="sm" type="submit" isDisabled={name.trim() === ""}>
              Add
            </Button>
          </Flex>
        </>
      )}
    </PanelSection>
  );
}

function CircleName({ circle }: { circle: Circle }) {
  return (
    <Flex
      align="center"
      gap={1.5}
      px={2}
      py={0.5}
      borderRadius="full"
      border="1px solid"
      borderColor="line.strong"
      fontSize="sm"
    >
      <Box boxSize="8px" borderRadius="full" bg={circle.colour ?? "text.muted"} aria-hidden />
      {circle.name}
    </Flex>
  );
}
