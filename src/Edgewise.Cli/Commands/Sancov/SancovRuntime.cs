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
            string path = NativeFiles.Find(name) ?? throw new SancovException(NativeFiles.Missing(name));
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
