const STATES = ["", "did not run", "partly ran", "ran", "inferred from other blocks"];
const MARKS = ["", "○", "◐", "●", "◌"];
const COVERED = 3, PARTLY = 2, UNCOVERED = 1;

const number = (value) => value.toLocaleString("en");

// One decimal; 100 only where everything ran, 0 only where nothing did.
function percent(part, all) {
  if (all === 0) return "–";
  if (part === all) return "100%";
  if (part === 0) return "0%";
  return Math.min(99.9, Math.max(0.1, Math.round((1000 * part) / all) / 10)).toFixed(1) + "%";
}

function plural(count, word) {
  return number(count) + " " + word + (count === 1 ? "" : "s");
}

// How often something ran: counts come increased by one, so that none is zero.
function hitsText(hits, orMore) {
  return !hits ? "" : number(hits - 1) + (orMore ? "+" : "");
}

function shortHits(hits, orMore) {
  if (!hits) return "";
  const count = hits - 1;
  const text = count < 10000 ? String(count) : count < 1e7 ? Math.floor(count / 1000) + "k" : Math.floor(count / 1e6) + "M";
  return text + (orMore ? "+" : "");
}

// A bar of two parts: what ran wholly, what ran partly.
function bar(covered, partly, all) {
  const made = element("span", "meter");
  made.setAttribute("aria-hidden", "true");
  if (all > 0) {
    for (const [part, className] of [[covered, "whole"], [partly, "part"]]) {
      if (part > 0) {
        const piece = element("span", className);
        piece.style.width = (100 * part) / all + "%";
        made.append(piece);
      }
    }
  } else {
    made.classList.add("none");
  }
  return made;
}

function cell(text, className) {
  return element("span", "cell " + (className ?? ""), text);
}
