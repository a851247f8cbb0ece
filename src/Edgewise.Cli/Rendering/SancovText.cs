using System.Globalization;
using System.Text;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Cli.Rendering;

/// <summary>The text of the actions of <c>sancov</c>, in the shapes of LLVM's tool. Pure functions.</summary>
internal static class SancovText
{
    /// <summary>A line <c>0x%x</c> a PC.</summary>
    /// <param name="modules">PCs, ascending, by module name.</param>
    public static string Pcs(IReadOnlyList<(string ModuleName, ulong[] Pcs)> modules) =>
        Sections(modules, static module => module.ModuleName, static (text, module) =>
        {
            foreach (ulong pc in module.Pcs)
            {
                text.Append(CultureInfo.InvariantCulture, $"0x{pc:x}\n");
            }
        });

    /// <summary>Four lines a module.</summary>
    public static string Stats(IReadOnlyList<CoverageSummary> modules) =>
        Sections(modules, static module => module.ModuleName, static (text, module) => text.Append(
            CultureInfo.InvariantCulture,
            $"all-edges: {module.EdgeCount}\ncov-edges: {module.CoveredEdgeCount}\nall-functions: {module.FunctionCount}\ncov-functions: {module.CoveredFunctionCount}\n"));

    /// <summary>A line <c>file:line name</c> a function; where the line is unknown, <c>module:0xrva name</c>.</summary>
    /// <param name="modules">Functions, sorted, by module name.</param>
    public static string Functions(IReadOnlyList<(string ModuleName, IReadOnlyList<FunctionCoverage> Functions)> modules)
    {
        StringBuilder text = new();
        foreach ((string moduleName, IReadOnlyList<FunctionCoverage> functions) in modules)
        {
            foreach (FunctionCoverage function in functions)
            {
                string place = function.Location is { } location
                    ? string.Create(CultureInfo.InvariantCulture, $"{location.File}:{location.Line}")
                    : string.Create(CultureInfo.InvariantCulture, $"{moduleName}:0x{function.Address:x}");
                text.Append(TerminalText.Plain(place)).Append(' ').Append(TerminalText.Plain(function.Name)).Append('\n');
            }
        }

        return text.ToString();
    }

    // One module reads as LLVM prints it; with several, a line with the name stands over each.
    private static string Sections<T>(IReadOnlyList<T> modules, Func<T, string> name, Action<StringBuilder, T> write)
    {
        StringBuilder text = new();
        foreach (T module in modules)
        {
            if (modules.Count > 1)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(TerminalText.Plain(name(module))).Append(":\n");
            }

            write(text, module);
        }

        return text.ToString();
    }
}
