import { Button, type ButtonProps } from "@chakra-ui/react";
import { Link as RouterLink } from "react-router-dom";

/** A button that adds the demo network at once, and shows what to try with it. */
export function DemoButton(props: Omit<ButtonProps, "as" | "children">) {
  return (
    <Button as={RouterLink} to="/demo" state={{ start: true }} {...props}>
      Try it with demo data
    </Button>
  );
}
