using System.CommandLine;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>The argument and options by which <c>tmin</c>, <c>cmin</c> and <c>merge</c> name a target and its limits.</summary>
internal sealed class TargetSwitches
{
    private const int UsualTimeout = 10;

    private readonly Argument<string> _target = new("TARGET") { Description = "An assembly with a method marked [FuzzTarget], or with the one that --method names." };
    private readonly Option<string?> _method = MethodOption();
    private readonly Option<string?> _assemblies = AssembliesOption();
    private readonly Option<string?> _expects = ExpectsOption();
    private readonly Option<int> _timeout = new("--timeout") { Description = "Seconds that a run may take.", HelpName = "SECONDS", DefaultValueFactory = _ => UsualTimeout };
    private readonly Option<int> _memory = new("--memory") { Description = "Mebibytes that the process may take; 0 for as much as it likes.", HelpName = "MIB", DefaultValueFactory = _ => 2048 };
    private readonly Option<string?> _json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output.", HelpName = "FILE" };

    /// <summary><c>--method</c>.</summary>
    public static Option<string?> MethodOption() => new("--method") { Description = "The target's name, or a static method in full; one without an attribute too.", HelpName = "Namespace.Type.Method" };

    /// <summary><c>--assemblies</c>.</summary>
    public static Option<string?> AssembliesOption() => new("--assemblies")
    {
        Description = "Globs over the names of the assemblies that count. [default: the target's own and its projects, or the packages of a harness]",
        HelpName = "GLOBS",
    };

    /// <summary><c>--expects</c>.</summary>
    public static Option<string?> ExpectsOption() => new("--expects")
    {
        Description = "Exception types that are answers and no crashes, by name, with commas between; what is derived from them too.",
        HelpName = "TYPES",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _target);
        foreach (Option option in (Option[])[_method, _assemblies, _expects, _timeout, _memory, _json])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Where JSON goes.</summary>
    public string? JsonFile(ParseResult result) => result.GetValue(_json);

    /// <summary>The names of exception types in a list.</summary>
    public static IReadOnlyList<string> Types(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Makes settings of what was given; null where something is wrong, which is told.</summary>
    public FuzzSettings? Read(ParseResult result, CommandReport report)
    {
        JsonOutput.Check(JsonFile(result), report);
        if (result.GetValue(_timeout) < 0 || result.GetValue(_memory) < 0)
        {
            report.Error("--timeout and --memory: expected 0 or more");
        }

        try
        {
            string target = result.GetValue(_target)!;
            string assemblies = TargetChoice.Assemblies(target, result.GetValue(_assemblies));
            return report.ErrorCount > 0 ? null : new FuzzSettings
            {
                TargetPath = Path.GetFullPath(target),
                Method = result.GetValue(_method),
                Assemblies = assemblies,
                Expected = Types(result.GetValue(_expects)),
                Timeout = TimeSpan.FromSeconds(result.GetValue(_timeout)),
                MemoryLimit = result.GetValue(_memory),
            };
        }
        catch (Exception failure) when (failure is HostingException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            report.Error(failure.Message);
            return null;
        }
    }
}
