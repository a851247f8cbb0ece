using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Edgewise.Cli;

/// <summary>The usual help, with an example behind that of each command that has one.</summary>
/// <param name="help">The usual help.</param>
/// <param name="examples">Lines of the examples by the name of the command as it is typed, <c>sancov compares</c>.</param>
internal sealed class HelpWithExample(HelpAction help, IReadOnlyDictionary<string, string> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int result = help.Invoke(parseResult);
        if (examples.TryGetValue(EdgewiseCommand.CommandName(parseResult).TrimEnd(), out string? example))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine(example);
        }

        return result;
    }
}
