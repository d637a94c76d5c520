import {
  ColorModeProvider,
  CSSReset,
  EnvironmentProvider,
  GlobalStyle,
  ThemeProvider,
} from "@chakra-ui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BrowserRouter } from "react-router-dom";
import { queryClient } from "@/lib/query-client";
import { theme } from "@/theme/theme";

/**
 * Chakra's provider in its parts: the whole provider brings the toast manager, and with it framer-
 * motion, into the first load.
 */
export function Provider({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider theme={theme}>
      <ColorModeProvider options={theme.config}>
        <CSSReset />
        <GlobalStyle />
        <EnvironmentProvider>
          <QueryClientProvider client={queryClient}>
            <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
              {children}
            </BrowserRouter>
          </QueryClientProvider>
        </EnvironmentProvider>
      </ColorModeProvider>
    </ThemeProvider>
  );
}
