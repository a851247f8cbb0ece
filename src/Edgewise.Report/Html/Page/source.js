// A source file: the lines in view, the strip that shows it whole, and steps from one uncovered line to the next.
const LINE_HEIGHT = 20;

function lineTitle(code, report) {
  const [, state, points = 0, covered = 0, hits = 0, orMore = 0] = code;
  const parts = ["This line " + (state === 4 ? "has no point: " + STATES[4] : STATES[state])];
  if (points > 0) parts.push(`${covered} of ${plural(points, "point")}`);
  if (hits) parts.push("hits: " + hitsText(hits, orMore));
  return parts.join("; ") + ".";
}

async function showSource(view, report, file, line, isWanted) {
  const information = await loading.load("file-" + file.id);
  if (!isWanted()) return {};
  const frame = element("div", "source");
  view.replaceChildren(frame);
  if (!information.found) {
    frame.append(missingSource(information));
    const rest = element("div", "below");
    frame.append(rest);
    return showFunctions(rest, report, file);
  }

  const scroller = element("div", "scroller code" + (report.hits ? " counted" : ""));
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "document");
  scroller.setAttribute("aria-label", "Source of " + file.title);
  scroller.style.setProperty("--digits", String(Math.max(3, String(information.lines).length)));
  let target = line, found = null, states = null;

  const chunkName = (index) => `lines-${file.id}-${Math.floor(index / report.chunkSize)}`;
  const list = virtualList(scroller, LINE_HEIGHT, makeLine, load);
  const strip = sourceStrip(information, list, scroller);
  for (const note of information.notes) frame.append(appendText(element("p", "note"), note));
  const finder = findBar(report, file, information, { show: (hit) => { found = hit; reveal(hit.line); }, clear: () => { found = null; list.refresh(); }, scroller });
  frame.append(finder.bar, element("div", "page", scroller, strip.place));
  scroller.append(list.place);
  list.setCount(information.lines);

  function makeLine(index) {
    const chunk = loading.now(chunkName(index));
    const at = index % report.chunkSize;
    const code = chunk ? codeOf(chunk, at) : null;
    const row = element("div", "line" + (code ? " s" + code[1] : "") + (index + 1 === target ? " target" : ""));
    const no = link(fileHash(file, "/L" + (index + 1)), "no", String(index + 1));
    no.tabIndex = -1;
    const gutter = element("span", "gutter", no);
    if (report.hits) gutter.append(element("span", "hits", code ? shortHits(code[4], code[5]) : ""));
    const mark = element("span", "mark", code ? MARKS[code[1]] : "");
    gutter.append(mark);
    const was = code?.[6];
    if (was) gutter.append(element("span", "was " + (code[1] > was ? "gain" : "loss"), code[1] > was ? "+" : "−"));
    if (code) gutter.title = lineTitle(code, report) + (was ? ` Before: ${STATES[was]}.` : "");
    const text = element("code", "");
    if (chunk) appendText(text, chunk.text[at] ?? "", finder.marksOf(index + 1, chunk.text[at] ?? "", found));
    else text.className = "waiting";
    row.append(gutter, text);
    return row;
  }

  // What is in view, once scrolling has come to it; what is passed over is not loaded.
  function load(from, to) {
    strip.update();
    for (let index = from; index < to; index += report.chunkSize) want(index);
    if (to > from) want(to - 1);
  }

  function want(index) {
    const name = chunkName(index);
    if (loading.now(name) === undefined) loading.load(name).then(() => list.refresh(), () => {});
  }

  function reveal(number) {
    target = number;
    list.reveal(number - 1, true);
    list.refresh();
  }

  // The next line, or the one before, whose state fits.
  async function step(by, fits) {
    states ??= readStates(await loading.load("states-" + file.id));
    const here = target && list.rowAt(target - 1) ? target : list.top + (by > 0 ? 0 : 1);
    const candidates = by > 0 ? states : [...states].reverse();
    const next = candidates.find(([number, state, was], index) => (by > 0 ? number > here : number < here) && fits(state, was) && !follows(candidates, index, fits));
    if (next) {
      go(next[0]);
      showStatus(`Line ${next[0]} ${STATES[next[1]]}.`);
    } else {
      showStatus(by > 0 ? "None below." : "None above.");
    }
  }

  function go(number) {
    reveal(number);
    history.replaceState(null, "", fileHash(file, "/L" + number));
  }

  if (line) list.reveal(line - 1, true);
  scroller.focus({ preventScroll: true });
  loading.load(chunkName(list.top)).then(() => requestAnimationFrame(() => performance.mark("source shown")), () => {});
  return {
    find: finder.open,
    line: go,
    lines: information.lines,
    next: (by) => step(by, (state) => state === UNCOVERED || state === PARTLY),
    change: (by) => step(by, (state, was) => was > 0),
    neighbour: (by) => functionStep(report, file, by, target ?? list.top + 1, go),
    close: finder.close,
    inView: () => ["file-" + file.id, chunkName(list.top), chunkName(Math.min(information.lines - 1, list.top + Math.ceil(scroller.clientHeight / LINE_HEIGHT)))],
    scroller,
  };
}

