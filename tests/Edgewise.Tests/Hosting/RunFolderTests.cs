using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Programs;
using Edgewise.Instrumentation;

namespace Edgewise.Tests.Hosting;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _program = new();
    private readonly TemporaryFolder _cacheRoot = new();
    private readonly CacheFolder _cache;

    public RunFolderTests() => _cache = CacheFolder.Open(name => name == "EDGEWISE_CACHE" ? _cacheRoot.Path : null, _ => { });

    [Fact]
    public void It_looks_like_the_folder_of_the_program_with_the_images_in_place()
    {
        TargetProgram program = OpenProgram(out ProgramAssembly instrumented, out InstrumentedModule module);
        _program.Write(Path.Combine("de", "text.txt"), "a satellite");

        using RunFolder folder = Create(program, instrumented, module);

        string app = Path.GetDirectoryName(folder.ProgramPath)!;
        Assert.Equal(
            Directory.GetFiles(_program.Path).Select(Path.GetFileName).Where(n => n != "Edgewise.Hosting.pdb").Order(StringComparer.Ordinal),
            Directory.GetFiles(app).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(module.ImagePath), File.ReadAllBytes(Path.Combine(app, "Edgewise.Hosting.dll")));
        Assert.Equal(File.ReadAllBytes(program.Path), File.ReadAllBytes(folder.ProgramPath));
        Assert.Null(new FileInfo(folder.ProgramPath).LinkTarget);
        Assert.Equal("a satellite", File.ReadAllText(Path.Combine(app, "de", "text.txt")));
        Assert.True(File.Exists(folder.RuntimePath));
    }

    [Fact]
    public void Removing_it_leaves_the_program_and_the_cache_as_they_were()
    {
        TargetProgram program = OpenProgram(out ProgramAssembly instrumented, out InstrumentedModule module);
        _program.Write(Path.Combine("data", "deep", "file.txt"), "content");
        string[] before = Directory.GetFiles(_program.Path, "*", SearchOption.AllDirectories);
        RunFolder folder = Create(program, instrumented, module);
        File.WriteAllText(folder.MapPath, "a map");

        IReadOnlyList<string> kept = folder.RemoveLinks();

        Assert.Empty(kept);
        Assert.Equal(before, Directory.GetFiles(_program.Path, "*", SearchOption.AllDirectories));
        Assert.True(File.Exists(module.ImagePath));
        Assert.Empty(Directory.GetFileSystemEntries(_cacheRoot.At("runs")));
    }

    [Fact]
    public void What_the_program_makes_or_replaces_is_kept_alone()
    {
        TargetProgram program = OpenProgram(out ProgramAssembly instrumented, out InstrumentedModule module);
        _program.Write("settings.json", "old");
        RunFolder folder = Create(program, instrumented, module);
        string app = Path.GetDirectoryName(folder.ProgramPath)!;
        string made = Path.Combine(app, "logs", "today.txt"), replaced = Path.Combine(app, "settings.json");
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        File.WriteAllText(made, "made");
        File.WriteAllText(replaced + ".new", "new settings");
        File.Move(replaced + ".new", replaced, overwrite: true);

        IReadOnlyList<string> kept = folder.RemoveLinks();

        Assert.Equal([made, replaced], kept);
        Assert.Equal(kept, Directory.GetFiles(app, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal("old", File.ReadAllText(_program.At("settings.json")));
    }

    [Fact]
    public void A_folder_that_its_process_left_behind_goes_after_a_day_without_what_the_program_made()
    {
        TargetProgram program = OpenProgram(out ProgramAssembly instrumented, out InstrumentedModule module);
        RunFolder alive = Create(program, instrumented, module);
        string abandoned = _cacheRoot.At("runs", "abandoned");
        Directory.CreateDirectory(Path.Combine(abandoned, "app"));
        string link = Path.Combine(abandoned, "app", "a.dll"), made = Path.Combine(abandoned, "app", "made.txt");
        File.CreateSymbolicLink(link, program.Path);
        File.WriteAllText(made, "made");
        string owner = Path.Combine(abandoned, "owner");
        File.WriteAllText(owner, $"{link}\0{program.Path}\0half");
        File.SetLastWriteTimeUtc(owner, DateTime.UtcNow.AddDays(-2));

        using RunFolder next = Create(program, instrumented, module);

        Assert.Equal([made], Directory.GetFiles(abandoned, "*", SearchOption.AllDirectories));
        Assert.True(File.Exists(alive.ProgramPath));
        alive.Dispose();
    }

    public void Dispose()
    {
        _cache.Dispose();
        _program.Dispose();
        _cacheRoot.Dispose();
    }

    private RunFolder Create(TargetProgram program, ProgramAssembly assembly, InstrumentedModule module) =>
        RunFolder.Create(
            _cache,
            program,
            new Dictionary<ProgramAssembly, InstrumentedModule> { [assembly] = module },
            typeof(Edgewise.Runtime.Registration).Assembly.Location);

    private TargetProgram OpenProgram(out ProgramAssembly instrumented, out InstrumentedModule module)
    {
        TargetProgram program = TargetProgram.Open(ProgramCopy.Of(_program));
        instrumented = AssemblyInventory.List(program).Single(a => a.Name == "Edgewise.Hosting");
        module = new ImageCache(_cache).Get(instrumented.Path, new InstrumentationOptions());
        return program;
    }
}
