// Compiles styles/vuon.scss into dist/vuon.css and copies what we ship from the packages: two font files, htmx, licences.
// Run `npm ci && npm run build` here after a change of style; everything it writes is committed, so nobody else needs node.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(here, ...parts);
const LIMIT = 14 * 1024;

for (const folder of ["dist", "fonts", "licences"]) mkdirSync(at(folder), { recursive: true });

const compiled = sass.compile(at("styles", "vuon.scss"), {
  style: "compressed",
  loadPaths: [at("node_modules")],
  quietDeps: true,
  charset: false,
});
const licence = "/*! govuk-frontend 6.6.0 (c) Crown Copyright (Government Digital Service), MIT; see assets/licences */\n";
writeFileSync(at("dist", "vuon.css"), licence + compiled.css + "\n");

const fonts = at("node_modules", "@fontsource-variable", "noto-sans");
for (const subset of ["latin", "vietnamese"]) {
  copyFileSync(join(fonts, "files", `noto-sans-${subset}-wght-normal.woff2`), at("fonts", `noto-sans-${subset}-5.3.0.woff2`));
}
copyFileSync(join(fonts, "LICENSE"), at("licences", "noto-sans-OFL-1.1.txt"));
copyFileSync(at("node_modules", "htmx.org", "LICENSE"), at("licences", "htmx-0BSD.txt"));
copyFileSync(at("node_modules", "htmx.org", "dist", "htmx.min.js"), at("scripts", "htmx-2.0.11.min.js"));

const size = gzipSync(readFileSync(at("dist", "vuon.css")), { level: 9 }).length;
console.log(`dist/vuon.css: ${(size / 1024).toFixed(1)} KB gzipped`);
if (size > LIMIT) {
  console.error(`The stylesheet may weigh ${LIMIT / 1024} KB gzipped at most: phones on slow lines load it first.`);
  process.exit(1);
}
