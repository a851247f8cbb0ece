using System.CommandLine;
using Edgewise.Sancov.Native;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary>The options of <c>edgewise sancov</c> that native binaries know, under the names of LLVM's tool where it has them.</summary>
internal sealed class SancovNativeSwitches
{
    private readonly Option<string> _prefix = new("--strip-path-prefix")
    {
        Description = "Cut this, and what stands before it, off the paths of sources.",
        HelpName = "TEXT",
        DefaultValueFactory = static _ => "",
    };

    private readonly Option<bool> _demangle = On("--demangle", "Name functions of C++ and Rust as their source does.");

    private readonly Option<string?> _ignoreList = new("--ignorelist")
    {
        Description = "Leave out what a file lists: lines src:PATTERN and fun:PATTERN.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _defaultIgnoreList = On("--use-default-ignorelist", "Leave out the runtime's functions, system headers and libc++.");

    private readonly Option<bool> _skipDeadFiles = new("--skip-dead-files") { Description = "Leave out sources of which nothing ran." };

    private readonly Option<string?> _symbolizer = new("--symbolizer")
    {
        Description = "Program that names addresses, as llvm-symbolizer or addr2line do; 'none' for the symbol table alone. [default: llvm-symbolizer on PATH, else addr2line]",
        HelpName = "PROGRAM",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_prefix, _demangle, _ignoreList, _defaultIgnoreList, _skipDeadFiles, _symbolizer])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What a command line says.</summary>
    public NativeOptions Read(ParseResult result) => new()
    {
        StripPathPrefix = result.GetValue(_prefix)!,
        IgnoreListFile = result.GetValue(_ignoreList),
        UseDefaultIgnoreList = result.GetValue(_defaultIgnoreList),
        SkipDeadFiles = result.GetValue(_skipDeadFiles),
        Symbolizer = new SymbolizerOptions { Program = result.GetValue(_symbolizer), Demangle = result.GetValue(_demangle) },
    };

    private static Option<bool> On(string name, string description) => new(name) { Description = description, DefaultValueFactory = static _ => true };
}
