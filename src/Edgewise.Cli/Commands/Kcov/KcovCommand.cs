using System.CommandLine;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary><c>edgewise kcov</c>: what of the Linux kernel runs, through its own kcov.</summary>
internal static class KcovCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "kcov";

    /// <summary>Name of the one that runs a program.</summary>
    public const string RunName = "run";

    /// <summary>For the end of its help.</summary>
    public const string RunExample = """
          # which places of the kernel does ls reach, each once, however long the trace is
          edgewise kcov run --mode uniq-pc --grow --vmlinux ./vmlinux -o vmlinux.1.sancov -- ls /proc
          edgewise report ./vmlinux vmlinux.1.sancov -o report

          # what the kernel compares with what a program passes to it
          edgewise kcov run --mode uniq-cmp -o compares.json --format json -- ./program
        """;

    private const string Pc = "pc";

    /// <summary>The command with its subcommand.</summary>
    public static Command Create() => new(Name, "See which code of the Linux kernel a program's system calls run.") { Run() };

    private static Command Run()
    {
        Argument<string[]> program = new("CMD") { Description = "The program and its arguments, behind '--'.", Arity = ArgumentArity.OneOrMore };
        Option<string> mode = new("--mode")
        {
            Description = "pc, cmp, uniq-pc, uniq-edge, uniq-cmp, or uniq-pc,uniq-edge; or kcov's numbers 0, 1, 2, 4, 8, 6.",
            HelpName = "MODE",
            DefaultValueFactory = _ => Pc,
        };
        Option<string?> words = new("--words") { Description = "Words of eight bytes that the kernel records into, the count among them. [default: 65536]", HelpName = "N" };
        Option<bool> grow = new("--grow") { Description = "Run the program again with twice the words until all of it fits." };
        Option<string?> remote = new("--remote") { Description = "Record what the kernel does elsewhere for this handle, not what the program's own task does: SUBSYSTEM << 56 | INSTANCE.", HelpName = "HANDLE" };
        Option<string?> vmlinux = new("--vmlinux") { Description = "The running kernel's file with symbols: names functions, and leaves out what is no point.", HelpName = "FILE" };
        Option<string?> output = new("--output", "-o") { Description = "Write what ran to this file.", HelpName = "FILE" };
        Option<KcovFormat> format = new("--format") { Description = "sancov: for 'edgewise report' and 'edgewise sancov'. showmap: for 'edgewise diffcov'. json: everything." };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output behind what the program printed.", HelpName = "FILE" };
        Command command = new(RunName, "Run a program and record which code of the kernel its first thread runs. Needs root and a kernel with CONFIG_KCOV.")
        {
            program, mode, words, grow, remote, vmlinux, output, format, json,
        };
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var request = new KcovRunRequest(result.GetValue(program)!)
            {
                Mode = result.GetValue(mode)!,
                Words = result.GetValue(words),
                Grows = result.GetValue(grow),
                Remote = result.GetValue(remote),
                ImagePath = result.GetValue(vmlinux),
                OutputFile = result.GetValue(output),
                Format = result.GetValue(format),
                JsonFile = result.GetValue(json),
            };
            return request.Execute(report);
        });
        return command;
    }
}
