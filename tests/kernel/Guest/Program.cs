using System.Diagnostics;
using System.Globalization;
using System.Text;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;
using Edgewise.Tests.Kernel.Conformance;
using Edgewise.Tests.Kernel.Guest;

// The first process of a kernel with kcov: runs the checks, traces work, and sends the results through the second serial port.
Stopwatch clock = Stopwatch.StartNew();
if (!File.Exists("/proc/uptime"))
{
    foreach ((string type, string target) in new[] { ("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("tmpfs", "/tmp"), ("debugfs", "/sys/kernel/debug") })
    {
        Directory.CreateDirectory(target);
        _ = Libc.mount(type, target, type, 0, "");
    }
}

using ResultPort port = new("/dev/ttyS1");
try
{
    StringBuilder table = new();
    void Tell(string line)
    {
        Console.WriteLine(line);
        table.Append(line).Append('\n');
    }

    Tell($"kernel {File.ReadAllText("/proc/version").Trim()}");
    Tell(string.Create(CultureInfo.InvariantCulture, $"guest {Environment.Version}, process {Environment.ProcessId}, uptime at start {File.ReadAllText("/proc/uptime").Split(' ')[0]} s"));
    if (Directory.Exists("/dotnet"))
    {
        foreach (string line in CommandChecks.Run(port.Send))
        {
            Tell(line);
        }
    }
    else
    {
        Check(Tell);
    }

    Tell(string.Create(CultureInfo.InvariantCulture, $"guest time {clock.Elapsed.TotalSeconds:f1} s"));
    port.Send("results.txt", Encoding.UTF8.GetBytes(table.ToString()));
    Console.WriteLine("done");
}
catch (Exception e)
{
    // The first process must not end: the kernel would stop without a word of why.
    Console.WriteLine($"FAIL the guest: {e}");
}

port.Drain();
Libc.sync();
_ = Libc.reboot(0x01234567);

void Check(Action<string> tell)
{
    Work.Perform(KernelWork.Many);
    RecordingCalls calls = new(LinuxCalls.Instance, Work.Perform);
    KernelLab lab = new(calls, calls.Perform);
    int failures = 0;
    foreach (ConformanceCheck check in ConformanceChecks.All)
    {
        calls.Begin(check.Name);
        string seen = check.Observe(lab);
        failures += seen == check.Expected ? 0 : 1;
        tell($"{(seen == check.Expected ? "pass" : "FAIL")} {check.Name}: {seen}{(seen == check.Expected ? "" : $" (expected: {check.Expected})")}");
    }

    tell(string.Create(CultureInfo.InvariantCulture, $"{ConformanceChecks.All.Count - failures} of {ConformanceChecks.All.Count} checks passed"));
    port.Send("answers.txt", Encoding.UTF8.GetBytes(calls.ToString()));
    port.Send("notes", File.ReadAllBytes("/sys/kernel/notes"));

    Traces traces = new(Setting("edgewise.words", 1 << 20), Setting("edgewise.pcs", 1 << 18), Setting("edgewise.compares", 1 << 13));
    foreach (bool isCompares in new[] { false, true })
    {
        using MemoryStream file = new();
        traces.Record(isCompares, file, tell);
        port.Send(isCompares ? "compares.traces.gz" : "pcs.traces.gz", file.ToArray());
    }

    using (MemoryStream file = new())
    {
        foreach (string line in LaunchChecks.Run(file))
        {
            tell(line);
        }

        port.Send("programs.traces.gz", file.ToArray());
    }
}

static int Setting(string name, int otherwise)
{
    string? given = File.ReadAllText("/proc/cmdline").Split(' ', '\n').FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal));
    return given is null ? otherwise : int.Parse(given[(name.Length + 1)..], CultureInfo.InvariantCulture);
}
