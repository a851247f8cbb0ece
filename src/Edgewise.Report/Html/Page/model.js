// The summary as objects: files, and the folders that they stand in.
const COUNTS = ["lines", "covered", "partly", "functions", "coveredFunctions", "points", "coveredPoints", "gained", "lost", "gainedFunctions", "lostFunctions"];

function readSummary(summary) {
  let functions = 0;
  const files = summary.files.map(([title, folder, hasSource, ...counts], id) => {
    const file = { id, name: summary.folders[folder] + title, hasSource: hasSource === 1, firstFunction: functions };
    COUNTS.forEach((key, index) => { file[key] = counts[index] ?? 0; });
    functions += file.functions;
    return file;
  });
  const byName = new Map(files.map((file) => [file.name, file]));
  const root = buildTree(files);
  return { ...summary, functionCount: functions, files, byName, root, hasLines: root.lines > 0 };
}

function newFolder(name, path) {
  const folder = { name, path, folders: new Map(), files: [] };
  for (const key of COUNTS) folder[key] = 0;
  return folder;
}

function buildTree(files) {
  const root = newFolder("", "");
  for (const file of files) {
    const parts = file.name.split("/");
    file.title = parts.pop() || file.name;
    let folder = root;
    for (const part of parts) {
      if (!folder.folders.has(part)) folder.folders.set(part, newFolder(part === "" ? "/" : part, folder.path + part + "/"));
      folder = folder.folders.get(part);
    }
    folder.files.push(file);
  }
  compress(root);
  return root;
}

// Sums up, and makes one of folders that have a single folder in them and nothing else.
function compress(folder) {
  for (const [key, child] of folder.folders) {
    let inner = child;
    while (inner.folders.size === 1 && inner.files.length === 0) {
      const [only] = inner.folders.values();
      only.name = (inner.name.endsWith("/") ? inner.name : inner.name + "/") + only.name;
      inner = only;
    }
    folder.folders.set(key, inner);
    compress(inner);
  }
  for (const item of [...folder.folders.values(), ...folder.files]) {
    for (const key of COUNTS) folder[key] += item[key];
  }
}

// Functions of the report, numbered through; a shard holds some of them.
function functionOf(report, index) {
  const row = loading.now("functions-" + Math.floor(index / report.shardSize))?.[index % report.shardSize];
  if (!row) return null;
  const [name, file = 0, line = 0, points = 0, covered = 0, hits = 0, orMore = 0, change = 0] = row;
  return { index, name, file: report.files[file], line, points, covered, hits, orMore, change };
}

async function loadFunctions(report, from, count) {
  const shards = [];
  for (let shard = Math.floor(from / report.shardSize); count > 0 && shard <= Math.floor((from + count - 1) / report.shardSize); shard++) {
    shards.push(loading.load("functions-" + shard));
  }
  await Promise.all(shards);
  return Array.from({ length: count }, (_, index) => functionOf(report, from + index));
}

const fileHash = (file, rest) => "#/file/" + encodeURIComponent(file.name) + (rest ?? "");
const functionHash = (item) => fileHash(item.file, item.file.hasSource && item.line > 0 ? "/L" + item.line : "/functions");
