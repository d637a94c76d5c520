import { Box, Flex, IconButton, Text, useColorMode } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Mail, Moon, Search, Sun } from "lucide-react";
import { Link, NavLink } from "react-router-dom";
import { Avatar } from "@/components/avatar";
import { KeyHint, isApple } from "@/components/key-hint";
import { Logo, LogoMark } from "@/components/logo";
import { getMeOptions } from "@/features/users/api/get-me";
import { displayName, formatCount } from "@/lib/format";
import { useMailbox } from "@/lib/mailbox";
import { LOWER_PLACES, PLACES, type Place } from "./navigation";
import { usePlaceTest } from "./use-places";

interface RailProps {
  onPalette: () => void;
}

/** The navigation: a rail on the left; below 600 px a bar at the bottom. */
export function Rail({ onPalette }: RailProps) {
  const offered = usePlaceTest();
  return (
    <>
      <SideRail onPalette={onPalette} offered={offered} />
      <BottomBar offered={offered} />
    </>
  );
}

type Offered = (place: Place) => boolean;

function SideRail({ onPalette, offered }: RailProps & { offered: Offered }) {
  const { colorMode, toggleColorMode } = useColorMode();
  const { data: me } = useQuery(getMeOptions);
  const mailbox = useMailbox();
  const wide = { base: "none", xl: "block" };
  return (
    <Flex
      as="nav"
      aria-label="Main"
      display={{ base: "none", sm: "flex" }}
      direction="column"
      w={{ sm: "64px", xl: "216px" }}
      flex="none"
      px={{ sm: 2.5, xl: 3 }}
      py={4}
      borderRight="1px solid"
      borderColor="line.subtle"
      bg="bg.surface"
    >
      <Box px={1.5} mb={5}>
        <Link to="/" aria-label="Warmpath, home">
          <Box display={wide}>
            <Logo />
          </Box>
          <Box display={{ base: "block", xl: "none" }}>
            <LogoMark size={32} />
          </Box>
        </Link>
      </Box>
      <RailButton onClick={onPalette} keys={isApple ? "Meta+K" : "Control+K"}>
        <Search size={17} aria-hidden />
        <RailText>Find</RailText>
        <Box display={wide}>
          <KeyHint keys="mod+K" />
        </Box>
      </RailButton>
      <Flex direction="column" gap="2px" mt={4}>
        {PLACES.filter(offered).map((place) => (
          <RailLink key={place.path} place={place} />
        ))}
      </Flex>
      <Flex direction="column" gap="2px" mt="auto">
        {mailbox && <MailboxLink href={mailbox} />}
        {LOWER_PLACES.filter(offered).map((place) => (
          <RailLink
            key={place.path}
            place={place}
            note={place.path === "/credits" && me ? formatCount(me.credits) : undefined}
          />
        ))}
        <Flex
          align="center"
          gap={2}
          pt={3}
          px={1}
          justify={{ sm: "center", xl: "flex-start" }}
          wrap={{ sm: "wrap", xl: "nowrap" }}
        >
          {me && (
            <>
              <Avatar name={displayName(me)} size={30} self />
              <Text
                display={wide}
                flex={1}
                minW={0}
                overflow="hidden"
                textOverflow="ellipsis"
                whiteSpace="nowrap"
                title={displayName(me)}
                fontWeight={550}
                color="text.strong"
              >
                {displayName(me)}
              </Text>
            </>
          )}
          <IconButton
            size="sm"
            variant="ghost"
            aria-label={colorMode === "dark" ? "Light colours" : "Dark colours"}
            icon={colorMode === "dark" ? <Sun size={16} /> : <Moon size={16} />}
            onClick={toggleColorMode}
          />
        </Flex>
      </Flex>
    </Flex>
  );
}

const railItem = {
  display: "flex",
  alignItems: "center",
  justifyContent: { sm: "center", xl: "flex-start" },
  gap: 2.5,
  w: "full",
  h: 9,
  px: 2.5,
  borderRadius: "md",
  fontWeight: 550,
  color: "text.muted",
  _hover: { bg: "bg.hover", color: "text.strong" },
  _focusVisible: { boxShadow: "outline", outline: "none" },
} as const;

function RailButton(props: { onClick: () => void; keys: string; children: React.ReactNode }) {
  return (
    <Box
      as="button"
      type="button"
      aria-keyshortcuts={props.keys}
      onClick={props.onClick}
      {...railItem}
      border="1px solid"
      borderColor="line.strong"
      fontWeight={450}
    >
      {props.children}
    </Box>
  );
}

/** The label of an item; a narrow rail shows it to screen readers only. */
function RailText({ children }: { children: string }) {
  return (
    <>
      <Text as="span" flex={1} textAlign="left" display={{ base: "none", xl: "inline" }}>
        {children}
      </Text>
      <Box as="span" srOnly display={{ xl: "none" }}>
        {children}
      </Box>
    </>
  );
}

function RailLink({ place, note }: { place: Place; note?: string | undefined }) {
  const Icon = place.icon;
  return (
    <Box
      as={NavLink}
      to={place.path}
      // The duplicates lie below the contacts and have an item of their own.
      end={place.path === "/" || place.path === "/contacts"}
      title={place.label}
      aria-keyshortcuts={`g ${place.key}`}
      {...railItem}
      sx={{
        "&[aria-current=page]": { bg: "accent.subtle", color: "accent.text" },
      }}
    >
      <Icon size={18} aria-hidden />
      <RailText>{place.label}</RailText>
      {note && (
        <Text
          as="span"
          display={{ base: "none", xl: "inline" }}
          fontSize="sm"
          sx={{ fontVariantNumeric: "tabular-nums" }}
        >
          {note}
        </Text>
      )}
    </Box>
  );
}

/** The mailbox of the local stack. It is not a view of the app, so it opens in another tab. */
function MailboxLink({ href }: { href: string }) {
  return (
    <Box as="a" href={href} target="_blank" rel="noreferrer" title="Mailbox" {...railItem}>
      <Mail size={18} aria-hidden />
      <RailText>Mailbox</RailText>
    </Box>
  );
}

function BottomBar({ offered }: { offered: Offered }) {
  const places = [...PLACES, ...LOWER_PLACES.filter((place) => place.path === "/settings")];
  return (
    <Flex
      as="nav"
      aria-label="Main"
      display={{ base: "flex", sm: "none" }}
      position="fixed"
      zIndex="docked"
      bottom={0}
      left={0}
      right={0}
      pb="env(safe-area-inset-bottom)"
      bg="bg.surface"
      borderTop="1px solid"
      borderColor="line.subtle"
    >
      {places.filter(offered).map((place) => {
        const Icon = place.icon;
        return (
          <Flex
            as={NavLink}
            key={place.path}
            to={place.path}
            end={place.path === "/"}
            direction="column"
            align="center"
            justify="center"
            gap="2px"
            flex="1 1 0"
            minW={0}
            h="58px"
            fontSize="10.5px"
            fontWeight={550}
            color="text.muted"
            _focusVisible={{
              boxShadow: "inset 0 0 0 2px var(--chakra-colors-focus)",
              outline: "none",
            }}
            sx={{ "&[aria-current=page]": { color: "accent.text" } }}
          >
            <Icon size={20} aria-hidden />
            <Text as="span" noOfLines={1}>
              {place.label === "Introductions" ? "Intros" : place.label}
            </Text>
          </Flex>
        );
      })}
    </Flex>
  );
}
