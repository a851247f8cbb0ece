using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workloads;

// Workloads all|NAME[,NAME…] [REPEAT [FILE]]: runs workloads, checks their results and prints of each its name and the SHA-256 of its output;
// with FILE, writes there which calls the JIT inlined, and which not.
if (args.Length is 0 or > 3)
{
    Console.Error.WriteLine($"usage: Workloads all|NAME[,NAME…] [REPEAT [FILE]], NAME is one of {string.Join(", ", Catalog.All.Keys)}");
    return 2;
}

using InliningListener? listener = args.Length == 3 ? new InliningListener() : null;
int repeat = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
foreach (string name in args[0] == "all" ? Catalog.All.Keys : args[0].Split(','))
{
    if (!Catalog.All.TryGetValue(name, out Func<string>? run))
    {
        Console.Error.WriteLine($"no workload '{name}'; there are {string.Join(", ", Catalog.All.Keys)}");
        return 2;
    }

    string output = run();
    for (int i = 1; i < repeat; i++)
    {
        Check.That(run() == output, $"{name} gave another output when run again");
    }

    Console.WriteLine($"{name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output)))}");
}

if (listener is not null)
{
    // Events arrive from a thread of the runtime's.
    Thread.Sleep(TimeSpan.FromSeconds(1));
    File.WriteAllLines(args[2], InliningListener.Lines);
}

return 0;
