/**
 * Run Lighthouse on one URL. Print the scores, from 0 to 100, and the failed audits as JSON.
 *
 * node audit.mjs ADDRESS CHROMIUM [FORM] [CATEGORIES]
 *
 * FORM is `desktop` (the default) or `mobile`, a slow phone with a slow connection.
 * CATEGORIES is `stable` (the default: the categories that do not depend on speed) or `all`.
 */

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [address, chromePath, form = "desktop", categories = "stable"] = process.argv.slice(2);
const onlyCategories = ["accessibility", "best-practices", ...(categories === "all" ? ["performance", "seo"] : [])];
const chrome = await launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu"] });
try {
  const { lhr } = await lighthouse(
    address,
    { port: chrome.port, onlyCategories, logLevel: "error" },
    form === "mobile" ? undefined : desktopConfig,
  );
  if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message);
  console.log(JSON.stringify(Object.values(lhr.categories).map((category) => summarize(category, lhr.audits))));
} finally {
  chrome.kill();
}

function summarize({ title, score, auditRefs }, audits) {
  const failed = auditRefs
    .map(({ id, weight }) => ({ weight, audit: audits[id] }))
    .filter(({ weight, audit }) => weight > 0 && audit.score !== null && audit.score < 1)
    .map(({ audit }) => ({ title: audit.title, where: (audit.details?.items ?? []).slice(0, 5) }));
  return { title, score: Math.round(score * 100), failed };
}