// True for a line that only goes on with the stretch of the line before it.
function follows(states, index, fits) {
  const before = states[index - 1];
  return index > 0 && Math.abs(before[0] - states[index][0]) === 1 && fits(before[1], before[2]);
}

async function functionStep(report, file, by, here, go) {
  const lines = (await loadFunctions(report, file.firstFunction, file.functions)).map((item) => item.line).filter((line) => line > 0);
  const next = by > 0 ? lines.find((line) => line > here) : lines.reverse().find((line) => line < here);
  if (next) go(next);
}

// Differences, and states with those before, as lines.
function readStates(numbers) {
  const states = [];
  let line = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    line += numbers[i];
    states.push([line, numbers[i + 1] & 7, numbers[i + 1] >> 3]);
  }
  return states;
}

function codeOf(chunk, at) {
  chunk.byLine ??= new Map(chunk.code.map((row) => [row[0] ?? 0, row]));
  return chunk.byLine.get(at);
}

function missingSource(information) {
  const panel = element("section", "missing", element("h2", "", "The source was not found"));
  if (information.lookedFor.length > 0) {
    panel.append(element("p", "", "It was looked for here; --srcpath names more folders:"));
    const places = element("ul", "");
    for (const place of information.lookedFor) places.append(appendText(element("li", ""), place));
    panel.append(places);
  } else {
    panel.append(element("p", "", "Where sources are, --srcpath tells: a .symcov alone may not choose which files of a machine are opened."));
  }
  if (information.url) panel.append(element("p", "", "Its project publishes it at ", appendText(element("code", "address"), information.url)));
  for (const note of information.notes) panel.append(appendText(element("p", "note"), note));
  return panel;
}

// The whole file in a narrow strip: each stretch is as wide as its share that ran. The part in view is framed, and a click goes there.
function sourceStrip(information, list, scroller) {
  const frame = element("span", "frame"), place = element("div", "strip");
  place.setAttribute("aria-hidden", "true");
  const used = Math.min(information.strip.length, Math.max(1, information.lines));
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", `0 0 9 ${used}`);
  picture.setAttribute("preserveAspectRatio", "none");
  const stretch = (className, at, from, to) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of [["class", className], ["x", from], ["y", at], ["width", to - from], ["height", 1]]) shape.setAttribute(key, value);
    picture.append(shape);
  };
  for (let i = 0; i < used; i++) {
    const share = information.strip[i] === "-" ? -1 : Number(information.strip[i]);
    if (share > 0) stretch("whole", i, 0, share);
    if (share >= 0 && share < 9) stretch("none", i, share, 9);
  }
  place.append(picture, frame);
  place.addEventListener("pointerdown", (event) => {
    const box = place.getBoundingClientRect();
    list.reveal(Math.floor(((event.clientY - box.top) / box.height) * (information.lines - 1)), true);
  });
  return {
    place,
    update() {
      const rows = scroller.clientHeight / LINE_HEIGHT;
      frame.style.top = Math.min(100, (100 * list.top) / information.lines) + "%";
      frame.style.height = Math.min(100, (100 * rows) / information.lines) + "%";
    },
  };
}
