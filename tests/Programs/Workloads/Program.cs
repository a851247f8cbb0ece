using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workloads;

// Workloads NAME|all [REPEAT]: runs a workload, checks its result and prints its name and the SHA-256 of its output.
if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine($"usage: Workloads NAME|all [REPEAT], NAME is one of {string.Join(", ", Catalog.All.Keys)}");
    return 2;
}

int repeat = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
foreach ((string name, Func<string> run) in Catalog.All)
{
    if (args[0] != "all" && args[0] != name)
    {
        continue;
    }

    string output = run();
    for (int i = 1; i < repeat; i++)
    {
        Check.That(run() == output, $"{name} gave another output when run again");
    }

    Console.WriteLine($"{name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output)))}");
}

return 0;
