// The first page: totals, and the tree of folders and files.
const ROW_HEIGHT = 30;

const NAME_COLUMN = { key: "name", label: "File", value: (item) => (item.title ?? item.name).toLowerCase(), down: false, className: "name" };
const FUNCTIONS_COLUMN = { key: "functions", label: "Functions", value: (item) => ratio(item.coveredFunctions, item.functions), down: false, className: "figure", title: "Functions that ran" };

const LINE_COLUMNS = [
  NAME_COLUMN,
  { key: "lines", label: "Lines", value: (item) => ratio(item.covered + item.partly, item.lines), down: false, className: "wide", title: "Lines that ran, wholly or partly" },
  { key: "missed", label: "Not run", value: (item) => item.lines - item.covered - item.partly, className: "figure", title: "Lines that did not run" },
  FUNCTIONS_COLUMN,
  { key: "points", label: "Points", value: (item) => ratio(item.coveredPoints, item.points), down: false, className: "figure", title: "Coverage points that were hit" },
];

// Without debug information there are no lines: points tell how much ran.
const POINT_COLUMNS = [
  { ...NAME_COLUMN, label: "Type" },
  { key: "lines", label: "Points", value: (item) => ratio(item.coveredPoints, item.points), down: false, className: "wide", title: "Coverage points that were hit" },
  { key: "missed", label: "Not hit", value: (item) => item.points - item.coveredPoints, className: "figure", title: "Points that were not hit" },
  FUNCTIONS_COLUMN,
];

const CHANGE_COLUMNS = [
  { key: "gained", label: "Gained", value: (item) => item.gained, className: "figure", title: "Lines that run now and did not, or only partly, before" },
  { key: "lost", label: "Lost", value: (item) => item.lost, className: "figure", title: "Lines that ran before and do not, or only partly, now" },
];

const overviewState = { sorting: { key: "name", down: false }, filter: "", changesOnly: false, open: null, selected: 0 };

function totals(report) {
  const all = report.root;
  const block = element("section", "totals");
  block.setAttribute("aria-label", "Totals");
  const add = (title, covered, partly, whole, note) => {
    const figure = element("div", "total", element("span", "label", title), element("strong", "", percent(covered + partly, whole)), bar(covered, partly, whole));
    figure.append(element("span", "detail", `${number(covered + partly)} of ${number(whole)}${note ?? ""}`));
    block.append(figure);
  };
  if (all.lines > 0) add("Lines", all.covered, all.partly, all.lines, all.partly ? ` · ${number(all.partly)} partly` : "");
  add("Functions", all.coveredFunctions, 0, all.functions);
  add("Points", all.coveredPoints, 0, all.points);
  if (report.comparedWith) {
    const change = element("div", "total", element("span", "label", "Compared with " + report.comparedWith));
    change.append(
      element("strong", "", element("span", "gain", "+" + number(all.gained)), " ", element("span", "loss", "−" + number(all.lost)), element("small", "", " lines")),
      element("span", "detail", `+${number(all.gainedFunctions)} −${number(all.lostFunctions)} functions`));
    block.append(change);
  }
  return block;
}

function moduleList(report) {
  const list = element("details", "modules");
  list.append(element("summary", "", plural(report.modules.length, "module") + (report.notes.length ? ", " + plural(report.notes.length, "note") : "")));
  for (const [name, identity, points, covered, functions, coveredFunctions] of report.modules) {
    list.append(appendText(element("p", ""), `${name} · ${percent(covered, points)} of ${plural(points, "point")}, ${number(coveredFunctions)} of ${plural(functions, "function")}${identity ? " · " + identity : ""}`));
  }
  for (const note of report.notes) list.append(appendText(element("p", "note"), note));
  return list;
}

// The rows of the tree as it is unfolded, or the files that match a filter.
function treeRows(report, columns) {
  const rows = [];
  const words = overviewState.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (file) => (!overviewState.changesOnly || file.gained + file.lost + file.gainedFunctions + file.lostFunctions > 0) && words.every((word) => file.name.toLowerCase().includes(word));
  if (words.length > 0 || overviewState.changesOnly) {
    for (const file of sorted(report.files.filter(fits), columns, overviewState.sorting)) rows.push({ item: file, depth: 0, whole: true });
    return rows;
  }
  const add = (folder, depth) => {
    for (const child of sorted([...folder.folders.values()], columns, overviewState.sorting)) {
      const isOpen = overviewState.open.has(child.path);
      rows.push({ item: child, depth, isOpen });
      if (isOpen) add(child, depth + 1);
    }
    for (const file of sorted(folder.files, columns, overviewState.sorting)) rows.push({ item: file, depth });
  };
  add(report.root, 0);
  return rows;
}

function figureCells(item, columns) {
  return columns.filter((column) => column.key !== "name").map((column) => {
    switch (column.key) {
      case "lines": {
        const made = cell("", "wide");
        if (column.label === "Points") made.append(bar(item.coveredPoints, 0, item.points), element("span", "value", percent(item.coveredPoints, item.points)));
        else if (item.lines > 0) made.append(bar(item.covered, item.partly, item.lines), element("span", "value", percent(item.covered + item.partly, item.lines)));
        else made.append(bar(item.coveredPoints, 0, item.points), element("span", "value faint", "no lines"));
        return made;
      }
      case "missed": return cell(column.label === "Not run" && item.lines === 0 ? "" : number(column.value(item)), "figure");
      case "functions": return cell(item.functions ? `${number(item.coveredFunctions)} / ${number(item.functions)}` : "", "figure");
      case "points": return cell(percent(item.coveredPoints, item.points), "figure");
      case "gained": return cell(item.gained ? "+" + number(item.gained) : "", "figure gain");
      default: return cell(item.lost ? "−" + number(item.lost) : "", "figure loss");
    }
  });
}

