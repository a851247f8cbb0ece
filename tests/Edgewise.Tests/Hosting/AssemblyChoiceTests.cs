using Edgewise.Hosting;
using Edgewise.Hosting.Programs;
using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Hosting;

public sealed class AssemblyChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void By_default_the_program_and_its_projects_are_chosen_but_not_the_runtime()
    {
        TargetProgram program = TargetProgram.Open(ProgramCopy.Of(_folder));

        AssemblyChoice choice = AssemblyChoice.ByDefault(program, AssemblyInventory.List(program));

        Assert.Equal(
            [
                "Edgewise.Annotations", "Edgewise.Corpus", "Edgewise.Exploration", "Edgewise.Feedback", "Edgewise.Fuzzing", "Edgewise.Hosting",
                "Edgewise.Instrumentation", "Edgewise.Kernel", "Edgewise.Kernel.Device", "Edgewise.Native", "Edgewise.Report", "Edgewise.Sancov", "Edgewise.Showmap", "Edgewise.Simulation", "Edgewise.Supervision",
                "Edgewise.Symbols", "edgewise",
            ],
            choice.Assemblies.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.True(choice.IsDefault);
    }

    [Fact]
    public void A_larger_program_without_projects_is_chosen_alone()
    {
        TargetProgram program = OpenWithPackagesOnly(ProgramCopy.Of(_folder), "edgewise");

        AssemblyChoice choice = AssemblyChoice.ByDefault(program, AssemblyInventory.List(program));

        Assert.Equal(["edgewise"], choice.Assemblies.Select(a => a.Name));
    }

    [Fact]
    public void A_small_program_is_taken_for_a_harness_of_the_packages_it_calls()
    {
        string path = Compilation.Harness(_folder);
        TargetProgram program = OpenWithPackagesOnly(path, "Harness");

        AssemblyChoice choice = AssemblyChoice.ByDefault(program, AssemblyInventory.List(program));

        // Spectre.Console is there too, but the program does not call it.
        Assert.Equal(["Harness", "System.CommandLine"], choice.Assemblies.Select(a => a.Name));
    }

    [Fact]
    public void Globs_choose_by_simple_name_also_below_the_folder_of_the_program()
    {
        TargetProgram program = TargetProgram.Open(ProgramCopy.Of(_folder));
        _folder.Copy(_folder.At("Spectre.Console.dll"), Path.Combine("plugins", "Plugin.dll"));

        AssemblyChoice choice = AssemblyChoice.ByGlobs(AssemblyInventory.List(program), AssemblyGlobs.Parse("spectre*,Plugin"));

        Assert.Equal(["Spectre.Console.dll", Path.Combine("plugins", "Plugin.dll")], choice.Assemblies.Select(a => a.RelativePath));
    }

    [Fact]
    public void A_glob_that_matches_nothing_lists_the_names_there_are()
    {
        TargetProgram program = TargetProgram.Open(ProgramCopy.Of(_folder));

        string refusal = Assert.Throws<HostingException>(
            () => AssemblyChoice.ByGlobs(AssemblyInventory.List(program), AssemblyGlobs.Parse("Spectre.Console,Newtonsoft*"))).Message;

        Assert.StartsWith("--assemblies: 'Newtonsoft*' matches no assembly of the program; there are: ", refusal, StringComparison.Ordinal);
        Assert.Contains("Spectre.Console", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Edgewise.Runtime", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private TargetProgram OpenWithPackagesOnly(string path, string name)
    {
        _folder.Write($"{name}.deps.json", $$"""
            {
              "runtimeTarget": { "name": "net" },
              "targets": { "net": {
                "{{name}}/1.0.0": { "runtime": { "{{name}}.dll": {} } },
                "System.CommandLine/3.0.0": { "runtime": { "lib/net10.0/System.CommandLine.dll": {} } },
                "Spectre.Console/0.49.1": { "runtime": { "lib/net8.0/Spectre.Console.dll": {} } } } },
              "libraries": { "{{name}}/1.0.0": { "type": "project" }, "System.CommandLine/3.0.0": { "type": "package" }, "Spectre.Console/0.49.1": { "type": "package" } }
            }
            """);
        return TargetProgram.Open(path);
    }
}
