/**
 * Run Lighthouse on one URL, on a desktop screen. Print the scores, from 0 to 100, and the failed audits as JSON.
 *
 * node audit.mjs ADDRESS CHROMIUM
 */

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [address, chromePath] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu"] });
try {
  const { lhr } = await lighthouse(
    address,
    { port: chrome.port, onlyCategories: ["accessibility", "best-practices"], logLevel: "error" },
    desktopConfig,
  );
  if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message);
  console.log(JSON.stringify(Object.values(lhr.categories).map((category) => told(category, lhr.audits))));
} finally {
  chrome.kill();
}

function told({ title, score, auditRefs }, audits) {
  const failed = auditRefs
    .map(({ id, weight }) => ({ weight, audit: audits[id] }))
    .filter(({ weight, audit }) => weight > 0 && audit.score !== null && audit.score < 1)
    .map(({ audit }) => ({ title: audit.title, where: (audit.details?.items ?? []).slice(0, 5) }));
  return { title, score: Math.round(score * 100), failed };
}