// The way to where most of the code is stands open.
function openFirst(report) {
  overviewState.open = new Set();
  for (let folder = report.root; folder.folders.size > 0; ) {
    const largest = [...folder.folders.values()].reduce((a, b) => (b.points > a.points ? b : a));
    overviewState.open.add(largest.path);
    if (largest.folders.size + largest.files.length > 2) break;
    folder = largest;
  }
}

function showOverview(view, report) {
  if (!overviewState.open) openFirst(report);
  const columns = [...(report.hasLines ? LINE_COLUMNS : POINT_COLUMNS), ...(report.comparedWith ? CHANGE_COLUMNS : [])];
  let rows = [];
  const scroller = element("div", "scroller table files" + (report.hasLines ? "" : " lineless") + (report.comparedWith ? " compared" : ""));
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "treegrid");
  scroller.setAttribute("aria-label", "Files");
  const head = element("div", "head");
  const list = virtualList(scroller, ROW_HEIGHT, (index) => {
    const { item, depth, isOpen, whole } = rows[index];
    const row = element("div", "row" + (index === overviewState.selected ? " selected" : ""));
    row.setAttribute("role", "row");
    row.setAttribute("aria-level", depth + 1);
    const name = element("span", "cell name");
    name.style.paddingLeft = 8 + depth * 18 + "px";
    if (item.folders) {
      row.setAttribute("aria-expanded", String(isOpen));
      const toggle = button("folder", "", () => unfold(index), item.path);
      appendText(toggle, (isOpen ? "▾ " : "▸ ") + item.name);
      toggle.tabIndex = -1;
      name.append(toggle);
    } else {
      const target = link(fileHash(item), "file" + (item.hasSource ? "" : " sourceless"));
      appendText(target, whole ? item.name : item.title);
      target.tabIndex = -1;
      target.title = item.name;
      name.append(target);
    }
    row.append(name, ...figureCells(item, columns));
    return row;
  });

  function unfold(index) {
    const { item } = rows[index];
    overviewState.selected = index;
    overviewState.open.has(item.path) ? overviewState.open.delete(item.path) : overviewState.open.add(item.path);
    draw();
  }

  function draw() {
    rows = treeRows(report, columns);
    overviewState.selected = Math.max(0, Math.min(overviewState.selected, rows.length - 1));
    head.replaceChildren(headings(columns, overviewState.sorting, (sorting) => { overviewState.sorting = sorting; draw(); }));
    list.setCount(rows.length);
    empty.hidden = rows.length > 0;
  }

  function select(index) {
    if (index < 0 || index >= rows.length) return;
    list.rowAt(overviewState.selected)?.classList.remove("selected");
    overviewState.selected = index;
    list.reveal(index, false);
    list.rowAt(index)?.classList.add("selected");
  }

  const filter = element("input", "filter");
  filter.type = "search";
  filter.placeholder = report.hasLines ? "Filter files" : "Filter types";
  filter.setAttribute("aria-label", "Filter files");
  filter.value = overviewState.filter;
  filter.addEventListener("input", () => { overviewState.filter = filter.value; overviewState.selected = 0; draw(); });
  const tools = element("div", "tools", tabs("files", report), filter);
  if (report.comparedWith) tools.append(checkBox("Changes only", overviewState.changesOnly, (on) => { overviewState.changesOnly = on; draw(); }));
  const empty = element("p", "empty", "No file matches.");
  scroller.append(totals(report), moduleList(report), tools, head, list.place, empty);
  view.replaceChildren(scroller);
  draw();
  scroller.focus({ preventScroll: true });
  return {
    find: () => filter.focus(),
    move: (by) => select(overviewState.selected + by),
    open() {
      const row = rows[overviewState.selected];
      if (row?.item.folders) unfold(overviewState.selected);
      else if (row) location.hash = fileHash(row.item);
    },
    unfold(wanted) {
      const row = rows[overviewState.selected];
      if (row?.item.folders && row.isOpen !== wanted) unfold(overviewState.selected);
    },
    scroller,
  };
}

function tabs(current, report) {
  const made = element("nav", "tabs");
  made.setAttribute("aria-label", "Views");
  for (const [key, hash, title] of [["files", "#/", (report.hasLines ? "Files " : "Types ") + number(report.files.length)], ["functions", "#/functions", `Functions ${number(report.functionCount)}`]]) {
    const tab = link(hash, "tab", title);
    if (key === current) tab.setAttribute("aria-current", "page");
    made.append(tab);
  }
  return made;
}

function checkBox(title, isOn, onChange) {
  const box = element("input", "");
  box.type = "checkbox";
  box.checked = isOn;
  box.addEventListener("change", () => onChange(box.checked));
  return element("label", "check", box, title);
}
