import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** One bundle that works offline inside the window: relative addresses, nothing fetched from elsewhere. */
export default defineConfig({
  base: "./",
  plugins: [react({ babel: { plugins: ["@lingui/babel-plugin-lingui-macro"] } })],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: ["safari16", "chrome110"],
    outDir: "dist",
    emptyOutDir: true,
    // Read from the disk: one file is as quick as several.
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
