// Which view is shown stands behind the # of the address, so that it can be passed on.
const app = {
  report: null,
  current: null,
  turn: 0,

  palette: (start) => app.report && openPalette(app.report, app.current, start),

  theme() {
    const isDark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    setTheme(isDark ? "light" : "dark");
  },

  other() {
    const { file, isFunctions } = parseHash();
    if (file?.hasSource) location.hash = fileHash(file, isFunctions ? "" : "/functions");
  },

  async reload() {
    app.report = readSummary(await loading.load("summary"));
    await app.show();
  },

  async show() {
    const own = ++app.turn, view = document.getElementById("view"), { file, line, isFunctions, isUnknown } = parseHash();
    const isSame = file && app.current?.file?.name === file.name && app.current.line && line && !isFunctions;
    drawTrail(file, isFunctions);
    if (isSame && app.current.report === app.report) return app.current.line(line);
    const shown = isUnknown ? missingPage(view)
      : !file ? (isFunctions ? await showFunctions(view, app.report, null) : showOverview(view, app.report))
      : isFunctions || !file.hasSource ? await showFunctions(view, app.report, file)
      : await showSource(view, app.report, file, line, () => own === app.turn);
    if (own === app.turn) app.current = { ...shown, file, report: app.report };
  },
};

function parseHash() {
  const [, kind, name, rest] = location.hash.split("/");
  if (kind !== "file") return { isFunctions: kind === "functions", isUnknown: Boolean(kind) && kind !== "functions" };
  let decoded = "";
  try {
    decoded = decodeURIComponent(name ?? "");
  } catch {
    // An address that was cut short leads nowhere, which is said below.
  }
  const file = app.report.byName.get(decoded);
  return { file, isUnknown: !file, isFunctions: rest === "functions", line: Number(/^L([1-9]\d{0,8})$/.exec(rest ?? "")?.[1] ?? 0) };
}

function missingPage(view) {
  view.replaceChildren(element("p", "empty", "The report has no such page. ", link("#/", "", "All files")));
  return {};
}

function drawTrail(file, isFunctions) {
  const trail = document.querySelector(".trail");
  const home = appendText(link("#/", "home"), app.report.title);
  trail.replaceChildren(home);
  document.title = (file ? file.title + " – " : "") + app.report.title;
  if (!file) return;
  const folder = file.name.slice(0, file.name.length - file.title.length);
  const name = element("span", "path", element("bdi", "", appendText(element("span", "dim"), folder), appendText(element("strong", ""), file.title)));
  name.title = file.name;
  trail.append(name);
  const ran = file.lines ? percent(file.covered + file.partly, file.lines) : percent(file.coveredPoints, file.points);
  trail.append(element("span", "ran", ran));
  if (file.hasSource) {
    const views = element("span", "tabs");
    for (const [title, hash, isCurrent] of [["Source", fileHash(file), !isFunctions], ["Functions", fileHash(file, "/functions"), isFunctions]]) {
      const tab = link(hash, "tab", title);
      if (isCurrent) tab.setAttribute("aria-current", "page");
      views.append(tab);
    }
    trail.append(views);
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("edgewise-theme", theme);
  } catch {
    // Some browsers keep nothing for pages from files: the choice then lasts as long as the page.
  }
}

try {
  const theme = localStorage.getItem("edgewise-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // As above.
}

const actions = { palette: () => app.palette(), theme: app.theme, help: showKeys };
for (const control of document.querySelectorAll("[data-action]")) control.addEventListener("click", actions[control.dataset.action]);
addEventListener("keydown", (event) => onKey(event, app));
addEventListener("pointerdown", () => { delete document.documentElement.dataset.keys; });
addEventListener("hashchange", () => app.report && app.show());
addEventListener("DOMContentLoaded", () => {
  app.reload().then(() => { if (app.report.live) listen(app); }, () => showStatus("The report's data is missing: data/summary.js"));
});
