using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workloads;

// Workloads all|NAME[,NAME…] [REPEAT]: runs workloads, checks their results and prints of each its name and the SHA-256 of its output.
if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine($"usage: Workloads all|NAME[,NAME…] [REPEAT], NAME is one of {string.Join(", ", Catalog.All.Keys)}");
    return 2;
}

int repeat = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
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

return 0;
