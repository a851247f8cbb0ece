using System.CommandLine;
using Edgewise.Sancov;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov runtime</c>: where the runtime for programs of C, C++ and Rust is, to be linked.</summary>
internal static class SancovRuntime
{
    /// <summary>Name of the command.</summary>
    public const string Name = "runtime";

    /// <summary>For the end of its help.</summary>
    public const string Example = "  clang -g -fsanitize-coverage=trace-pc-guard -fno-sanitize-link-runtime app.c -o app \"$(edgewise sancov runtime)\" -pthread";

    private const string Folder = "native";

    // Beside the program where it was installed; where the repository builds it, for programs that are run there.
    private static readonly string[] Folders = [Path.Combine(AppContext.BaseDirectory, Folder), Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", Folder))];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<RuntimeKind> kind = new("--kind")
        {
            Description = "static: a library. shared: one that several instrumented objects of a process share. sanitizer: an object for programs with a sanitizer of clang's.",
            HelpName = "KIND",
        };
        Option<string?> json = LegacyActions.Json();
        Command command = new(Name, "Print where the runtime is that programs built by clang or gcc are linked with.") { kind, json };
        command.SetAction(result => LegacyActions.Run(result, json, report =>
        {
            string name = FileOf(result.GetValue(kind));
            string path = Array.Find([.. Folders.Select(folder => Path.Combine(folder, name))], File.Exists)
                ?? throw new SancovException($"{Path.Combine(Folders[0], name)}: there is no such file; packages for Linux on x86-64 have it, elsewhere 'make -C native' makes it");
            JsonOutput.Write(result.GetValue(json), report, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("version", 1);
                writer.WriteString("action", Name);
                writer.WriteString("file", path);
                writer.WriteEndObject();
            });
            return () => path + "\n";
        }));
        return command;
    }

    private static string FileOf(RuntimeKind kind) => kind switch
    {
        RuntimeKind.Shared => "libedgewise_native.so",
        RuntimeKind.Sanitizer => "edgewise_native_sanitizer.o",
        _ => "libedgewise_native.a",
    };
}
