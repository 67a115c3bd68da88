import "@fontsource-variable/inter/wght.css";
import "@/theme/mantine.css";
import "@/theme/tokens.css";
import "@/theme/global.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/desk/App";
import { Providers } from "@/desk/Providers";
import { activateLocale, rememberedLocale } from "@/i18n/setup";
import type { Backend } from "@/ipc/backend";
import { connect } from "@/ipc/client";

/** The desk behind this window; a plain browser gets one in memory. */
async function backend(): Promise<Backend> {
  if (import.meta.env.VITE_FAKE === "1") {
    const { openScene } = await import("@/ipc/fake/scenes");
    return openScene(new URLSearchParams(location.search));
  }
  const { tauri } = await import("@/ipc/tauri");
  return tauri;
}

async function open(root: HTMLElement): Promise<void> {
  connect(await backend());
  await activateLocale(rememberedLocale());
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <App />
      </Providers>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root !== null) void open(root);
