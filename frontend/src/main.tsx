import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "@/app/provider";
import { Router } from "@/app/router";
import "@/theme/fonts.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Provider>
      <Router />
    </Provider>
  </StrictMode>,
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Without the worker the app works, only not offline.
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => null));
}
