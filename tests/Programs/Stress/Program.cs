using Stress;

// Runs every scenario, or the one that is named, and prints what it saw; the same on every run.
(string Name, Action<Report> Run)[] scenarios =
[
    ("exceptions", Exceptions.Run),
    ("flow", Flow.Run),
    ("asynchrony", Asynchrony.Run),
    ("memory", Memory.Run),
    ("types", Types.Run),
    ("traces", Traces.Run),
];

foreach ((string name, Action<Report> run) in scenarios)
{
    if (args.Length == 0 || args[0] == name)
    {
        var report = new Report();
        run(report);
        Console.Write($"[{name}]\n{report}");
    }
}
