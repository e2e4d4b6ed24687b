import { defineConfig } from "vite";
import { PackageRecord } from "./vite/bundled-packages.ts";

const packages = new PackageRecord();

/** The service worker: one script. `docs/hooks/offline.py` prepends the list of the site's files. */
export default defineConfig({
  plugins: [packages.collect(), packages.save()],
  build: {
    target: "es2022",
    outDir: "dist-worker",
    modulePreload: false,
    rolldownOptions: {
      input: { sw: "service-worker/worker.ts" },
      output: { format: "iife", entryFileNames: "[name].js" },
    },
  },
});
