// Data comes as scripts, each of which hands over one value: a page that was opened from a file may load nothing else.
const loading = (() => {
  let version = 0;
  let known = new Map();

  // The page itself brings the summary, which nobody had to ask for.
  window.edgewise = (name, value) => {
    if (!known.has(name)) known.set(name, { value, promise: Promise.resolve(value) });
    known.get(name).arrived?.(value);
  };

  function start(name) {
    const entry = { value: undefined };
    entry.promise = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      entry.arrived = (value) => { entry.value = value; };
      script.onload = () => { script.remove(); entry.value === undefined ? reject(new Error(name)) : resolve(entry.value); };
      script.onerror = () => { script.remove(); known.delete(name); reject(new Error(name)); };
      script.src = "data/" + name + ".js" + (version ? "?v=" + version : "");
      document.head.append(script);
    });
    entry.promise.catch(() => showStatus("A part of the report is missing: data/" + name + ".js"));
    known.set(name, entry);
    return entry;
  }

  return {
    // A promise of a value.
    load: (name) => (known.get(name) ?? start(name)).promise,
    // The value, if it is here.
    now: (name) => known.get(name)?.value,
    // From now on everything is asked for again; what is in view comes before the old goes.
    async renew(newVersion, inView) {
      version = newVersion;
      known = new Map();
      await Promise.allSettled(["summary", ...inView].map((name) => start(name).promise));
    },
  };
})();

function showStatus(text) {
  document.querySelector(".status").textContent = text;
}
