import { Input } from "@chakra-ui/react";
import { useState } from "react";

/** A field that adds a tag when Enter is pressed. */
export function TagField({ onTag }: { onTag: (tag: string) => void }) {
  const [tag, setTag] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (tag.trim()) onTag(tag.trim());
        setTag("");
      }}
    >
      <Input
        size="sm"
        aria-label="Tag to add"
        placeholder="Tag, then Enter"
        value={tag}
        onChange={(event) => setTag(event.target.value)}
      />
    </form>
  );
}
